/**
 * For a write that shares its transaction with another one, which is waited for: its own promise may fail unheard, and
 * must, for an unheard rejection ends the process.
 */
export function asOne(write: Promise<unknown>): void {
  write.catch(commitTrouble);
}

/** Why a transaction failed: lmdb hands that in a promise of its own, which must not stay unheard either. */
export function commitTrouble(error: unknown): string {
  if (typeof error !== 'object' || error === null) return 'lmdb failed';
  if ('commitError' in error) Promise.resolve(error.commitError).catch(() => {});
  return 'message' in error ? `lmdb: ${error.message}` : 'lmdb failed';
}
