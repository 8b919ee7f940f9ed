import type { Fields, HttpRequest } from '../http/index.ts';

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
}

/** The latest requests, the oldest first. */
export interface Ledger {
  /** Notes a request; the function it returns notes how it was answered. */
  record(http: HttpRequest, peer: string): (status: number) => void;
  entries(): readonly LedgerEntry[];
  clear(): void;
}

const MAX_ENTRIES = 5_000;
const MAX_VALUE_LENGTH = 4_096;
const MAX_WHOLE = 16_384;

/** What is kept of a request until somebody wants to read it: making entries costs more than most answers. */
interface Kept {
  readonly http: HttpRequest;
  readonly peer: string;
  readonly timeMs: number;
  status: number;
}

/** Creates an empty ledger that keeps the latest 5,000 requests; values are cut at 4,096 characters. */
export function createLedger(now: () => number): Ledger {
  let kept: Kept[] = [];
  return {
    record(http, peer) {
      const entry: Kept = { http: slim(http), peer, timeMs: now(), status: 0 };
      kept.push(entry);
      if (kept.length > 2 * MAX_ENTRIES) kept = kept.slice(-MAX_ENTRIES);
      return (status) => {
        entry.status = status;
      };
    },
    entries: () => kept.slice(-MAX_ENTRIES).map(entryOf),
    clear() {
      kept = [];
    },
  };
}

/** A large request is cut before it is kept, so that the ledger's memory is bounded. */
function slim(http: HttpRequest): HttpRequest {
  if (http.bodyText.length + http.search.length <= MAX_WHOLE) return http;
  return { ...http, bodyText: '', search: '', query: cut(http.query), body: cut(http.body) };
}

function entryOf({ http, peer, timeMs, status }: Kept): LedgerEntry {
  return {
    time: new Date(timeMs).toISOString(),
    method: http.method,
    path: http.path,
    query: cut(http.query),
    headers: cut(http.headers),
    body: cut(http.body),
    peer,
    status,
  };
}

function cut(values: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined) kept[name] = shortened(String(value));
  }
  return kept;
}

/** A copy of its own, because a slice would keep the whole text in memory. */
function shortened(text: string): string {
  if (text.length <= MAX_VALUE_LENGTH) return text;
  return Buffer.from(text.slice(0, MAX_VALUE_LENGTH)).toString();
}
