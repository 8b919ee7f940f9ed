import { chmodSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { systemCodeOf } from '../../errors.ts';
import { makeFolder } from '../../make-folder.ts';

/** A file of the emulator's own that cannot be used, and what to do about it. */
export class KeptFileError extends Error {}

/** What a file holds; undefined where there is none. @throws KeptFileError where it cannot be read */
export function readPrivate(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') return undefined;
    throw new KeptFileError(`The file ${file} cannot be read (${systemCodeOf(error)}).`);
  }
}

/**
 * Writes a file that nobody else can read (mode 0600, unless another is given), whole or not at all; its folder is made
 * where it is missing.
 * @throws KeptFileError where it cannot be written
 */
export function keepPrivate(file: string, content: string | Uint8Array, mode = 0o600): void {
  const unfinished = `${file}.${process.pid}`;
  try {
    makeFolder(dirname(file), 0o700);
    rmSync(unfinished, { force: true });
    writeFileSync(unfinished, content, { mode, flag: 'wx' });
    chmodSync(unfinished, mode);
    renameSync(unfinished, file);
  } catch (error) {
    throw new KeptFileError(`The file ${file} cannot be written (${systemCodeOf(error)}).`);
  }
}
