import type { AuthenticationResult, ConfidentialClientApplication } from '@azure/msal-node';
import { type AppError, InteractionRequiredError, SignInError } from '../errors.ts';
import { type Account, accountOf, isSamePerson, msalAccountOf } from './account.ts';
import type { AuthorityMetadata } from './authority.ts';
import { accessTokensIn, grantedOf, usableAccessToken } from './cached-tokens.ts';
import { type ClientSettings, expectationsOf, openClient, serialiseCache } from './client.ts';
import { claimsToKeep, type SignedInClaims, verifyIdToken } from './id-token.ts';
import { fromMsal } from './msal-error.ts';

/** Why the access token at hand will not do. */
interface TokenOptions {
  /** A claims challenge (JSON text) that the new token has to meet. */
  claims?: string;
  /** Graph refused the token at hand without a challenge. */
  forceRefresh?: boolean;
  /** What the token has to be good for; absent: whatever of the configured scopes, the optional ones too, was granted before. */
  scopes?: readonly string[];
  /** Sent as `client-request-id`. */
  correlationId: string;
}

export interface UserToken {
  accessToken: string;
  /** The changed token cache; absent when nothing changed and nothing needs to be written. */
  cache?: string;
  /** Who the renewed ID token says it is, with the roles and groups of now. */
  person?: { account: Account; claims: SignedInClaims };
}

/**
 * An access token for the signed-in person, from their cache or renewed with their refresh token.
 * @throws InteractionRequiredError when the person has to sign in again (also for a cache that cannot be read)
 * @throws SignInError `account_changed` when the platform answered with somebody else's tokens: the session must end
 */
export async function acquireUserToken(
  settings: ClientSettings,
  account: Account,
  cache: string,
  options: TokenOptions,
): Promise<UserToken> {
  const tokens = accessTokensIn(cache);
  const scopes = options.scopes ?? grantedOf(settings.scopes, tokens, settings.optionalScopes);
  const needsAnother = options.forceRefresh === true || options.claims !== undefined;
  const atHand = needsAnother ? undefined : usableAccessToken(tokens, account, scopes, settings.now());
  if (atHand !== undefined) return { accessToken: atHand };
  return acquireWithMsal({ ...settings, scopes }, account, cache, options);
}

async function acquireWithMsal(
  settings: ClientSettings,
  account: Account,
  cache: string,
  options: TokenOptions,
): Promise<UserToken> {
  const metadata = await settings.authority.metadata();
  const client = openWithCache(settings, metadata, cache);
  const result = await acquireSilently(client, settings, account, options);
  const person = await requireSamePerson(settings, metadata, account, result);
  return {
    accessToken: result.accessToken,
    ...(result.fromCache ? {} : { cache: serialiseCache(client) }),
    ...(person === undefined ? {} : { person }),
  };
}

function openWithCache(settings: ClientSettings, metadata: AuthorityMetadata, cache: string) {
  try {
    return openClient(settings, metadata, cache);
  } catch (cause) {
    throw new InteractionRequiredError('The stored tokens cannot be read.', { cause });
  }
}

async function acquireSilently(
  client: ConfidentialClientApplication,
  settings: ClientSettings,
  account: Account,
  options: TokenOptions,
): Promise<AuthenticationResult> {
  try {
    return await client.acquireTokenSilent({
      account: msalAccountOf(account),
      scopes: [...settings.scopes],
      correlationId: options.correlationId,
      forceRefresh: options.forceRefresh ?? false,
      ...(options.claims === undefined ? {} : { claims: options.claims }),
    });
  } catch (error) {
    throw withPersonIfRefused(fromMsal(error));
  }
}

/** A refresh token that is no longer taken (RFC 6749, section 5.2) is replaced by nothing but a new sign-in. */
function withPersonIfRefused(error: AppError): AppError {
  const { upstream, detail } = error;
  if (upstream.error !== 'invalid_grant') return error;
  return new InteractionRequiredError('The refresh token is no longer taken.', { detail, upstream });
}

/** OpenID Connect Core 1.0, section 12.2: a refreshed ID token names the same issuer, subject and audience. */
async function requireSamePerson(
  settings: ClientSettings,
  metadata: AuthorityMetadata,
  account: Account,
  result: AuthenticationResult,
): Promise<UserToken['person']> {
  if (result.account === null || result.account.homeAccountId !== account.homeAccountId)
    throw accountChanged();
  if (result.fromCache || result.idToken === '') return undefined;
  const claims = await verifyIdToken(
    result.idToken,
    expectationsOf(settings, metadata, result.account.homeAccountId),
    settings.keys,
  );
  const renewed = accountOf(claims, result.account);
  if (!isSamePerson(account, renewed)) throw accountChanged();
  return { account: renewed, claims: claimsToKeep(claims) };
}

function accountChanged(): SignInError {
  return new SignInError('account_changed', 401, 'The identity platform answered with another account.');
}
