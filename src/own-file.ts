import { randomUUID } from 'node:crypto';
import { constants, rmSync } from 'node:fs';
import { type FileHandle, open, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** Nobody else reads what is not finished. */
const OWNER_ONLY = 0o600;

/** Makes a file that is not there yet. Everything is written at its end. */
export function openNew(path: string): Promise<FileHandle> {
  return open(path, 'ax', OWNER_ONLY);
}

/**
 * Opens a file that an earlier run left, to write at its end.
 * @returns undefined for what is absent, or no regular file of this user: in a folder for everybody, others may have
 *   put it there
 */
export async function openOwn(path: string): Promise<FileHandle | undefined> {
  const { O_RDWR, O_APPEND, O_NOFOLLOW } = constants;
  const handle = await open(path, O_RDWR | O_APPEND | O_NOFOLLOW).catch(() => undefined);
  if (handle === undefined) return undefined;
  const found = await handle.stat();
  const isOwn = found.isFile() && found.uid === (process.getuid?.() ?? found.uid);
  await (isOwn ? handle.chmod(OWNER_ONLY) : handle.close());
  return isOwn ? handle : undefined;
}

/** Whose a file is to be. */
interface Owner {
  uid: number;
  gid: number;
}

/** What an exit in the middle of writing would leave behind. */
const unfinished = new Set<string>();

function removeUnfinished(): void {
  for (const path of unfinished) rmSync(path, { recursive: true, force: true });
}

/**
 * Works with a file or folder that is not to outlive the work: also where a signal ends the process meanwhile.
 * @param path of what the work may put into its own place
 */
export async function withUnfinished<Result>(path: string, work: () => Promise<Result>): Promise<Result> {
  if (unfinished.size === 0) process.once('exit', removeUnfinished);
  unfinished.add(path);
  try {
    return await work();
  } finally {
    await rm(path, { recursive: true, force: true });
    unfinished.delete(path);
    if (unfinished.size === 0) process.off('exit', removeUnfinished);
  }
}

/** Removes what killed runs left of `replaceFile`. Only for a file that nobody else replaces now. */
export async function removeLeftOf(path: string): Promise<void> {
  const start = `${basename(path)}.`;
  const isLeft = (name: string) => name.startsWith(start) && LEFT.test(name.slice(start.length));
  const left = (await readdir(dirname(path)).catch(() => [])).filter(isLeft);
  await Promise.all(left.map((name) => rm(join(dirname(path), name), { force: true })));
}

const LEFT = /^[0-9a-f]{8}\.new$/;

/** Puts a text, or bytes, into a file's place, so that it is either the old one or whole, after a power cut too. */
export async function replaceFile(path: string, text: string | Buffer, owner?: Owner): Promise<void> {
  const beside = `${path}.${randomUUID().slice(0, 8)}.new`;
  await withUnfinished(beside, async () => {
    const handle = await openNew(beside);
    try {
      if (owner !== undefined) await handle.chown(owner.uid, owner.gid);
      await handle.appendFile(text);
      await handle.sync();
      await rename(beside, path);
    } finally {
      await handle.close();
    }
  });
}
