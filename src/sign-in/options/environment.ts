import type { Environment } from '../../config/index.ts';

/** The settings of the process: an app that uses the library reads no file for it. */
export function processEnvironment(): Environment {
  return process.env;
}
