/**
 * For a write that shares its transaction with another one, which is waited for: its own promise may fail unheard, and
 * must, for an unheard rejection ends the process.
 */
export function asOne(write: Promise<unknown>): void {
  write.catch(commitTrouble);
}

/**
 * The end of several writes, which may be of several transactions: the first failure is thrown, and no other one stays
 * unheard, as it would behind `Promise.all`.
 */
export async function allOf(writes: readonly Promise<unknown>[]): Promise<void> {
  for (const write of writes) write.catch(commitTrouble);
  await Promise.all(writes);
}

/** Why a transaction failed: lmdb hands that in a promise of its own, which must not stay unheard either. */
export function commitTrouble(error: unknown): string {
  if (typeof error !== 'object' || error === null) return 'lmdb failed';
  if ('commitError' in error) Promise.resolve(error.commitError).catch(() => {});
  return 'message' in error ? `lmdb: ${error.message}` : 'lmdb failed';
}
