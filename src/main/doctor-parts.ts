import type { Config } from '../config/index.ts';

/** What the doctor takes of the app itself; loaded only when it is wanted, after what is said of the settings. */
export const DOCTOR_PARTS = {
  now: Date.now,
  async identityOf(config: Config, onWarning: (sentence: string) => void) {
    const { identityOfApp } = await import('../sign-in/index.ts');
    return identityOfApp(config, { now: Date.now, onWarning });
  },
  async openRecords(config: Config, onWarning: (sentence: string) => void) {
    const { openStore } = await import('../sign-in/index.ts');
    const { redisUrl, dataDir } = config;
    return openStore(redisUrl === undefined ? { folder: dataDir } : { redisUrl }, config, onWarning);
  },
};
