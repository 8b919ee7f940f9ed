import type { Account } from './account.ts';
import { missingScopes, resourceOf } from './scopes.ts';

/** An access token as MSAL writes it into its serialised cache. */
export interface CachedAccessToken {
  secret?: unknown;
  home_account_id?: unknown;
  realm?: unknown;
  target?: unknown;
  expires_on?: unknown;
  cached_at?: unknown;
}

/** MSAL renews a token that ends within five minutes, and so does this. */
const RENEWAL_MS = 300_000;

/** The access tokens of a serialised cache; none where it cannot be read. */
export function accessTokensIn(cache: string): CachedAccessToken[] {
  try {
    const { AccessToken: tokens } = JSON.parse(cache) as { AccessToken?: unknown };
    return Object.values(tokens ?? {}).filter((token) => typeof token === 'object' && token !== null);
  } catch {
    return [];
  }
}

/**
 * The access token at hand, where it is this account's, has all the scopes and is good for a while: most calls need
 * no MSAL client then (7 % of a users page at the least; docs/performance.md).
 */
export function usableAccessToken(
  tokens: readonly CachedAccessToken[],
  account: Account,
  scopes: readonly string[],
  nowMs: number,
): string | undefined {
  const usable = tokens.find(
    (token) =>
      token.home_account_id === account.homeAccountId &&
      token.realm === account.tenantId &&
      secondsOf(token.expires_on) * 1_000 - nowMs > RENEWAL_MS &&
      hasScopes(token.target, scopes),
  );
  return typeof usable?.secret === 'string' && usable.secret !== '' ? usable.secret : undefined;
}

function hasScopes(target: unknown, scopes: readonly string[]): boolean {
  return missingScopes(scopes, scopesIn(target)).length === 0;
}

function scopesIn(target: unknown): string[] {
  return typeof target === 'string' ? target.split(' ').filter((scope) => scope !== '') : [];
}

/** The newest access token for each API, the newest of all first. */
export function newestOfEachResource<Token extends CachedAccessToken>(tokens: readonly Token[]): Token[] {
  const newestFirst = tokens.toSorted((one, other) => secondsOf(other.cached_at) - secondsOf(one.cached_at));
  const found = new Map<string, Token>();
  for (const token of newestFirst) {
    const resource = resourceOf(scopesIn(token.target));
    if (!found.has(resource)) found.set(resource, token);
  }
  return [...found.values()];
}

/** MSAL writes seconds since 1970 as text. */
function secondsOf(value: unknown): number {
  return typeof value === 'string' && /^\d{1,12}$/.test(value) ? Number(value) : 0;
}

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
    scopes: newest.flatMap(({ target }) => scopesIn(target)),
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
