import type { NewRecord, Part } from '../records.ts';
import { fromStoredBytes, toStoredBytes } from '../stored-text.ts';
import { PAGE_BYTES } from './schema.ts';
import { type Statements, SWEPT_AT_ONCE } from './statements.ts';

/** A part that is to take another one's place. */
interface Replacement {
  id: string;
  part: Part;
  expected: string;
  next: string;
  expiresAtMs: number;
}

export function createSession(statements: Statements, id: string, record: NewRecord): void {
  const { session, tokens, expiresAtMs, groups } = record;
  statements.removeSession.run(id);
  const { lastInsertRowid: number } = statements.insertSession.run(id, expiresAtMs, toStoredBytes(session));
  statements.insertTokens.run(number, toStoredBytes(tokens));
  for (const name of groups) statements.insertPlace.run(name, number);
}

export function readPart(statements: Statements, id: string, part: Part, nowMs: number): string | undefined {
  const found = statements.read[part].get(id, nowMs) as { text: Uint8Array } | undefined;
  return found && fromStoredBytes(found.text);
}

export function replacePart(statements: Statements, replacement: Replacement, nowMs: number): boolean {
  const { id, part, expected, next, expiresAtMs } = replacement;
  const texts = [toStoredBytes(next), toStoredBytes(expected)] as const;
  const { changes } = statements.replace[part].run(texts[0], id, nowMs, texts[1]);
  if (changes === 1) statements.extend.run(expiresAtMs, id);
  return changes === 1;
}

export function regroup(statements: Statements, id: string, groups: readonly string[], nowMs: number): void {
  const found = statements.findSession.get(id, nowMs) as { number: number } | undefined;
  if (found === undefined) return;
  statements.removePlaces.run(found.number);
  for (const name of groups) statements.insertPlace.run(name, found.number);
}

export function listGroup({ listGroup: found }: Statements, group: string, nowMs: number): string[] {
  return (found.all(group, nowMs) as { id: string }[]).map(({ id }) => id);
}

/** @returns how many there were that had not expired */
export function removeGroup(statements: Statements, group: string, nowMs: number): number {
  const alive = countIn(statements.countGroup.get(group, nowMs));
  statements.removeGroup.run(group);
  return alive;
}

export function useOnce(statements: Statements, name: string, expiresAtMs: number, nowMs: number): boolean {
  return statements.useOnce.run(name, expiresAtMs, nowMs).changes === 1;
}

/** Removes a little of what is over. @returns whether more may be left */
export function sweep(statements: Statements, nowMs: number): boolean {
  const removed = statements.sweep.map((statement) => statement.run(nowMs).changes);
  return removed.some((changes) => changes === SWEPT_AT_ONCE);
}

export const countSessions = (statements: Statements): number => countIn(statements.count.get());

/** Of the file; its log comes on top until the next checkpoint. */
export function usedBytes(statements: Statements): number {
  const { page_count: pages } = statements.pages.get() as { page_count: number };
  return pages * PAGE_BYTES - freeBytes(statements);
}

/** Inside the file, to be used again. */
export function freeBytes({ freePages }: Statements): number {
  return (freePages.get() as { freelist_count: number }).freelist_count * PAGE_BYTES;
}

const countIn = (row: unknown): number => (row as { count: number }).count;
