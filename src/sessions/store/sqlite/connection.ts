import { closeSync, constants, openSync, statSync } from 'node:fs';
import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite';
import { systemCodeOf } from '../../../errors.ts';
import { type Checkpointer, type CheckpointerOptions, createCheckpointer } from './checkpointer.ts';
import { DamageError, isSchemaTrouble } from './failures.ts';
import { PAGE_BYTES, SCHEMA, SCHEMA_VERSION } from './schema.ts';
import { prepareStatements, type Statements } from './statements.ts';

/** One opening of the store's file. */
export interface Connection {
  statements: Statements;
  checkpointer: Checkpointer;
  /** Which file it is, wherever it is now. */
  inode: bigint;
  /** All of the work or nothing. */
  transaction<Result>(work: () => Result): Result;
  close(): Promise<void>;
}

export interface ConnectionOptions extends CheckpointerOptions {
  /** Makes the folder of the file where it is missing. */
  prepareFolder(): void;
}

const MIB = 1_048_576;
/** Looked through in a few hundredths of a second. Damage in a larger file is met when it is read. */
const MOST_CHECKED_BYTES = 64 * MIB;
/** A safety net in pages (16 MiB), should the thread that makes checkpoints fail. */
const AUTOMATIC_CHECKPOINT_PAGES = 4_096;

/**
 * Opens the file; makes it, for this user only, where there is none.
 * @throws DamageError, or SQLite's own error
 */
export function openConnection(options: ConnectionOptions): Connection {
  const { file, prepareFolder } = options;
  prepareFolder();
  makeFile(file);
  const { ino: inode, size } = statSync(file, { bigint: true });
  const database = new DatabaseSync(file, { timeout: 0 });
  try {
    setUp(database);
    makeTables(database);
    if (size <= MOST_CHECKED_BYTES) lookThrough(database);
    return connectionOf(database, inode, createCheckpointer(options));
  } catch (error) {
    database.close();
    throw error;
  }
}

/** The file that is there under this name now. */
export function inodeOf(file: string): bigint | undefined {
  return statSync(file, { bigint: true, throwIfNoEntry: false })?.ino;
}

/** SQLite itself would make it readable for everybody; its further files get the mode of this one. */
function makeFile(file: string): void {
  const { O_CREAT, O_EXCL, O_RDWR } = constants;
  try {
    closeSync(openSync(file, O_CREAT | O_EXCL | O_RDWR, 0o600));
  } catch (error) {
    if (systemCodeOf(error) !== 'EEXIST') throw error;
  }
}

function setUp(database: DatabaseSyncInstance): void {
  database.exec(`PRAGMA page_size = ${PAGE_BYTES}`);
  const { journal_mode } = database.prepare('PRAGMA journal_mode = WAL').get() as { journal_mode: string };
  if (journal_mode !== 'wal') throw new Error('no write-ahead log can be kept there');
  database.exec(`
    PRAGMA synchronous = NORMAL;
    PRAGMA foreign_keys = ON;
    PRAGMA cell_size_check = ON;
    PRAGMA wal_autocheckpoint = ${AUTOMATIC_CHECKPOINT_PAGES};
    PRAGMA journal_size_limit = ${16 * MIB};
  `);
}

function makeTables(database: DatabaseSyncInstance): void {
  if (versionOf(database) === 0) {
    inTransaction(database, () => {
      if (versionOf(database) === 0) database.exec(SCHEMA);
    });
  }
  if (versionOf(database) !== SCHEMA_VERSION) throw new DamageError('tables of another version');
}

function versionOf(database: DatabaseSyncInstance): number {
  return (database.prepare('PRAGMA user_version').get() as { user_version: number }).user_version;
}

function lookThrough(database: DatabaseSyncInstance): void {
  const { quick_check } = database.prepare('PRAGMA quick_check(1)').get() as { quick_check: string };
  if (quick_check !== 'ok') throw new DamageError(quick_check);
}

function connectionOf(database: DatabaseSyncInstance, inode: bigint, checkpointer: Checkpointer): Connection {
  return {
    statements: preparedFor(database),
    checkpointer,
    inode,
    transaction: (work) => inTransaction(database, work),
    close() {
      // here first: the last one to close writes the log into the file, and the checkpointer's thread may wait for the disk
      database.close();
      return checkpointer.close();
    },
  };
}

function preparedFor(database: DatabaseSyncInstance): Statements {
  try {
    return prepareStatements(database);
  } catch (error) {
    if (isSchemaTrouble(error)) throw new DamageError('other tables than its own');
    throw error;
  }
}

/** Takes the lock of writers first, so that what is read within stays true until it is over. */
function inTransaction<Result>(database: DatabaseSyncInstance, work: () => Result): Result {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}
