import { existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { open, type RootDatabase, type RootDatabaseOptions } from 'lmdb';
import { ConfigurationError } from '../../errors.ts';
import { findDamage } from './lmdb-damage.ts';

/** Every lmdb file of the app is opened this way. */
export interface LmdbFileOptions {
  /** Leaves flushing to the system: only for what may be forgotten when the machine, not just the process, stops. */
  noSync?: boolean;
  onWarning(message: string): void;
}

/**
 * Opens an lmdb file; makes its folder, for this user only. A damaged file is moved aside, said so, and begun anew.
 * @throws ConfigurationError where the folder or file cannot be used
 */
export function openLmdbFile(
  file: string,
  { noSync = false, onWarning }: LmdbFileOptions,
): RootDatabase<Buffer, string> {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    const found = inodeOf(file);
    const damage = findDamage(file);
    if (damage !== undefined) moveAside(file, found, damage, onWarning);
    return openOrMoveAside(file, noSync, onWarning);
  } catch (error) {
    throw new ConfigurationError([
      `DATA_DIR: the session store ${basename(file)} in it cannot be opened (${reasonOf(error, dirname(file))})`,
    ]);
  }
}

/** In the system's words, without the value of the setting. */
function reasonOf(error: unknown, folder: string): string {
  return error instanceof Error ? error.message.replaceAll(folder, 'DATA_DIR') : 'unknown';
}

function openOrMoveAside(file: string, noSync: boolean, onWarning: (message: string) => void) {
  // lmdb's own batch of a turn of the event loop leaves a rejection unheard when the transaction fails
  const options: RootDatabaseOptions = {
    eventTurnBatching: false,
    encoding: 'binary',
    useVersions: true,
    maxDbs: 4,
    noSync,
  };
  const found = inodeOf(file);
  try {
    return open<Buffer, string>(file, options);
  } catch (error) {
    if (!isLmdbDamage(error)) throw error;
    moveAside(file, found, error.message, onWarning);
    return open<Buffer, string>(file, options);
  }
}

/** lmdb's own words for a file that is not, or no longer, one of its kind (`mdb_strerror`). */
function isLmdbDamage(error: unknown): error is Error {
  return (
    error instanceof Error &&
    /MDB_(INVALID|CORRUPTED|VERSION_MISMATCH|PAGE_NOTFOUND|PANIC|BAD_DBI|INCOMPATIBLE)/.test(error.message)
  );
}

/** Only the very file that was found damaged is moved: another process may have begun a new one meanwhile. */
function moveAside(
  file: string,
  found: number | undefined,
  damage: string,
  onWarning: (message: string) => void,
): void {
  if (found === undefined || inodeOf(file) !== found) return;
  const aside = `${file}.damaged-${new Date().toISOString().replaceAll(':', '-')}`;
  renameSync(file, aside);
  rmSync(`${file}-lock`, { force: true });
  onWarning(
    `The session store ${file} was damaged (${damage}). It was moved to ${aside} and begun anew: whoever was signed in has to sign in again.`,
  );
}

const inodeOf = (file: string): number | undefined => (existsSync(file) ? statSync(file).ino : undefined);
