import type { Config } from '../config/config.ts';
import { openLmdbRecords } from '../sessions/lmdb-records.ts';
import type { SessionRecords } from '../sessions/records.ts';
import { connectRedisRecords } from '../sessions/redis-records.ts';

/** Opens the engine that the settings name: Redis where there is one, else the embedded store of this machine. */
export function openRecords(config: Config, onWarning: (message: string) => void): Promise<SessionRecords> {
  const { redisUrl, dataDir } = config;
  return redisUrl === undefined
    ? openLmdbRecords({ folder: dataDir, onWarning })
    : connectRedisRecords({ url: redisUrl, onWarning });
}
