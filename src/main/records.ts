import type { Config } from '../config/index.ts';
import type { SessionRecords } from '../sessions/index.ts';
import { removeEarlierStore } from './earlier-store.ts';

type OnWarning = (message: string) => void;

/** Opens the store that the settings name: Redis where there is one, else the embedded one of this machine. */
export async function openRecords(config: Config, onWarning: OnWarning): Promise<SessionRecords> {
  const records = await openAsItIs(config, onWarning);
  if (config.redisUrl === undefined) removeEarlierStore(config.dataDir);
  return records;
}

/** The same, without cleaning up after earlier versions. */
export async function openAsItIs(config: Config, onWarning: OnWarning): Promise<SessionRecords> {
  const { openStore } = await import('../sign-in/index.ts');
  const { redisUrl, dataDir } = config;
  return openStore(redisUrl === undefined ? { folder: dataDir } : { redisUrl }, config, onWarning);
}
