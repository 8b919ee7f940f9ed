import { setTimeout as pause } from 'node:timers/promises';
import { type Connection, type ConnectionOptions, inodeOf, openConnection } from './connection.ts';
import { moveAside } from './damaged-file.ts';
import { isBusy, isDamage, wordsOf } from './failures.ts';

/** The file of the store: opened again where it was moved away, replaced by a new one where it is damaged. */
export interface StoreFile {
  /**
   * Works on the file: at once, or where another connection is writing as soon as that is through.
   * @throws SQLite's own error, or one of the file system
   */
  use<Result>(work: (connection: Connection) => Result): Promise<Result>;
  /** Resolves when nothing holds the file open any more. */
  close(): Promise<void>;
}

/** The file is looked for at its place at most this often. */
const LOOK_PAUSE_MS = 100;
const LEAST_PAUSE_MS = 1;
const MORE_PAUSE_MS = 4;

/** Opens nothing yet: the first use does. */
export function createStoreFile(options: ConnectionOptions): StoreFile {
  const { file, timeoutMs, onWarning } = options;
  let connection: Connection | undefined;
  let closed = false;
  let lookedAtMs = performance.now();

  function connected(): Connection {
    if (closed) throw new Error('the store is closed');
    if (connection !== undefined && wasMoved(connection)) letGo();
    connection ??= openConnection(options);
    return connection;
  }

  /** By another process, because the file is damaged, or by somebody who wanted it gone. */
  function wasMoved({ inode }: Connection): boolean {
    if (performance.now() - lookedAtMs < LOOK_PAUSE_MS) return false;
    lookedAtMs = performance.now();
    return inodeOf(file) !== inode;
  }

  function letGo(): Promise<void> {
    const former = connection;
    connection = undefined;
    return former?.close() ?? Promise.resolve();
  }

  /** Only the very file that was found damaged is moved: another process may have begun a new one meanwhile. */
  function startOver(found: bigint | undefined, damage: string): void {
    void letGo();
    if (found !== undefined && found === inodeOf(file)) onWarning(moveAside(file, damage));
  }

  /** Throws what trying again does not help against. */
  function recover(error: unknown, found: bigint | undefined, mayStartOver: boolean, isLate: boolean): void {
    if (isDamage(error) && mayStartOver) startOver(found, wordsOf(error));
    else if (!isBusy(error) || isLate) throw error;
  }

  return {
    async use(work) {
      const untilMs = performance.now() + timeoutMs;
      for (let mayStartOver = true; ; ) {
        const found = connection?.inode ?? inodeOf(file);
        try {
          return work(connected());
        } catch (error) {
          recover(error, found, mayStartOver, performance.now() >= untilMs);
          mayStartOver &&= !isDamage(error);
        }
        await pause(LEAST_PAUSE_MS + MORE_PAUSE_MS * Math.random());
      }
    },
    close() {
      closed = true;
      return letGo();
    },
  };
}
