import type { Config } from '../config/index.ts';
import { openAsItIs } from './records.ts';

/** What the doctor takes of the app itself; loaded only when it is wanted, after what is said of the settings. */
export const DOCTOR_PARTS = {
  now: Date.now,
  async identityOf(config: Config, onWarning: (sentence: string) => void) {
    const { identityOfApp } = await import('../sign-in/index.ts');
    return identityOfApp(config, { now: Date.now, onWarning });
  },
  openRecords: openAsItIs,
  async refuseFolder(folder: string) {
    const { refuseNetworkFileSystem } = await import('../sessions/store/sqlite/index.ts');
    refuseNetworkFileSystem(folder);
  },
};
