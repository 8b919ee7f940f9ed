import type { Account } from './account.ts';

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
 * no MSAL client then.
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
  const granted = typeof target === 'string' ? target.toLowerCase().split(' ') : [];
  return scopes.every((scope) => granted.includes(scope.toLowerCase()));
}

/** MSAL writes seconds since 1970 as text. */
export function secondsOf(value: unknown): number {
  return typeof value === 'string' && /^\d{1,12}$/.test(value) ? Number(value) : 0;
}
