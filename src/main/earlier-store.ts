import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** What versions before SQLite kept in DATA_DIR: lmdb's files, copies of damaged ones, and the emulator's secret. */
const EARLIER = /^((sessions|claims-[\w-]+)\.mdb(-lock|\.damaged-[\w.-]+)?|session-secret)$/;

/** Removes the files of the earlier store. What cannot be removed does no harm. */
export function removeEarlierStore(dataDir: string): void {
  for (const name of readdirSync(dataDir).filter((each) => EARLIER.test(each))) {
    try {
      rmSync(join(dataDir, name));
    } catch {
      // somebody else's, for example
    }
  }
}
