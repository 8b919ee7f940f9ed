import { readFile, rm } from 'node:fs/promises';
import { jsonObject } from '../../json-object.ts';
import { replaceFile } from '../../own-file.ts';
import type { Progress } from './output.ts';

/** What is kept beside an unfinished file: whose it is, how much of it is whole, and what comes next. */
export interface Bookmark extends Progress {
  /** Of the query. */
  fingerprint: string;
  /** Of the file that are whole. */
  bytes: number;
  savedAt: Date;
}

/** What an earlier run left: nothing, its place, or something that is none, and why. */
type FoundBookmark =
  | { kind: 'none' }
  | { kind: 'place'; bookmark: Bookmark }
  | { kind: 'unusable'; reason: string };

/** Of the form of the file. */
const VERSION = 1;
/** Graph does not say how long it knows a page. After a day the first half of a list is out of date anyway. */
const LONGEST_AGE_MS = 24 * 60 * 60_000;

/** Where the bookmark of an unfinished file is. */
export const bookmarkOf = (partialPath: string): string => `${partialPath}.json`;

/** Replaces the bookmark. */
export function saveBookmark(partialPath: string, { savedAt, ...bookmark }: Bookmark): Promise<void> {
  const text = JSON.stringify({ version: VERSION, ...bookmark, savedAt: savedAt.toISOString() });
  return replaceFile(bookmarkOf(partialPath), text);
}

/** Forgets the place. */
export function removeBookmark(partialPath: string): Promise<void> {
  return rm(bookmarkOf(partialPath), { force: true });
}

/** Reads what an earlier run left. */
export async function readBookmark(partialPath: string, now: Date): Promise<FoundBookmark> {
  const text = await readFile(bookmarkOf(partialPath), 'utf8').catch(() => undefined);
  if (text === undefined) return { kind: 'none' };
  const value = jsonObject(text);
  if (value?.version !== undefined && value.version !== VERSION)
    return { kind: 'unusable', reason: 'is of another version of this program' };
  const bookmark = value === undefined ? undefined : bookmarkIn(value);
  if (bookmark === undefined) return { kind: 'unusable', reason: 'is damaged' };
  const isOld = Math.abs(now.getTime() - bookmark.savedAt.getTime()) > LONGEST_AGE_MS;
  return isOld
    ? { kind: 'unusable', reason: `is not of the last 24 hours (${bookmark.savedAt.toISOString()})` }
    : { kind: 'place', bookmark };
}

function bookmarkIn({
  fingerprint,
  bytes,
  state,
  hasMore,
  nextPath,
  savedAt,
}: Readonly<Record<string, unknown>>): Bookmark | undefined {
  const time = new Date(typeof savedAt === 'string' ? savedAt : Number.NaN);
  const isWhole =
    typeof fingerprint === 'string' &&
    isCount(bytes) &&
    isState(state) &&
    typeof hasMore === 'boolean' &&
    (nextPath === undefined || typeof nextPath === 'string') &&
    !Number.isNaN(time.getTime());
  return isWhole ? { fingerprint, bytes, state, hasMore, nextPath, savedAt: time } : undefined;
}

function isState(value: unknown): value is Bookmark['state'] {
  if (typeof value !== 'object' || value === null) return false;
  const { rows, columns } = value as Partial<Bookmark['state']>;
  const isNames = Array.isArray(columns) && columns.every((name) => typeof name === 'string');
  return isCount(rows) && (columns === undefined || isNames);
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}
