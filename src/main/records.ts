import type { Config } from '../config/index.ts';
import type { SessionRecords } from '../sessions/index.ts';
import { removeEarlierStore } from './earlier-store.ts';

/** Opens the store that the settings name: Redis where there is one, else the embedded one of this machine. */
export async function openRecords(
  config: Config,
  onWarning: (message: string) => void,
): Promise<SessionRecords> {
  const { openStore } = await import('../sign-in/index.ts');
  const { redisUrl, dataDir } = config;
  if (redisUrl !== undefined) return openStore({ redisUrl }, config, onWarning);
  const records = await openStore({ folder: dataDir }, config, onWarning);
  removeEarlierStore(dataDir);
  return records;
}
