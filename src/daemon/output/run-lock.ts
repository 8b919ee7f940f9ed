import { randomUUID } from 'node:crypto';
import { rmdirSync, rmSync } from 'node:fs';
import { mkdir, readdir, rename, rm, rmdir, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemCodeOf } from '../../errors.ts';
import { withUnfinished } from '../../own-file.ts';
import { HEARTBEAT_MS, isAlive, type LockHolder, ownHolder, readHolder } from './lock-holder.ts';

/** What only one run may have at a time. */
export interface RunLock {
  /** Whether it is still this run's: another machine may have taken it from a run that stood still for long. */
  isHeld(): Promise<boolean>;
  release(): void;
}

/** Another run has the lock: which one, where that is known. */
export class LockedError extends Error {
  readonly holder: LockHolder | undefined;

  constructor(holder: LockHolder | undefined) {
    super('Another run has the lock.');
    this.holder = holder;
  }
}

/** That a folder stands there with something in it, even where it has gone by the time that one looks. Windows has no such error. */
const OCCUPIED = new Set(['ENOTEMPTY', 'EEXIST']);
/** Each attempt more means that another run came and went meanwhile. */
const MOST_ATTEMPTS = 10;

/**
 * Takes a lock that a killed run does not leave behind. The lock is a folder with one file, which names the process
 * that has it. It is made beside and renamed into place, which works for one run only: a folder can be renamed onto an
 * empty one, and never onto one that holds a file. Of a dead run exactly its own file is removed, so that two runs that
 * find it dead at once do not both take its place.
 * @param onWatch told before it is watched whether a run that cannot be seen from here still lives
 * @throws LockedError where another run has it
 */
export async function takeLock(folder: string, onWatch: () => void): Promise<RunLock> {
  const name = `${randomUUID()}.json`;
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt += 1) {
    if (await isTaken(folder, name)) return heldLock(folder, join(folder, name));
    await removeDead(folder, onWatch);
  }
  throw new LockedError(undefined);
}

async function isTaken(folder: string, name: string): Promise<boolean> {
  const prepared = `${folder}.${name.slice(0, 8)}`;
  return withUnfinished(prepared, async () => {
    await mkdir(prepared, { mode: 0o700 });
    try {
      await writeFile(join(prepared, name), JSON.stringify(ownHolder()), { mode: 0o600 });
      await rename(prepared, folder);
      return true;
    } catch (error) {
      if (OCCUPIED.has(systemCodeOf(error)) || (await isFolder(folder))) return false;
      throw error;
    }
  });
}

function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

/** @throws LockedError for a run that lives */
async function removeDead(folder: string, onWatch: () => void): Promise<void> {
  const [name] = await readdir(folder).catch(noneWhereAbsent);
  if (name !== undefined) {
    const file = join(folder, name);
    const holder = await readHolder(file);
    if (await isAlive(holder, file, onWatch)) throw new LockedError(holder);
    await rm(file, { force: true });
  }
  await rmdir(folder).catch(() => undefined); // another run may have it by now
}

function noneWhereAbsent(error: NodeJS.ErrnoException): string[] {
  if (error.code === 'ENOENT') return [];
  throw error;
}

function heldLock(folder: string, file: string): RunLock {
  const touch = () => void utimes(file, new Date(), new Date()).catch(() => undefined);
  const heartbeat = setInterval(touch, HEARTBEAT_MS).unref();
  return {
    isHeld: () =>
      stat(file).then(
        () => true,
        () => false,
      ),
    release() {
      clearInterval(heartbeat);
      removeNow(folder, file);
    },
  };
}

/** At once, because a signal ends the process right after it. */
function removeNow(folder: string, file: string): void {
  try {
    rmSync(file, { force: true });
    rmdirSync(folder);
  } catch {
    // Another run has it by now, or the disk is gone. What stays is the file of a run that has ended.
  }
}
