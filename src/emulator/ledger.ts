import type { Asked, Fields } from './asked.ts';

/** A request that the stand-in received; `status` is 0 until it was answered. */
export interface LedgerEntry {
  readonly time: string;
  readonly method: string;
  readonly path: string;
  readonly query: Fields;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Fields;
  readonly peer: string;
  status: number;
}

/** The latest requests, the oldest first. */
export interface Ledger {
  record(asked: Asked, peer: string): LedgerEntry;
  entries(): readonly LedgerEntry[];
  clear(): void;
}

const MAX_ENTRIES = 5_000;
const MAX_VALUE_LENGTH = 4_096;

/** Creates an empty ledger that keeps the latest 5,000 requests, their values cut at 4,096 characters. */
export function createLedger(now: () => number): Ledger {
  let entries: LedgerEntry[] = [];
  return {
    record(asked, peer) {
      const entry = entryOf(asked, peer, now());
      entries.push(entry);
      if (entries.length > 2 * MAX_ENTRIES) entries = entries.slice(-MAX_ENTRIES);
      return entry;
    },
    entries: () => entries.slice(-MAX_ENTRIES),
    clear() {
      entries = [];
    },
  };
}

function entryOf(asked: Asked, peer: string, timeMs: number): LedgerEntry {
  return {
    time: new Date(timeMs).toISOString(),
    method: asked.method,
    path: asked.path,
    query: cut(asked.query),
    headers: cut(asked.headers),
    body: cut(asked.body),
    peer,
    status: 0,
  };
}

function cut(values: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined) kept[name] = String(value).slice(0, MAX_VALUE_LENGTH);
  }
  return kept;
}
