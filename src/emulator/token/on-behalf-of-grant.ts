import { type AadstsError, aadstsError, errorTime } from '../aadsts/index.ts';
import { type Account, findResource, identifierUrisOf } from '../registry/index.ts';
import { checkPerson } from '../state/index.ts';
import {
  type AccessClaims,
  type Claims,
  decodeToken,
  grantWithoutRequest,
  readAccessToken,
} from '../tokens/index.ts';
import { authenticateClient } from './client-authentication.ts';
import { consentedAhead, grantedTo } from './person-grant.ts';
import { requiredField, type TokenRequest } from './token-request.ts';
import type { TokenBody } from './token-response.ts';

/** On behalf of: an API exchanges the token that it was called with for one of the next API (wire reference K3). */
export function onBehalfOfGrant(request: TokenRequest): TokenBody {
  const { http, authority, registration, world } = request;
  const authentication = authenticateClient(http, registration, world);
  if (authentication === '0') throw aadstsError(7000218);
  const assertion = readAssertion(requiredField(request, 'assertion'), request);
  if (requiredField(request, 'requested_token_use') !== 'on_behalf_of')
    throw aadstsError(90023, { parameter: 'requested_token_use' });
  const scope = requiredField(request, 'scope');
  const account = personOf(assertion, request);
  checkPerson(account, { authority, registration }, world);
  const scopes = consentedAhead(account, scope, request);
  const person = { clientId: registration.clientId, username: account.username };
  const grant = grantWithoutRequest({ ...person, scopes, authTimeMs: assertion.issuedAtMs });
  return grantedTo(grant, request, authentication);
}

/**
 * A person's access token for the API that presents it.
 * @throws AadstsError 50027, 240002, 50013, 500131, 500133, 7000114
 */
function readAssertion(token: string, request: TokenRequest): AccessClaims {
  const { http, registration, world } = request;
  const decoded = decodeToken(token);
  if (decoded === undefined) throw aadstsError(50027);
  const claims = readAccessToken(token, world);
  if (claims === undefined) throw noAccessToken(isIdToken(decoded.claims, registration.clientId));
  // Microsoft Graph's own tokens verify for Graph alone: that is what the nonce in their header is for.
  if (decoded.header.nonce !== undefined) throw noAccessToken(false);
  if (findResource(claims.aud, world, http.origin)?.appId !== registration.clientId)
    throw otherAudience(claims, request);
  const now = world.now();
  if (claims.exp * 1000 <= now)
    throw aadstsError(500133, { now: errorTime(now), expiry: errorTime(claims.exp * 1000) });
  if (claims.scp === undefined) throw aadstsError(7000114, { client: claims.clientId });
  return claims;
}

function isIdToken({ aud, appid, azp }: Claims, clientId: string): boolean {
  return aud === clientId && appid === undefined && azp === undefined;
}

/** What is signed by nobody here, or is the ID token of the app itself. */
function noAccessToken(isId: boolean): AadstsError {
  if (isId) return aadstsError(240002);
  const reason = 'The provided signature value did not match the expected signature value.';
  return aadstsError(50013, { reason });
}

function otherAudience({ aud }: AccessClaims, { registration }: TokenRequest): AadstsError {
  const { clientId: client, name } = registration;
  const expected = identifierUrisOf(registration)[0] ?? client;
  return aadstsError(500131, { audience: aud, expected, client, name });
}

/** Whose token it is. @throws AadstsError 50034 for somebody who is gone, 50173 where the tokens were revoked since */
function personOf({ oid, tid, issuedAtMs }: AccessClaims, { world }: TokenRequest): Account {
  const account = world.accounts.find((one) => one.objectId === oid && one.tenantId === tid);
  if (account === undefined) throw aadstsError(50034, { user: oid, tenant: tid });
  const validFromMs = world.validFrom.get(oid) ?? 0;
  if (issuedAtMs >= validFromMs) return account;
  const details = {
    issued: new Date(issuedAtMs).toISOString(),
    validFrom: new Date(validFromMs).toISOString(),
  };
  const value = String(Math.ceil(validFromMs / 1000));
  const claims = JSON.stringify({ access_token: { nbf: { essential: true, value } } });
  throw aadstsError(50173, details).with({}, claims);
}
