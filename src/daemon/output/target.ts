import type { Stats } from 'node:fs';
import { type FileHandle, readlink, realpath, rename, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { ConfigurationError, systemCodeOf } from '../../errors.ts';

/** A file that is being written beside the one it becomes. */
export interface PartialFile {
  handle: FileHandle;
  /** Where it is now. */
  path: string;
  /** What it is renamed to. */
  target: string;
}

/** What a finished file needs to know. */
export interface TargetSurroundings {
  /** File mode creation mask of the process: what a new file is not allowed. */
  umask: number;
  onNote(sentence: string): void;
}

const PERMISSION_BITS = 0o777;
const GROUP_BITS = 0o070;
const NEW_FILE = 0o666;
/** As many as Linux follows. */
const MOST_LINKS = 40;

/**
 * The file that a name leads to: a link stays a link, and a device is not replaced by a file.
 * @throws ConfigurationError for what is no file
 */
export async function targetOf(file: string): Promise<string> {
  try {
    if ((await stat(file)).isFile()) return await realpath(file);
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') return absentTargetOf(file);
    throw unusable(file, error);
  }
  throw new ConfigurationError([`--output ${file} is no regular file: use > to write there`]);
}

/** A link may lead to a file that is not there yet. */
async function absentTargetOf(file: string): Promise<string> {
  let path = file;
  for (let followed = 0; followed < MOST_LINKS; followed += 1) {
    const link = await readlink(path).catch(() => undefined);
    if (link === undefined) return path;
    path = resolve(await realpath(dirname(path)), link);
  }
  return path;
}

/**
 * Puts the written file in the target's place. It keeps the target's owner, group and permissions; a new one gets
 * what the process gives new files.
 */
export async function becomeTarget(partial: PartialFile, around: TargetSurroundings): Promise<void> {
  const { handle, path, target } = partial;
  const before = await stat(target).catch(() => undefined);
  if (before === undefined) await handle.chmod(NEW_FILE & ~around.umask);
  else await keepAccess(partial, before, around);
  await handle.sync();
  await handle.close();
  await rename(path, target);
}

/** The owner first: permissions that were meant for one group are not given to another. */
async function keepAccess(
  { handle, target }: PartialFile,
  before: Stats,
  { onNote }: TargetSurroundings,
): Promise<void> {
  const { isOwner, isGroup } = await keepOwner(handle, before);
  if (!isOwner)
    onNote(`${target} belonged to another user, and is this user's now: only root can give files away.`);
  if (!isGroup)
    onNote(`${target} belonged to a group that this user is not in, which cannot read it any more.`);
  await handle.chmod(before.mode & (isGroup ? PERMISSION_BITS : PERMISSION_BITS & ~GROUP_BITS));
}

async function keepOwner(handle: FileHandle, before: Stats): Promise<{ isOwner: boolean; isGroup: boolean }> {
  const { uid, gid } = await handle.stat();
  const succeeds = (newUid: number, newGid: number) =>
    handle.chown(newUid, newGid).then(
      () => true,
      () => false,
    );
  if (uid === before.uid && gid === before.gid) return { isOwner: true, isGroup: true };
  if (await succeeds(before.uid, before.gid)) return { isOwner: true, isGroup: true };
  const isGroup = gid === before.gid || (await succeeds(uid, before.gid));
  return { isOwner: uid === before.uid, isGroup };
}

/** What to say of a file that cannot be written. */
export function unusable(file: string, error: unknown): ConfigurationError {
  return new ConfigurationError([`--output ${file} cannot be written (${systemCodeOf(error) || 'unknown'})`]);
}
