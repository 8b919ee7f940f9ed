import type { Fields, HttpRequest, HttpResponse } from '../http/index.ts';
import { type Outcome, outcomeOf } from './outcome.ts';

/** A request that the emulator received; `status` is 0 until it was answered. */
export interface LedgerEntry {
  readonly time: string;
  readonly method: string;
  readonly path: string;
  readonly query: Fields;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Fields;
  readonly peer: string;
  readonly status: number;
  /** Why it was refused, where it was. */
  readonly reason?: string;
  /** The authorization code that went to the app. */
  readonly code?: string;
}

/** The latest requests, the oldest first. */
export interface Ledger {
  /** Notes a request; the function it returns notes how it was answered. */
  record(http: HttpRequest, peer: string): (status: number, response?: HttpResponse) => void;
  entries(): readonly LedgerEntry[];
  clear(): void;
}

const MAX_ENTRIES = 5_000;
const MAX_VALUE_LENGTH = 4_096;
/** What one request may take, in characters: the fields that come after are left out. */
const MAX_ENTRY_LENGTH = 64 * 1024;
/** What all requests together may take, in characters. */
const MAX_TOTAL_LENGTH = 32 * 1024 * 1024;
/** What an object, a name or a value costs besides its characters. */
const OVERHEAD = 64;

type Values = Readonly<Record<string, string | string[] | undefined>>;

/** What is kept of a request until somebody wants to read it: making entries costs more than most responses. */
interface Kept {
  readonly http: Pick<HttpRequest, 'method' | 'path' | 'query' | 'body' | 'headers'>;
  readonly peer: string;
  readonly timeMs: number;
  readonly length: number;
  status: number;
  outcome: Outcome;
}

/**
 * Creates an empty ledger that keeps the latest 5,000 requests, of 32 Mi characters in all at most. Values are cut at
 * 4,096 characters, and a request at 64 Ki.
 */
export function createLedger(now: () => number): Ledger {
  let kept: Kept[] = [];
  let first = 0;
  let total = 0;
  const forgetOldest = (): void => {
    while (kept.length - first > MAX_ENTRIES || total > MAX_TOTAL_LENGTH) total -= kept[first++]?.length ?? 0;
    if (first < MAX_ENTRIES) return;
    kept = kept.slice(first);
    first = 0;
  };
  return {
    record(http, peer) {
      const entry: Kept = { ...slim(http), peer, timeMs: now(), status: 0, outcome: {} };
      kept.push(entry);
      total += entry.length;
      forgetOldest();
      return (status, response) => {
        entry.status = status;
        if (response !== undefined) entry.outcome = outcomeOf(response);
      };
    },
    entries: () => kept.slice(first).map(entryOf),
    clear() {
      kept = [];
      first = 0;
      total = 0;
    },
  };
}

type Slim = Pick<Kept, 'http' | 'length'>;

/** What is kept of a request, and how long that is. A short one is kept as it is, a long one is cut. */
function slim({ method, path, query, body, headers, bodyText, search }: HttpRequest): Slim {
  const isShort = bodyText.length + search.length <= MAX_VALUE_LENGTH;
  const http = isShort
    ? { method, path, query, body, headers }
    : { method, path, query: cut(query), body: cut(body), headers };
  // The path is a part of the address, which stays in memory with it.
  const length = OVERHEAD + path.length + search.length;
  return {
    http,
    length: length + [http.query, http.body, headers].reduce((sum, one) => sum + lengthOf(one), 0),
  };
}

function lengthOf(values: Values): number {
  let length = 0;
  for (const name in values) length += OVERHEAD + name.length + String(values[name]).length;
  return length;
}

function entryOf({ http, peer, timeMs, status, outcome }: Kept): LedgerEntry {
  return {
    time: new Date(timeMs).toISOString(),
    method: http.method,
    path: http.path,
    query: cut(http.query),
    headers: cut(http.headers),
    body: cut(http.body),
    peer,
    status,
    ...outcome,
  };
}

function cut(values: Values): Record<string, string> {
  const kept: Record<string, string> = {};
  let length = 0;
  for (const name in values) {
    const value = values[name];
    if (value === undefined) continue;
    const text = shortened(String(value));
    length += OVERHEAD + name.length + text.length;
    if (length > MAX_ENTRY_LENGTH) break;
    kept[name] = text;
  }
  return kept;
}

/** A copy of its own, because a slice would keep the whole text in memory. */
function shortened(text: string): string {
  if (text.length <= MAX_VALUE_LENGTH) return text;
  return Buffer.from(text.slice(0, MAX_VALUE_LENGTH)).toString();
}
