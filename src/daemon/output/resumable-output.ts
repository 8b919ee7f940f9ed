import { readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { ConfigurationError } from '../../errors.ts';
import { becomeTarget, openPartial, type PartialFile, targetOf } from './file-output.ts';
import type { Output, Progress } from './output.ts';

export interface ResumableOutput {
  output: Output;
  /** Where an interrupted run came to; absent at a start. */
  from?: Progress;
}

/** What is kept beside the unfinished file: whose it is, how much of it is whole, and what comes next. */
interface Bookmark extends Progress {
  fingerprint: string;
  bytes: number;
}

/**
 * Writes into `FILE.partial`, which stays after an interruption together with a bookmark after the last whole page,
 * and goes on there where both are found.
 * @param fingerprint of the query: a file of another one is not gone on with
 * @throws ConfigurationError for what cannot be gone on with
 */
export async function openResumableOutput(file: string, fingerprint: string): Promise<ResumableOutput> {
  const target = await targetOf(file);
  const path = `${target}.partial`;
  const bookmark = await readBookmark(path, fingerprint);
  const partial = await openPartial(target, path, bookmark === undefined ? 'w' : 'a');
  if (bookmark === undefined) return { output: outputInto(partial, fingerprint, 0, 0) };
  await partial.handle.truncate(bookmark.bytes);
  const { state, nextPath } = bookmark;
  return {
    output: outputInto(partial, fingerprint, bookmark.bytes, state.rows),
    from: { state, nextPath },
  };
}

const bookmarkOf = (partialPath: string): string => `${partialPath}.json`;

function outputInto(partial: PartialFile, fingerprint: string, bytesBefore: number, rows: number): Output {
  let bytes = bytesBefore;
  let users = rows;
  return {
    async write(text) {
      await partial.handle.appendFile(text);
      bytes += Buffer.byteLength(text);
    },
    async pageDone(progress) {
      await saveBookmark(partial.path, { ...progress, fingerprint, bytes });
      users = progress.state.rows;
    },
    async finish() {
      await becomeTarget(partial);
      await rm(bookmarkOf(partial.path), { force: true });
    },
    abandon: () =>
      `${partial.path} holds ${users} users; the same command goes on from there, as long as Graph still knows the page`,
  };
}

async function saveBookmark(partialPath: string, bookmark: Bookmark): Promise<void> {
  const path = bookmarkOf(partialPath);
  await writeFile(`${path}.new`, JSON.stringify(bookmark), { mode: 0o600 });
  await rename(`${path}.new`, path);
}

async function readBookmark(partialPath: string, fingerprint: string): Promise<Bookmark | undefined> {
  const path = bookmarkOf(partialPath);
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const bookmark = parseBookmark(text);
  const size = await stat(partialPath).then(
    (found) => found.size,
    () => -1,
  );
  if (bookmark === undefined || size < bookmark.bytes) throw cannotResume(partialPath, 'is damaged');
  if (bookmark.fingerprint === fingerprint) return bookmark;
  throw cannotResume(partialPath, 'is of another query');
}

function cannotResume(partialPath: string, reason: string): ConfigurationError {
  return new ConfigurationError([
    `--resume: ${partialPath} ${reason}: remove it and ${bookmarkOf(partialPath)} to start anew`,
  ]);
}

function parseBookmark(text: string): Bookmark | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isBookmark(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isBookmark(value: unknown): value is Bookmark {
  if (typeof value !== 'object' || value === null) return false;
  const { fingerprint, bytes, state, nextPath } = value as Partial<Bookmark>;
  const isCount = (number: unknown) => Number.isSafeInteger(number) && Number(number) >= 0;
  return (
    typeof fingerprint === 'string' &&
    isCount(bytes) &&
    isCount(state?.rows) &&
    (state?.columns === undefined || Array.isArray(state.columns)) &&
    (nextPath === undefined || typeof nextPath === 'string')
  );
}
