import type { Config } from '../config/index.ts';
import type { Emulator } from '../emulator/index.ts';
import { ConfigurationError } from '../errors.ts';
import { keptSecret } from './kept-secret.ts';
import { sentenceFor } from './listen.ts';

/** The settings with the emulator in Microsoft's place, and the way to stop it. */
export interface WebEmulator {
  config: Config;
  /** Where a person can look at it. */
  baseUrl: string;
  usernames: readonly string[];
  close(): Promise<void>;
}

/**
 * The one seam between the app and the emulator: starts it and overlays the settings that lead to it. Its code is
 * loaded here and only when it is wanted.
 */
export async function startWebEmulator(config: Config): Promise<WebEmulator> {
  const { startEmulator } = await import('../emulator/index.ts');
  const emulator = await startEmulator({ port: config.emulatorPort }).catch(
    (error: NodeJS.ErrnoException) => {
      const variables = { host: 'EMULATOR_PORT', port: 'EMULATOR_PORT' };
      throw new ConfigurationError([
        sentenceFor(error.code ?? 'unknown', 'localhost', config.emulatorPort, variables),
      ]);
    },
  );
  return {
    config: {
      ...config,
      ...applicationOf(emulator),
      authorityMetadata: JSON.stringify(emulator.openidConfiguration('common')),
      sessionSecrets: config.sessionSecrets.length > 0 ? config.sessionSecrets : [keptSecret(config.dataDir)],
    },
    baseUrl: emulator.baseUrl,
    usernames: emulator.accounts.map((account) => account.username),
    close: () => emulator.close(),
  };
}

/** The registration that the emulator has for the app, and where its Graph is. */
export function applicationOf(emulator: Emulator): Pick<Config, 'clientId' | 'credential' | 'graphEndpoint'> {
  const { CLIENT_ID, CLIENT_SECRET, GRAPH_ENDPOINT } = emulator.environment();
  return {
    clientId: CLIENT_ID,
    credential: { kind: 'secret', secret: CLIENT_SECRET },
    graphEndpoint: GRAPH_ENDPOINT,
  };
}
