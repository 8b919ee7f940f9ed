import { statSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigurationError } from '../../../errors.ts';
import { hourly } from '../../../hourly.ts';
import { makeFolder } from '../../../make-folder.ts';
import type { SessionRecords, StoreSize } from '../records.ts';
import { sharedProbe } from '../shared-probe.ts';
import { withinTime } from '../store-unavailable.ts';
import { accessTo } from './access.ts';
import { watchDiskRoom } from './disk-room.ts';
import { wordsOf } from './failures.ts';
import { refuseNetworkFileSystem } from './network-file-systems.ts';
import {
  countSessions,
  createSession,
  listGroup,
  readPart,
  regroup,
  removeGroup,
  replacePart,
  sweep,
  usedBytes,
  useOnce,
} from './operations.ts';
import { notesIn } from './sqlite-notes.ts';
import type { Statements } from './statements.ts';
import { createStoreFile } from './store-file.ts';
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

export interface SqliteRecords extends SessionRecords {
  size(): Promise<StoreSize>;
}

const FILE = 'sessions.sqlite';
/** Twice as many make room as come in, so that the file is soon below its bound again. */
const REMOVED_PER_CREATE_WHEN_FULL = 2;

/**
 * Sessions in a file of SQLite, shared by the processes of one machine. Reads wait for nobody and see every write that
 * was finished. What was written outlives its process; a power cut may take the last of it (`synchronous = NORMAL`).
 * @throws ConfigurationError where the folder cannot be used
 */
export async function openSqliteRecords(options: SqliteRecordsOptions): Promise<SqliteRecords> {
  const { folder, now = Date.now, onWarning, maxBytes = 2 * 1_073_741_824 } = options;
  const timeoutMs = options.operationTimeoutMs ?? 1_500;
  const path = join(folder, FILE);
  const prepareFolder = options.prepareFolder ?? (() => makeFolder(folder, 0o700));
  const file = createStoreFile({ file: path, timeoutMs, onWarning, prepareFolder });
  try {
    prepareFolder();
    refuseNetworkFileSystem(folder, options.readFileSystemType);
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
    listGroup: (group) => read((statements) => listGroup(statements, group, now())),
    removeGroup: (group) => change((statements) => removeGroup(statements, group, now())),
    useOnce: (name, expiresAtMs) => add((statements) => useOnce(statements, name, expiresAtMs, now())),
    notes: notesIn({ read, change, add }, now),
    count: () => read(countSessions),
    check: sharedProbe(() => change(({ probe }) => void probe.run(now()))),
    size: () => read(measure),
    close() {
      stopSweeping();
      return withinTime(file.close(), timeoutMs).catch(() => {});
    },
  };
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
