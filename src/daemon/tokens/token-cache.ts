import { readFileSync } from 'node:fs';
import { listOf } from '../../config/index.ts';
import { ConfigurationError } from '../../errors.ts';
import { replaceFile } from '../../own-file.ts';
import { type DaemonParameters, readSecretVariable } from '../parameters/index.ts';

/** The access token between runs. */
export interface TokenCache {
  /** What an earlier run left; undefined for nothing, and for whatever is not ours. */
  read(): string | undefined;
  /** @throws (as a rejection) the system's error where it cannot be written */
  write(cache: string): Promise<void>;
}

/** Makes texts unreadable and unchangeable without the secret. */
export type MakeSealer = (
  secrets: readonly string[],
  purpose: string,
) => {
  seal(text: string, context: string): string;
  open(sealed: string, context: string): { text: string } | undefined;
};

export interface CacheSurroundings {
  environment: NodeJS.ProcessEnv;
  createSealer: MakeSealer;
}

const VARIABLE = 'TOKEN_CACHE_SECRET';
const MIN_SECRET_CHARACTERS = 32;

/**
 * A file that only its owner can read, sealed for one app of one tenant.
 * @throws ConfigurationError without a secret to seal it with
 */
export function openTokenCache(
  file: string,
  { authority, clientId, scope }: DaemonParameters,
  { environment, createSealer }: CacheSurroundings,
): TokenCache {
  const sealer = createSealer(readSecrets(environment), 'daemon token cache');
  const context = [authority, clientId, scope].join(' ');
  return {
    read() {
      try {
        return sealer.open(readFileSync(file, 'latin1'), context)?.text;
      } catch {
        return undefined;
      }
    },
    write: (cache) => replaceFile(file, Buffer.from(sealer.seal(cache, context), 'latin1')),
  };
}

function readSecrets(environment: NodeJS.ProcessEnv): string[] {
  const secrets = listOf(readSecretVariable(VARIABLE, environment));
  if (secrets.length > 0 && secrets.every((secret) => secret.length >= MIN_SECRET_CHARACTERS)) return secrets;
  throw new ConfigurationError([
    `--token-cache needs the environment variable ${VARIABLE}: ${MIN_SECRET_CHARACTERS} random characters or more`,
  ]);
}
