import { statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { UpstreamError } from '../../errors.ts';
import { hourly } from '../hourly.ts';
import { type DiskUse, watchDiskRoom } from './disk-room.ts';
import { openLmdbClaims } from './lmdb-claims.ts';
import { allOf, asOne, commitTrouble } from './lmdb-commit.ts';
import { startSweeping } from './lmdb-sweep.ts';
import { openLmdbTables } from './lmdb-tables.ts';
import type { SessionRecords, StoreSize } from './records.ts';
import { storeUnavailable, withinTime } from './store-unavailable.ts';

export interface LmdbRecordsOptions {
  /** Made with mode 0700 where it is missing. */
  folder: string;
  /** Unix time in milliseconds. */
  now?: () => number;
  /** Told in a sentence what an administrator should know; nothing in it is secret. */
  onWarning(message: string): void;
  /** Bytes that sessions may take in the file: beyond, those that expire soonest make room. Default 2 GiB. */
  maxBytes?: number;
  /** Bytes that may still be written to the folder's disk; asks the file system unless told otherwise. */
  readFreeBytes?: (folder: string) => number;
  /** How long a write may wait, behind another process's for example. Default 1500. */
  operationTimeoutMs?: number;
  /** Pauses between two looks for expired entries, within and after a round through all. */
  sweepPauses?: { batchMs: number; roundMs: number };
}

export interface LmdbStats extends StoreSize {
  sessions: number;
  claims: number;
}

export interface LmdbRecords extends SessionRecords {
  size(): Promise<StoreSize>;
  stats(): Promise<LmdbStats>;
}

/** The file's size is looked at once in so many new sessions. */
const CREATES_PER_LOOK = 32;
/** Twice as many make room as come in, so that the file is soon below its bound again. */
const REMOVED_PER_CREATE_WHEN_FULL = 2;
const QUIET_MS = 25;

/**
 * Sessions in an lmdb file, shared by the processes of one machine.
 *
 * Reads come from the memory map and see every process's finished writes. Writes are made on lmdb's own
 * thread, those that wait for each other's flush in one transaction, and resolve when it is flushed to disk.
 * @throws ConfigurationError where the folder cannot be used
 */
export async function openLmdbRecords({
  folder,
  now = Date.now,
  onWarning,
  maxBytes = 2 * 1_073_741_824,
  readFreeBytes,
  operationTimeoutMs = 1_500,
  sweepPauses,
}: LmdbRecordsOptions): Promise<LmdbRecords> {
  const tables = openLmdbTables(folder, now, onWarning);
  const claims = openLmdbClaims(folder, now, onWarning);
  const measure = (): StoreSize => ({
    fileBytes: statSync(join(folder, 'sessions.mdb')).size,
    usedBytes: tables.usedBytes(),
    maxBytes,
  });
  const room = watchDiskRoom({
    folder,
    onWarning,
    reusableBytes() {
      const { fileBytes, usedBytes } = measure();
      return fileBytes - usedBytes;
    },
    ...(readFreeBytes && { readFreeBytes }),
  });
  const stopSweeping = startSweeping([...tables.sweeps, claims.sweep], {
    pauses: sweepPauses,
    mayRemove: () => room.refusal('change') === undefined,
    onError: noteFailedWrite,
  });
  const pending = new Set<Promise<unknown>>();
  let closing: Promise<void> | undefined;
  let creates = 0;
  let full = false;
  const warnOfFullStore = hourly(onWarning, now);

  /** All that touches lmdb goes through here, for closing waits for it: after closing, a touch would end the process. */
  async function attempt<Result>(work: () => Result | Promise<Result>): Promise<Result> {
    if (closing !== undefined) throw storeUnavailable('the lmdb store is closed');
    try {
      const result = work();
      return result instanceof Promise ? await withinTime(track(result), operationTimeoutMs) : result;
    } catch (error) {
      throw error instanceof UpstreamError ? error : storeUnavailable(commitTrouble(error), error);
    }
  }

  /** Begins a write only where it will find room on the disk. */
  function write<Result>(use: DiskUse, work: () => Promise<Result>): Promise<Result> {
    return attempt(() => {
      const refusal = room.refusal(use);
      if (refusal !== undefined) throw storeUnavailable(refusal);
      return work();
    });
  }

  /** A write that nobody waits for any longer goes on, and its failure must not stay unheard. */
  function track<Result>(begun: Promise<Result>): Promise<Result> {
    pending.add(begun);
    begun.catch(noteFailedWrite).finally(() => pending.delete(begun));
    return begun;
  }

  function noteFailedWrite(error: unknown): void {
    commitTrouble(error);
    room.writeFailed();
  }

  /** To close under a write would corrupt the process's memory, and lmdb resolves a write before it is done with it. */
  async function closeWhenQuiet(): Promise<void> {
    await stopSweeping();
    await Promise.allSettled(pending);
    await setTimeout(QUIET_MS);
    await Promise.all([tables.close(), claims.close()]);
  }

  function makeRoom(): void {
    if (creates % CREATES_PER_LOOK === 0) full = tables.usedBytes() > maxBytes;
    creates += 1;
    if (!full) return;
    warnOfFullStore(
      `The session store in ${folder} is full (${maxBytes} bytes): sessions that expire soonest make room.`,
    );
    for (let n = 0; n < REMOVED_PER_CREATE_WHEN_FULL; n += 1) {
      const id = tables.soonestOfSome();
      if (id !== undefined) asOne(tables.remove(id));
    }
  }

  return {
    create: (id, record) =>
      write('growth', async () => {
        tables.refresh();
        makeRoom();
        await tables.write(id, record);
      }),
    read: (id, part) =>
      attempt(() => {
        tables.refresh();
        const found = tables.find(id, part);
        return found !== undefined && tables.isAlive(id, part, found) ? found.text : undefined;
      }),
    replace: (id, part, expected, next, expiresAtMs) =>
      write('change', async () => {
        tables.refresh();
        const found = tables.find(id, part);
        if (found === undefined || found.text !== expected || !tables.isAlive(id, part, found)) return false;
        return tables.overwrite(id, part, found, next, expiresAtMs);
      }),
    remove: (id) =>
      write('change', async () => {
        tables.refresh();
        await tables.remove(id);
      }),
    removeGroup: (group) =>
      write('change', async () => {
        tables.refresh();
        const ids = tables.idsOf(group);
        const alive = ids.filter((id) => {
          const found = tables.find(id, 'session');
          return found !== undefined && tables.isAlive(id, 'session', found);
        });
        await allOf(ids.map(tables.remove));
        return alive.length;
      }),
    claim: (name, expiresAtMs) => write('growth', () => claims.claim(name, expiresAtMs)),
    count: () => attempt(tables.count),
    check: () => attempt(tables.refresh),
    size: () => attempt(measure),
    stats: () => attempt(() => ({ sessions: tables.count(), claims: claims.count(), ...measure() })),
    close() {
      closing ??= withinTime(closeWhenQuiet(), operationTimeoutMs + QUIET_MS).catch(() => {});
      return closing;
    },
  };
}
