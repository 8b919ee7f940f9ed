import { type CachedAccessToken, secondsOf } from './cached-tokens.ts';

/** What the newest access token of a person is good for. */
export interface Granted {
  /** As the platform named them. */
  scopes: readonly string[];
  expiresAt: Date | undefined;
}

/** Reads what was granted out of the access tokens of a cache; whatever it cannot read was not granted. */
export function readGranted(tokens: readonly CachedAccessToken[]): Granted {
  const [newest] = tokens.toSorted((one, other) => secondsOf(other.cached_at) - secondsOf(one.cached_at));
  const expiresOn = secondsOf(newest?.expires_on);
  return {
    scopes:
      typeof newest?.target === 'string' ? newest.target.split(' ').filter((scope) => scope !== '') : [],
    expiresAt: expiresOn === 0 ? undefined : new Date(expiresOn * 1_000),
  };
}

/** Scopes that were asked for and not granted. The platform may add a resource to a name, and may change its case. */
export function missingScopes(asked: readonly string[], granted: readonly string[]): string[] {
  const has = new Set(granted.map(bareName));
  return asked.filter((scope) => !has.has(bareName(scope)));
}

/**
 * What a person's tokens are renewed for: of the scopes that are asked for, those that were granted. A scope that was
 * configured later would otherwise have every renewal refused until they consent to it.
 * @returns all of them where none was granted, or nothing can be read
 */
export function grantedOf(asked: readonly string[], tokens: readonly CachedAccessToken[]): readonly string[] {
  const missing = missingScopes(asked, readGranted(tokens).scopes);
  return missing.length === asked.length ? asked : asked.filter((scope) => !missing.includes(scope));
}

function bareName(scope: string): string {
  return scope.slice(scope.lastIndexOf('/') + 1).toLowerCase();
}
