import type { Config } from '../config/config.ts';
import { openLmdbRecords } from '../sessions/lmdb-records.ts';
import type { SessionRecords } from '../sessions/records.ts';

/** Opens the engine that the settings name: Redis where there is one, else the embedded store of this machine. */
export function openRecords(config: Config, onWarning: (message: string) => void): Promise<SessionRecords> {
  return openLmdbRecords({ folder: config.dataDir, onWarning });
}
