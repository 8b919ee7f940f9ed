import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';

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

/** Puts a text into a file's place, so that it is either the old one or whole, after a power cut too. */
export async function replaceFile(path: string, text: string, owner?: Owner): Promise<void> {
  const beside = `${path}.${randomUUID().slice(0, 8)}.new`;
  const handle = await openNew(beside);
  try {
    if (owner !== undefined) await handle.chown(owner.uid, owner.gid);
    await handle.appendFile(text);
    await handle.sync();
    await rename(beside, path);
  } finally {
    await handle.close();
    await rm(beside, { force: true });
  }
}
