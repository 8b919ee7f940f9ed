import { randomBytes } from 'node:crypto';
import type { HttpResponse } from '../http/index.ts';
import { type Account, echoScopes, firstApi, isPersonal, isSpaRedirectUri } from '../registry/index.ts';
import { userAccessToken, userIdToken, withClient } from '../state/index.ts';
import { type AccountGrant, clientInfoOf, halfHash, keptGrant, SPA_SESSION_MS } from '../tokens/index.ts';
import { deliver, destinationOf, type ResponseParameters } from './authorization-response.ts';
import type { Visit } from './visit.ts';

/** Answers an agreed request: with a code, and what else the response type names (wire reference B3, B4). */
export function issueAuthorization(account: Account, here: Visit): HttpResponse {
  const { request, session, world } = here;
  if (request.prompt !== 'no_session')
    world.sessions.set(session.cookie, withClient(session, request.registration.clientId));
  const grant = grantOf(account, here);
  const code = request.responseTypes.includes('code') ? keepCode(here, grant) : undefined;
  return deliver(destinationOf(request), [
    ['code', code],
    ...tokenParameters(here, grant, code),
    [
      'client_info',
      request.wantsClientInfo
        ? clientInfoOf(account, request.registration.clientId, request.policy)
        : undefined,
    ],
    ...cloudParameters(here),
    ['state', request.state],
    ['session_state', isPersonal(account) ? undefined : session.sid],
  ]);
}

/** Where the account lives, for clients that asked with instance_aware (wire reference B4). */
function cloudParameters({ request, http }: Visit): ResponseParameters {
  if (!request.isInstanceAware) return [];
  const { host } = new URL(http.origin);
  return [
    ['cloud_instance_name', host],
    ['cloud_instance_host_name', host],
    ['cloud_graph_host_name', host],
    ['msgraph_host', host],
  ];
}

function grantOf(account: Account, { request, session, http, world, roles }: Visit): AccountGrant {
  const { registration } = request;
  const person = session.people.find((one) => one.username === account.username);
  return {
    clientId: registration.clientId,
    username: account.username,
    account,
    origin: http.origin,
    scopes: request.scopes,
    nonce: request.nonce,
    sid: session.sid,
    authTimeMs: person?.authTimeMs ?? world.now(),
    isFamily: registration.isFamily,
    api: firstApi(request.scopes),
    clientAuthentication: '0',
    version: request.version,
    policy: request.policy,
    spaUntilMs: isSpaRedirectUri(registration, request.redirectUri)
      ? world.now() + SPA_SESSION_MS
      : undefined,
    roles,
    ...request.claims,
    idTokenClaims: [...request.claims.idTokenClaims, ...registration.optionalClaims],
  };
}

function keepCode({ request, world }: Visit, grant: AccountGrant): string {
  const code = `1.${randomBytes(48).toString('base64url')}`;
  world.codes.set(code, {
    grant: keptGrant(grant),
    redirectUri: request.redirectUri,
    codeChallenge: request.codeChallenge,
    codeChallengeMethod: request.codeChallengeMethod,
    issuedAtMs: world.now(),
    redeemed: false,
  });
  return code;
}

/** The tokens of a front-channel response, with the hashes that bind them (OpenID Connect Core 3.3.2.11). */
function tokenParameters(
  { request, world }: Visit,
  grant: AccountGrant,
  code: string | undefined,
): ResponseParameters {
  const scope = echoScopes(request.scopes, grant.api, world.consents.granted(grant.account, grant.clientId));
  const access = request.responseTypes.includes('token') ? userAccessToken(grant, world) : undefined;
  const hashes = {
    ...(code === undefined ? {} : { c_hash: halfHash(code) }),
    ...(access === undefined ? {} : { at_hash: halfHash(access.token) }),
  };
  return [
    ['access_token', access?.token],
    ['token_type', access && 'Bearer'],
    ['expires_in', access && String(access.lifetimeSeconds)],
    ['scope', access && scope],
    ['id_token', request.responseTypes.includes('id_token') ? userIdToken(grant, world, hashes) : undefined],
  ];
}
