import type { Config } from '../config/index.ts';
import { ConfigurationError, systemCodeOf } from '../errors.ts';
import { createMemoryRecords, type SessionRecords } from '../sessions/index.ts';
import { tokensForRedis } from './identity-of-app.ts';
import type { StoreOption } from './options/index.ts';

/**
 * Opens the store of sessions; the code and the package of one are loaded only where it is the one.
 * @throws ConfigurationError (as a rejection) where its package is not installed, or its folder cannot be used
 */
export async function openStore(
  store: StoreOption,
  config: Config,
  onWarning: (message: string) => void,
): Promise<SessionRecords> {
  if (store === 'memory') return createMemoryRecords();
  if ('redisUrl' in store) {
    const { connectRedisRecords } = await installed(
      'redis',
      () => import('../sessions/store/redis/index.ts'),
    );
    const token = config.redisAuth === 'entra' ? tokensForRedis(config) : undefined;
    return connectRedisRecords({ url: store.redisUrl, keyPrefix: config.redisKeyPrefix, token, onWarning });
  }
  if (!('folder' in store)) return store;
  const { openEmbeddedStore } = await installed(
    '@photostructure/sqlite',
    () => import('../sessions/store/sqlite/index.ts'),
  );
  return openEmbeddedStore(store.folder, onWarning);
}

async function installed<Code>(packageName: string, load: () => Promise<Code>): Promise<Code> {
  try {
    return await load();
  } catch (error) {
    const isMissing = systemCodeOf(error) === 'ERR_MODULE_NOT_FOUND';
    if (!isMissing) throw error;
    throw new ConfigurationError([`the store needs a package that is not there: npm install ${packageName}`]);
  }
}
