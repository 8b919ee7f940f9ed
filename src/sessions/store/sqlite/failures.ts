import { UpstreamError } from '../../../errors.ts';
import { storeUnavailable } from '../store-unavailable.ts';

/** A file that opens but is not, or no longer, what this app writes. */
export class DamageError extends Error {}

/** SQLite's primary result codes (https://sqlite.org/rescode.html), of which an extended code has the lowest byte. */
const RESULT = { error: 1, busy: 5, corrupt: 11, full: 13, notADatabase: 26 } as const;

/** Another connection is writing, recovering or beginning the file: the same is to be tried again soon. */
export const isBusy = (error: unknown): boolean => resultOf(error) === RESULT.busy;

export const isDiskFull = (error: unknown): boolean => resultOf(error) === RESULT.full;

/** SQL that is known to be right does not fit the tables of the file. */
export const isSchemaTrouble = (error: unknown): boolean => resultOf(error) === RESULT.error;

export function isDamage(error: unknown): boolean {
  const result = resultOf(error);
  return error instanceof DamageError || result === RESULT.corrupt || result === RESULT.notADatabase;
}

/** In SQLite's or the system's words. Errors of native code may be of no class that is known here. */
export function wordsOf(error: unknown): string {
  const hasWords = typeof error === 'object' && error !== null && 'message' in error;
  return hasWords ? String(error.message).trim().replace(/\s+/g, ' ') : 'unknown trouble';
}

export function asUnavailable(error: unknown): UpstreamError {
  return error instanceof UpstreamError ? error : storeUnavailable(`sqlite: ${wordsOf(error)}`, error);
}

function resultOf(error: unknown): number | undefined {
  const isOfSqlite = typeof error === 'object' && error !== null && 'errcode' in error;
  return isOfSqlite ? Number(error.errcode) & 0xff : undefined;
}
