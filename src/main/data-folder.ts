import { accessSync, constants, mkdirSync } from 'node:fs';
import { ConfigurationError } from '../errors.ts';

/**
 * Makes the folder for what the app keeps, for this user only, where there is none.
 * @throws ConfigurationError with one sentence where it cannot be used
 */
export function prepareDataFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    throw new ConfigurationError([`DATA_DIR must be a folder that this app can write to (${code})`]);
  }
}
