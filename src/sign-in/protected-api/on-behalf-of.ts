import { hash } from 'node:crypto';
import type { Request } from 'express';
import { correlationIdOf } from '../../http/index.ts';
import { acquireOnBehalfOf, type ClientSettings, type OnBehalfOfToken } from '../../identity/index.ts';
import { createExpiringTable, type ExpiringTable } from '../../sessions/index.ts';
import { requireOptions } from '../options/index.ts';

/** The access token that a request brought, verified, and with what it can be exchanged. */
interface Assertion {
  token: string;
  identity: ClientSettings;
  /** The API has a client id and a credential of its own. */
  canExchange: boolean;
}

const assertions = new WeakMap<Request, Assertion>();
/** Tokens for next APIs by the client that got them; a client's end with it. */
const exchanged = new WeakMap<ClientSettings, ExpiringTable<Promise<OnBehalfOfToken>>>();

const MOST_KEPT = 1_000;
/** A token is exchanged again so long before it ends. */
const RENEWAL_MS = 5 * 60_000;
/** While an exchange is under way, requests with the same token wait for it. */
const UNDER_WAY_MS = 60_000;

/** Keeps what `onBehalfOf` needs, for as long as the request lives. */
export function rememberAssertion(request: Request, assertion: Assertion): void {
  assertions.set(request, assertion);
}

/**
 * An access token for the next API, for the person on whose behalf this API was called (OAuth 2.0 on-behalf-of).
 * @param options `scopes` of the next API
 * @throws InteractionRequiredError (as a rejection) where the person has to consent or to meet a claims challenge:
 *   `signInFailures()` passes that on to the client
 */
export async function onBehalfOf(request: Request, options: { scopes: readonly string[] }): Promise<string> {
  requireOptions('onBehalfOf()', options, { scopes: 'texts in a list' });
  const { scopes } = options;
  const assertion = assertions.get(request);
  if (assertion === undefined) throw new TypeError('onBehalfOf() needs protectApi() before it.');
  if (!assertion.canExchange)
    throw new TypeError('onBehalfOf() needs CLIENT_ID and a credential, such as CLIENT_SECRET.');
  const { accessToken } = await exchange(assertion, scopes, correlationIdOf(request));
  return accessToken;
}

function exchange(
  { token, identity }: Assertion,
  scopes: readonly string[],
  correlationId: string,
): Promise<OnBehalfOfToken> {
  const { now } = identity;
  const table = exchanged.get(identity) ?? createExpiringTable({ now, maxEntries: MOST_KEPT });
  exchanged.set(identity, table);
  const key = hash('sha256', JSON.stringify([token, scopes.toSorted()]), 'base64url');
  const known = table.get(key);
  if (known !== undefined) return known;
  const asked = acquireOnBehalfOf(identity, { assertion: token, scopes, correlationId });
  table.set(key, asked, now() + UNDER_WAY_MS);
  asked.then(
    ({ expiresAtMs }) => table.extend(key, expiresAtMs - RENEWAL_MS),
    () => table.delete(key),
  );
  return asked;
}
