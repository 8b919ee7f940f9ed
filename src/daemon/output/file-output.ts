import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { type FileHandle, open, realpath, rename, stat } from 'node:fs/promises';
import { ConfigurationError } from '../../errors.ts';
import type { Output } from './output.ts';

/** A file that is being written beside the one it shall become. */
export interface PartialFile {
  handle: FileHandle;
  /** Where it is now. */
  path: string;
  /** What it shall be renamed to. */
  target: string;
}

const PERMISSION_BITS = 0o777;

/**
 * Writes into a new file beside `file` and renames it at the end, so that `file` is either the old one or whole.
 * @throws ConfigurationError where that cannot be done
 */
export async function openFileOutput(file: string): Promise<Output> {
  const target = await targetOf(file);
  const partial = await openPartial(target, `${target}.${randomUUID().slice(0, 8)}.partial`, 'wx');
  return {
    write: (text) => partial.handle.appendFile(text),
    pageDone: async () => undefined,
    finish: () => becomeTarget(partial),
    abandon: () => {
      rmSync(partial.path, { force: true });
      return `${file} was not written`;
    },
  };
}

/** The file that a name leads to: a link stays a link, and a device is not replaced by a file. */
export async function targetOf(file: string): Promise<string> {
  try {
    const target = await realpath(file);
    if ((await stat(target)).isFile()) return target;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return file;
    throw unusable(file, error);
  }
  throw new ConfigurationError([`--output ${file} is no regular file: use > to write there`]);
}

/** Opens what is written beside the target. */
export async function openPartial(
  target: string,
  path: string,
  flags: 'wx' | 'w' | 'a',
): Promise<PartialFile> {
  try {
    return { handle: await open(path, flags), path, target };
  } catch (error) {
    throw unusable(target, error);
  }
}

/** Puts the written file in the target's place, with the target's permissions where there was one. */
export async function becomeTarget({ handle, path, target }: PartialFile): Promise<void> {
  const before = await stat(target).catch(() => undefined);
  if (before !== undefined) await handle.chmod(before.mode & PERMISSION_BITS);
  await handle.sync();
  await handle.close();
  await rename(path, target);
}

function unusable(file: string, error: unknown): ConfigurationError {
  return new ConfigurationError([`--output ${file} cannot be written (${codeOf(error)})`]);
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
}
