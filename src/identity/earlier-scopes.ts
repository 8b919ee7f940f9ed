import { InteractionRequiredError } from '../errors.ts';
import { type Account, isSamePerson } from './account.ts';
import { accessTokensIn, readGranted } from './cached-tokens.ts';
import type { ClientSettings } from './client.ts';
import { missingScopes, resourceOf, scopesFor } from './scopes.ts';
import { acquireUserToken } from './user-token.ts';

/** What a session could do before a sign-in that asked for something more. */
export interface EarlierScopes {
  account: Account;
  scopes: readonly string[];
}

/**
 * A cache whose access token is good for what was asked for now and for what the session could do with the same API
 * before. The platform mostly gives all that was consented to; where it gives only what was asked for, it is asked for the whole.
 * @param asked the scopes of this sign-in
 * @returns the cache as it was where the platform wants to see the person for that
 */
export async function withEarlierScopes(
  settings: ClientSettings,
  {
    account,
    cache,
    asked,
    earlier,
  }: { account: Account; cache: string; asked: readonly string[]; earlier: EarlierScopes },
  correlationId: string,
): Promise<string> {
  const could = isSamePerson(account, earlier.account) ? earlier.scopes : settings.scopes;
  const before = scopesFor(resourceOf(asked), could);
  if (missingScopes(before, readGranted(accessTokensIn(cache)).scopes).length === 0) return cache;
  const scopes = [...new Set([...before, ...asked])];
  try {
    const whole = await acquireUserToken(settings, account, cache, { scopes, correlationId });
    return whole.cache ?? cache;
  } catch (error) {
    if (error instanceof InteractionRequiredError) return cache;
    throw error;
  }
}
