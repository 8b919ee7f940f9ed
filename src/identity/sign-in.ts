import { hash, randomBytes } from 'node:crypto';
import type { AuthenticationResult, ConfidentialClientApplication } from '@azure/msal-node';
import { silenceOf } from '../connection-trouble.ts';
import { inTime } from '../deadline.ts';
import { type AppError, SignInError, UpstreamError } from '../errors.ts';
import { type Account, accountOf } from './account.ts';
import {
  type ClientSettings,
  clientForRequests,
  expectationsOf,
  openClient,
  serialiseCache,
} from './client.ts';
import { type EarlierScopes, withEarlierScopes } from './earlier-scopes.ts';
import { claimsToKeep, type SignedInClaims, verifyIdToken } from './id-token.ts';
import { fromMsal } from './msal-error.ts';
import { idTokenRefused } from './token-response.ts';

/** What a sign-in must remember between leaving for the identity platform and coming back. All of it is secret. */
export interface PendingSignIn {
  nonce: string;
  codeVerifier: string;
  /** Digest of the issuer that was asked: a response is redeemed nowhere else (RFC 9700, section 4.4). */
  issuerDigest: string;
  /** A claims request (JSON text) that the token request has to repeat. */
  claims?: string;
  /** Where less than everything was asked for, what the token request has to repeat. */
  scopes?: readonly string[];
}

/** What a person, or a challenge from Graph, may add to the authorization request. */
export interface AuthorizationOptions {
  prompt?: string;
  loginHint?: string;
  domainHint?: string;
  claims?: string;
  /** Ask for these only, instead of all that the app is configured for. */
  scopes?: readonly string[];
  /** Sent as `client-request-id`. */
  correlationId: string;
}

/** The authorization response, once its state was found to be a pending one's. */
interface AuthorizationResponse {
  code: string;
  /** The `iss` beside the code, once it was found to be the authority's. */
  issuer?: string | undefined;
  correlationId: string;
  /** Where this sign-in asked for something more: what the tokens have to be good for as well. */
  earlier?: EarlierScopes;
}

interface SignedInPerson {
  account: Account;
  claims: SignedInClaims;
  /** MSAL's serialised token cache of this person. */
  cache: string;
}

/** 128 bits for state and nonce, 256 for the code verifier (RFC 7636, section 4.1). */
const STATE_BYTES = 16;
const NONCE_BYTES = 16;
const VERIFIER_BYTES = 32;
/** The token request and the keys may each take 8 seconds, but a person waits for the two together. */
const MAX_FINISH_MS = 9_500;

/** Builds the authorization request: code flow, PKCE S256, fresh state and nonce, answer in the query. */
export async function beginSignIn(
  settings: ClientSettings,
  options: AuthorizationOptions,
): Promise<{ url: string; state: string; pending: PendingSignIn }> {
  const metadata = await settings.authority.metadata();
  const { state, ...pending } = drawPending(metadata.issuer, options);
  const url = await clientForRequests(settings, metadata)
    .getAuthCodeUrl({
      scopes: [...(options.scopes ?? settings.scopes)],
      redirectUri: settings.redirectUri,
      responseMode: 'query',
      state,
      nonce: pending.nonce,
      codeChallenge: hash('sha256', pending.codeVerifier, 'base64url'),
      codeChallengeMethod: 'S256',
      correlationId: options.correlationId,
      ...(options.prompt === undefined ? {} : { prompt: options.prompt }),
      ...(options.loginHint === undefined ? {} : { loginHint: options.loginHint }),
      ...(options.domainHint === undefined ? {} : { domainHint: options.domainHint }),
      ...(options.claims === undefined ? {} : { claims: options.claims }),
    })
    .catch((error: unknown) => Promise.reject(fromMsal(error)));
  return { url, state, pending };
}

function drawPending(
  issuer: string,
  { claims, scopes }: AuthorizationOptions,
): PendingSignIn & { state: string } {
  const random = randomBytes(STATE_BYTES + NONCE_BYTES + VERIFIER_BYTES);
  const slice = (start: number, bytes: number) => random.subarray(start, start + bytes).toString('base64url');
  return {
    state: slice(0, STATE_BYTES),
    nonce: slice(STATE_BYTES, NONCE_BYTES),
    codeVerifier: slice(STATE_BYTES + NONCE_BYTES, VERIFIER_BYTES),
    issuerDigest: digestOf(issuer),
    ...(claims === undefined ? {} : { claims }),
    ...(scopes === undefined ? {} : { scopes }),
  };
}

/** Short, because it travels in a cookie; long enough to tell two authorities apart. */
function digestOf(issuer: string): string {
  return hash('sha256', issuer, 'base64url').slice(0, 12);
}

/**
 * Redeems the code of an authorization response and verifies the ID token before anybody counts as signed in.
 * @throws SignInError, UpstreamError or InteractionRequiredError; nothing was kept then
 */
export function finishSignIn(
  settings: ClientSettings,
  pending: PendingSignIn,
  response: AuthorizationResponse,
): Promise<SignedInPerson> {
  return inTime(redeemAndVerify(settings, pending, response), MAX_FINISH_MS, tooLate);
}

function tooLate(): UpstreamError {
  return new UpstreamError('authority_timeout', 504, 'The identity platform did not answer in time.', {
    detail: 'the token request and the keys together',
    explanation: silenceOf('The identity platform'),
  });
}

async function redeemAndVerify(
  settings: ClientSettings,
  pending: PendingSignIn,
  response: AuthorizationResponse,
): Promise<SignedInPerson> {
  const metadata = await settings.authority.metadata();
  if (digestOf(metadata.issuer) !== pending.issuerDigest)
    throw idTokenRefused('the sign-in was begun with another authority');
  const client = openClient(settings, metadata);
  const result = await redeem(client, settings, pending, response);
  if (result.account === null || result.idToken === '') throw idTokenRefused('there is no ID token');
  const claims = await verifyIdToken(
    result.idToken,
    {
      ...expectationsOf(settings, metadata, result.account.homeAccountId),
      nonce: pending.nonce,
      ...(response.issuer === undefined ? {} : { responseIssuer: response.issuer }),
    },
    settings.keys,
  );
  const account = accountOf(claims, result.account);
  const cache = serialiseCache(client);
  const { earlier, correlationId } = response;
  const person = { account, claims: claimsToKeep(claims) };
  if (earlier === undefined || pending.scopes === undefined) return { ...person, cache };
  const asked = pending.scopes;
  return {
    ...person,
    cache: await withEarlierScopes(settings, { account, cache, asked, earlier }, correlationId),
  };
}

async function redeem(
  client: ConfidentialClientApplication,
  settings: ClientSettings,
  pending: PendingSignIn,
  { code, correlationId }: AuthorizationResponse,
): Promise<AuthenticationResult> {
  try {
    return await client.acquireTokenByCode({
      code,
      scopes: [...(pending.scopes ?? settings.scopes)],
      redirectUri: settings.redirectUri,
      codeVerifier: pending.codeVerifier,
      nonce: pending.nonce,
      correlationId,
      ...(pending.claims === undefined ? {} : { claims: pending.claims }),
    });
  } catch (error) {
    throw asFinal(fromMsal(error));
  }
}

/**
 * An error of which the platform says that it can only be shown (Microsoft's identity libraries: classification
 * `message_only`), such as a policy of the organisation: another sign-in would end in the same way.
 */
function asFinal(error: AppError): AppError {
  const { upstream, detail } = error;
  if (upstream.suberror !== 'message_only') return error;
  return new SignInError('sign_in_blocked', 403, 'The identity platform does not let this person in.', {
    detail,
    upstream,
  });
}
