import { type CachedAccessToken, newestOfEachResource, secondsOf } from './cached-tokens.ts';
import { missingScopes } from './scopes.ts';

/** What a person's access tokens are good for. */
interface Granted {
  /** As the platform named them. */
  scopes: readonly string[];
  /** When the newest token ends. */
  expiresAt: Date | undefined;
}

/** Reads what was granted out of the access tokens of a cache; whatever it cannot read was not granted. */
export function readGranted(tokens: readonly CachedAccessToken[]): Granted {
  const newest = newestOfEachResource(tokens);
  const expiresOn = secondsOf(newest[0]?.expires_on);
  return {
    scopes: newest.flatMap(({ target }) =>
      typeof target === 'string' ? target.split(' ').filter((scope) => scope !== '') : [],
    ),
    expiresAt: expiresOn === 0 ? undefined : new Date(expiresOn * 1_000),
  };
}

/**
 * What a person's tokens are renewed for: of the scopes that are asked for, those that were granted. A scope that was
 * configured later would otherwise have every renewal refused until they consent to it.
 * @param optional what is not asked for by a sign-in
 * @returns all of them where none was granted, or nothing can be read
 */
export function grantedOf(
  asked: readonly string[],
  tokens: readonly CachedAccessToken[],
  optional: readonly string[] = [],
): readonly string[] {
  const missing = missingScopes([...asked, ...optional], readGranted(tokens).scopes);
  const isGranted = (scope: string) => !missing.includes(scope);
  return asked.some(isGranted) ? [...asked, ...optional].filter(isGranted) : asked;
}
