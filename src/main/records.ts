import type { Config } from '../config/index.ts';
import type { SessionRecords } from '../sessions/index.ts';
import { removeEarlierStore } from './earlier-store.ts';

/**
 * Opens the engine that the settings name: Redis where there is one, else the embedded store of this machine. Only its
 * code is loaded: the Redis client alone would be a third of a start.
 */
export async function openRecords(
  { redisUrl, redisKeyPrefix, dataDir }: Pick<Config, 'redisUrl' | 'redisKeyPrefix' | 'dataDir'>,
  onWarning: (message: string) => void,
): Promise<SessionRecords> {
  if (redisUrl === undefined) {
    const { openEmbeddedStore } = await import('../sessions/store/sqlite/index.ts');
    const records = await openEmbeddedStore(dataDir, onWarning);
    removeEarlierStore(dataDir);
    return records;
  }
  const { connectRedisRecords } = await import('../sessions/store/redis/index.ts');
  return connectRedisRecords({ url: redisUrl, keyPrefix: redisKeyPrefix, onWarning });
}
