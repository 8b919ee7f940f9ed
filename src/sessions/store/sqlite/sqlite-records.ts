import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigurationError } from '../../../errors.ts';
import type { NoteRecords, SessionRecords, StoreSize } from '../records.ts';
import { storeUnavailable, withinTime } from '../store-unavailable.ts';
import { toStoredBytes } from '../stored-text.ts';
import type { Connection } from './connection.ts';
import { watchDiskRoom } from './disk-room.ts';
import { asUnavailable, isDiskFull, wordsOf } from './failures.ts';
import { hourly } from './hourly.ts';
import { networkFileSystemOf } from './network-file-systems.ts';
import {
  claim,
  countClaims,
  countSessions,
  createSession,
  freeBytes,
  readNote,
  readPart,
  regroup,
  removeGroup,
  replacePart,
  sweep,
  usedBytes,
} from './operations.ts';
import type { Statements } from './statements.ts';
import { createStoreFile, type StoreFile } from './store-file.ts';
import { type SweepPauses, startSweeping } from './sweeping.ts';

export interface SqliteRecordsOptions {
  /** On a disk of this machine. */
  folder: string;
  /**
   * Called before the file in the folder is opened, which may be needed again while the app runs. Makes the folder with
   * mode 0700, where it is missing, unless told otherwise.
   */
  prepareFolder?: () => void;
  /** Unix time in milliseconds. */
  now?: () => number;
  /** Told in a sentence what an administrator should know; nothing in it is secret. */
  onWarning(message: string): void;
  /** Bytes that sessions may take in the file: beyond, those that expire soonest make room. Default 2 GiB. */
  maxBytes?: number;
  /** Bytes that may still be written to the folder's disk; asks the file system unless told otherwise. */
  readFreeBytes?: (folder: string) => number;
  /** The number by which Linux knows the folder's file system; asks it unless told otherwise. */
  readFileSystemType?: (folder: string) => number;
  /** How long an operation may wait, behind another process that writes. Default 1500. */
  operationTimeoutMs?: number;
  sweepPauses?: SweepPauses;
}

export interface SqliteStats extends StoreSize {
  sessions: number;
  claims: number;
}

export interface SqliteRecords extends SessionRecords {
  size(): Promise<StoreSize>;
  stats(): Promise<SqliteStats>;
}

type Work<Result> = (statements: Statements) => Result;

const FILE = 'sessions.sqlite';
/** Twice as many make room as come in, so that the file is soon below its bound again. */
const REMOVED_PER_CREATE_WHEN_FULL = 2;
/** However often somebody asks whether the store can be written, it is tried at most this often. */
const PROBE_PAUSE_MS = 1_000;

/**
 * Sessions in a file of SQLite, shared by the processes of one machine. Reads wait for nobody and see every write that
 * was finished. What was written outlives its process; a power cut may take the last of it (`synchronous = NORMAL`).
 * @throws ConfigurationError where the folder cannot be used
 */
export async function openSqliteRecords(options: SqliteRecordsOptions): Promise<SqliteRecords> {
  const { folder, now = Date.now, onWarning, maxBytes = 2 * 1_073_741_824 } = options;
  const timeoutMs = options.operationTimeoutMs ?? 1_500;
  const path = join(folder, FILE);
  const prepareFolder = options.prepareFolder ?? (() => mkdirSync(folder, { recursive: true, mode: 0o700 }));
  const file = createStoreFile({ file: path, timeoutMs, onWarning, prepareFolder });
  try {
    prepareFolder();
    refuseNetworkFileSystem(networkFileSystemOf(folder, options.readFileSystemType));
    await file.use(() => {});
  } catch (error) {
    refuse(error, folder);
  }

  const { read, change, add } = accessTo(file, watchDiskRoom(options));
  const warn = hourly(onWarning, now);
  const makeRoom = (statements: Statements): void => {
    if (usedBytes(statements) <= maxBytes) return;
    warn(
      `The session store in ${folder} is full (${maxBytes} bytes): sessions that expire soonest make room.`,
    );
    statements.removeSoonest.run(REMOVED_PER_CREATE_WHEN_FULL);
  };
  const measure = (statements: Statements): StoreSize => ({
    fileBytes: bytesOf(path) + bytesOf(`${path}-wal`),
    usedBytes: usedBytes(statements),
    maxBytes,
  });
  const stopSweeping = startSweeping(
    () => change((statements) => sweep(statements, now())),
    options.sweepPauses,
  );

  return {
    create: (id, record) =>
      add((statements) => {
        makeRoom(statements);
        createSession(statements, id, record);
      }),
    read: (id, part) => read((statements) => readPart(statements, id, part, now())),
    replace: (id, part, expected, next, expiresAtMs) =>
      change((statements) => replacePart(statements, { id, part, expected, next, expiresAtMs }, now())),
    remove: (id) => change(({ removeSession }) => void removeSession.run(id)),
    regroup: (id, groups) => change((statements) => regroup(statements, id, groups, now())),
    removeGroup: (group) => change((statements) => removeGroup(statements, group, now())),
    claim: (name, expiresAtMs) => add((statements) => claim(statements, name, expiresAtMs, now())),
    notes: notesIn({ read, change, add }, now),
    count: () => read(countSessions),
    check: shared(() => change(({ probe }) => void probe.run(now()))),
    size: () => read(measure),
    stats: () =>
      read((statements) => ({
        sessions: countSessions(statements),
        claims: countClaims(statements),
        ...measure(statements),
      })),
    close() {
      stopSweeping();
      return withinTime(file.close(), timeoutMs).catch(() => {});
    },
  };
}

function refuseNetworkFileSystem(name: string | undefined): void {
  if (name === undefined) return;
  throw new ConfigurationError([
    `DATA_DIR is on a network file system (${name}), where the session store cannot work: choose a folder on a disk of this machine, or set REDIS_URL`,
  ]);
}

function bytesOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

/** Says why without the value of the setting. */
function refuse(error: unknown, folder: string): never {
  if (error instanceof ConfigurationError) throw error;
  const reason = wordsOf(error).replaceAll(folder, 'DATA_DIR');
  throw new ConfigurationError([`DATA_DIR: the session store ${FILE} in it cannot be opened (${reason})`]);
}

function notesIn({ read, change, add }: Access, now: () => number): NoteRecords {
  return {
    write: (name, text, expiresAtMs) =>
      add(({ writeNote }) => void writeNote.run(name, toStoredBytes(text), expiresAtMs)),
    read: (name) => read((statements) => readNote(statements, name, now())),
    replace(name, expected, next, expiresAtMs) {
      const texts = [toStoredBytes(next), toStoredBytes(expected)] as const;
      return change(
        ({ replaceNote }) => replaceNote.run(texts[0], expiresAtMs, name, texts[1], now()).changes === 1,
      );
    },
    remove: (name) => change(({ removeNote }) => void removeNote.run(name)),
  };
}

type Access = ReturnType<typeof accessTo>;

/** Ways to use the file that reject with `store_unavailable`. */
function accessTo(file: StoreFile, mayGrow: ReturnType<typeof watchDiskRoom>) {
  const fail = (error: unknown): never => {
    throw asUnavailable(error);
  };
  const change = <Result>(work: Work<Result>): Promise<Result> =>
    file.use((connection) => written(connection, work)).catch(fail);
  return {
    change,
    read: <Result>(work: Work<Result>): Promise<Result> =>
      file.use(({ statements }) => work(statements)).catch(fail),
    /** Changes that take room. */
    add: <Result>(work: Work<Result>): Promise<Result> =>
      change((statements) => {
        if (mayGrow(() => freeBytes(statements))) return work(statements);
        throw storeUnavailable('the disk is nearly full');
      }),
  };
}

/** Where the log finds no more room, its room is made free for the next write. */
function written<Result>({ statements, checkpointer, transaction }: Connection, work: Work<Result>): Result {
  try {
    const result = transaction(() => work(statements));
    checkpointer.wrote();
    return result;
  } catch (error) {
    if (isDiskFull(error)) checkpointer.ask();
    throw error;
  }
}

/** The same outcome for everybody who asks within a while. */
function shared(probe: () => Promise<void>): () => Promise<void> {
  let outcome = Promise.resolve();
  let beganAtMs = Number.NEGATIVE_INFINITY;
  return () => {
    if (performance.now() - beganAtMs >= PROBE_PAUSE_MS) {
      beganAtMs = performance.now();
      outcome = probe();
    }
    return outcome;
  };
}
