import { join } from 'node:path';
import type { Database } from 'lmdb';
import { STORED_NAME_LENGTH, storedName } from '../stored-text.ts';
import { asOne } from './lmdb-commit.ts';
import { decodeEntry, encodeEntry, type LmdbEntry } from './lmdb-entry.ts';
import { openLmdbFile } from './lmdb-file.ts';
import { newVersion, type Sweep } from './lmdb-sweep.ts';
import type { NewRecord, Part } from './records.ts';

type Table = Database<Buffer, string>;

/** An entry as it was read, with the version under which a write can ask whether it is still that one. */
export interface Found extends LmdbEntry {
  version: number | undefined;
}

/** The three tables of a session: its two parts under its id, and its places in groups under `<group><id>`. */
export interface LmdbTables {
  /** From here on reads see what other processes wrote up to now. */
  refresh(): void;
  find(id: string, part: Part): Found | undefined;
  /** Whether the record has not expired: each write of either part lets both live on. */
  isAlive(id: string, part: Part, entry: Found): boolean;
  /** Writes a record whole, in one transaction; resolves when it is on disk. */
  write(id: string, record: NewRecord): Promise<unknown>;
  /** Writes one part where it still is the one found. */
  overwrite(id: string, part: Part, found: Found, text: string, expiresAtMs: number): Promise<boolean>;
  remove(id: string): Promise<unknown>;
  idsOf(group: string): string[];
  /** Of a few sessions at a random place the one that expires soonest. */
  soonestOfSome(): string | undefined;
  count(): number;
  usedBytes(): number;
  sweeps: readonly Sweep[];
  close(): Promise<void>;
}

const MARK = Buffer.of(1);
const SAMPLE_SIZE = 16;
/** Follows every character that ids and stored names are made of. */
const AFTER_ALL = '~';

export function openLmdbTables(
  folder: string,
  now: () => number,
  onWarning: (message: string) => void,
): LmdbTables {
  const root = openLmdbFile(join(folder, 'sessions.mdb'), { onWarning });
  const open = (name: string): Table =>
    root.openDB<Buffer, string>(name, { encoding: 'binary', useVersions: true });
  const parts: Record<Part, Table> = { session: open('session'), tokens: open('tokens') };
  const places = open('groups');

  function find(id: string, part: Part): Found | undefined {
    const read = parts[part].getEntry(id);
    const entry = decodeEntry(read?.value);
    return entry === undefined ? undefined : { ...entry, version: read?.version };
  }

  function isAlive(id: string, part: Part, { expiresAtMs }: LmdbEntry): boolean {
    if (expiresAtMs > now()) return true;
    const other = find(id, part === 'session' ? 'tokens' : 'session');
    return other !== undefined && other.expiresAtMs > now();
  }

  function put(part: Part, id: string, entry: LmdbEntry): Promise<boolean> {
    return parts[part].put(id, encodeEntry(entry), newVersion());
  }

  function leave(id: string, groups: readonly string[]): void {
    for (const group of groups) asOne(places.remove(group + id));
  }

  function remove(id: string): Promise<unknown> {
    const groups = find(id, 'session')?.groups ?? [];
    return parts.session.batch(() => {
      leave(id, groups);
      asOne(parts.session.remove(id));
      asOne(parts.tokens.remove(id));
    });
  }

  /** Nested conditions: a write of either part between the look and the removal keeps the record. */
  async function removeExpired(id: string, version: number | undefined): Promise<void> {
    const tokens = find(id, 'tokens');
    if (version === undefined) return;
    await parts.session.ifVersion(id, version, () => {
      if (tokens?.version === undefined) asOne(remove(id));
      else asOne(parts.tokens.ifVersion(id, tokens.version, () => asOne(remove(id))));
    });
  }

  const isOver = (id: string, value: Buffer): boolean => {
    const entry = decodeEntry(value);
    return entry === undefined || !isAlive(id, 'session', entry);
  };

  return {
    refresh: () => parts.session.resetReadTxn(),
    find,
    isAlive,
    write(id, { session, tokens, expiresAtMs, groups }) {
      const names = groups.map(storedName);
      const former = find(id, 'session')?.groups ?? [];
      return parts.session.batch(() => {
        leave(id, former);
        for (const name of names) asOne(places.put(name + id, MARK, newVersion()));
        asOne(put('session', id, { expiresAtMs, groups: names, text: session }));
        asOne(put('tokens', id, { expiresAtMs, groups: [], text: tokens }));
      });
    },
    overwrite(id, part, found, text, expiresAtMs) {
      if (found.version === undefined) return Promise.resolve(false);
      const entry = { groups: found.groups, text, expiresAtMs: Math.max(expiresAtMs, found.expiresAtMs) };
      return parts[part].ifVersion(id, found.version, () => asOne(put(part, id, entry)));
    },
    remove,
    idsOf(group) {
      const name = storedName(group);
      const keys = [...places.getKeys({ start: name, end: name + AFTER_ALL })];
      return keys.map((key) => key.slice(STORED_NAME_LENGTH));
    },
    soonestOfSome() {
      const start = storedName(String(Math.random()));
      const some = [...parts.session.getRange({ start, limit: SAMPLE_SIZE })];
      if (some.length === 0) some.push(...parts.session.getRange({ limit: SAMPLE_SIZE }));
      const expiries = some.map(({ key, value }) => ({ key, atMs: decodeEntry(value)?.expiresAtMs ?? 0 }));
      return expiries.sort((a, b) => a.atMs - b.atMs)[0]?.key;
    },
    count: () => statsOf(parts.session).entryCount,
    usedBytes: () => [parts.session, parts.tokens, places].map(bytesOf).reduce((sum, each) => sum + each, 0),
    sweeps: [
      { database: parts.session, isOver, remove: removeExpired },
      {
        database: places,
        isOver: (key) => !parts.session.doesExist(key.slice(STORED_NAME_LENGTH)),
        remove: (key) =>
          parts.session.ifNoExists(key.slice(STORED_NAME_LENGTH), () => asOne(places.remove(key))),
      },
    ],
    close: () => root.close(),
  };
}

interface TableStats {
  pageSize: number;
  treeBranchPageCount: number;
  treeLeafPageCount: number;
  overflowPages: number;
  entryCount: number;
}

/** lmdb types its statistics as `{}`. */
function statsOf(table: Table): TableStats {
  const none = { pageSize: 0, treeBranchPageCount: 0, treeLeafPageCount: 0, overflowPages: 0, entryCount: 0 };
  return { ...none, ...table.getStats() };
}

function bytesOf(table: Table): number {
  const { pageSize, treeBranchPageCount, treeLeafPageCount, overflowPages } = statsOf(table);
  return pageSize * (treeBranchPageCount + treeLeafPageCount + overflowPages);
}
