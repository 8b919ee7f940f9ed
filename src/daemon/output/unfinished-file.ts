import { type FileHandle, rm } from 'node:fs/promises';
import { ConfigurationError } from '../../errors.ts';
import { openNew, openOwn, removeLeftOf } from '../../own-file.ts';
import { type Bookmark, bookmarkOf, readBookmark, removeBookmark } from './bookmark.ts';

/** What has to fit for an earlier run's file to be gone on with. */
export interface UnfinishedGiven {
  /** Of the query. */
  fingerprint: string;
  /** Whether a path can be that of a page of the list: anybody may have written to a file. */
  isPage(path: string): boolean;
  onNote(sentence: string): void;
}

/** A file to write on, from the start or from the end of an earlier run's last whole page. */
interface UnfinishedFile {
  handle: FileHandle;
  from?: Bookmark;
}

/**
 * Goes on with what an earlier run left. What cannot be gone on with is started again, because a job at night has nobody
 * who would remove it; only the unfinished file of another query is somebody's work.
 * @throws ConfigurationError for a file of another query
 */
export async function openUnfinished(path: string, given: UnfinishedGiven): Promise<UnfinishedFile> {
  await removeLeftOf(bookmarkOf(path));
  const found = await readBookmark(path, new Date());
  if (found.kind === 'none') return startAgain(path);
  const left = found.kind === 'place' ? await openAt(path, found.bookmark, given) : found.reason;
  if (typeof left !== 'string') return left;
  given.onNote(`The bookmark of ${path} ${left}: starting again from the beginning.`);
  return startAgain(path);
}

async function startAgain(path: string): Promise<UnfinishedFile> {
  await removeBookmark(path);
  await rm(path, { force: true });
  return { handle: await openNew(path) };
}

/** @returns the reason where there is nothing to go on with */
async function openAt(
  path: string,
  from: Bookmark,
  given: UnfinishedGiven,
): Promise<UnfinishedFile | string> {
  if (from.fingerprint !== given.fingerprint) throw isOfAnotherQuery(path);
  if (from.hasMore && !(from.nextPath !== undefined && given.isPage(from.nextPath)))
    return 'does not lead on';
  const handle = await openOwn(path);
  if (handle === undefined) return 'has no file of its own';
  if ((await handle.stat()).size >= from.bytes) {
    await handle.truncate(from.bytes);
    return { handle, from };
  }
  await handle.close();
  return 'promises more than there is';
}

function isOfAnotherQuery(path: string): ConfigurationError {
  return new ConfigurationError([
    `--resume: ${path} is of another query: remove it and ${bookmarkOf(path)} to start again`,
  ]);
}
