// A thread of its own: what the write-ahead log holds is written into the store's file here, so that the thread that
// answers requests never waits for the disk. JavaScript, because Node itself loads this file, also where nothing is built.
import { parentPort, workerData } from 'node:worker_threads';
import { DatabaseSync } from '@photostructure/sqlite';

/** From so many pages on (4 MiB) writers are made to wait, so that the log begins again at its start. */
const MOST_PAGES = 1_000;

const database = new DatabaseSync(workerData.file, { timeout: workerData.timeoutMs });
database.exec('PRAGMA synchronous = NORMAL');
database.exec('PRAGMA wal_autocheckpoint = 0');
const copy = database.prepare('PRAGMA wal_checkpoint(PASSIVE)');
const copyAll = database.prepare('PRAGMA wal_checkpoint(RESTART)');

parentPort?.on('message', (message) => {
  if (message === 'close') {
    database.close();
    parentPort?.close();
    return;
  }
  try {
    if (copy.get().log > MOST_PAGES) copyAll.get();
  } catch {
    // a full disk, or damage: the main thread meets it too, and says so
  }
});
