import { randomBytes } from 'node:crypto';
import { makeUserAccessToken } from './access-token.ts';
import { type Account, isPersonal } from './accounts.ts';
import type { Answer } from './answer.ts';
import { type AnswerParameters, deliver, destinationOf } from './authorization-answer.ts';
import type { AuthorizationRequest } from './authorization-request.ts';
import { type BrowserSession, withClient } from './browser-sessions.ts';
import type { AccountGrant } from './grant.ts';
import { clientInfoOf, halfHash, makeIdToken } from './id-token.ts';
import { echoScopes } from './scopes.ts';
import type { World } from './world.ts';

/** A request that was agreed to, by whom, and where. */
export interface Agreed {
  readonly request: AuthorizationRequest;
  readonly account: Account;
  readonly session: BrowserSession;
  readonly world: World;
  readonly origin: string;
}

/** Answers an agreed request: with a code, and what else the response type names (wire reference B3, B4). */
export function issueAuthorization(agreed: Agreed): Answer {
  const { request, session, world, account } = agreed;
  world.sessions.set(session.cookie, withClient(session, request.registration.clientId));
  const grant = grantOf(agreed);
  const code = request.responseTypes.includes('code') ? keepCode(agreed, grant) : undefined;
  return deliver(destinationOf(request), [
    ['code', code],
    ...tokenParameters(agreed, grant, code),
    ['client_info', request.wantsClientInfo ? clientInfoOf(account) : undefined],
    ['state', request.state],
    ['session_state', isPersonal(account) ? undefined : session.sid],
  ]);
}

function grantOf({ request, account, session, origin, world }: Agreed): AccountGrant {
  const person = session.people.find((one) => one.username === account.username);
  return {
    clientId: request.registration.clientId,
    username: account.username,
    account,
    origin,
    scopes: request.scopes,
    nonce: request.nonce,
    sid: session.sid,
    authTimeMs: person?.authTimeMs ?? world.now(),
    ...request.claims,
  };
}

function keepCode(
  { request, world }: Agreed,
  { account: _account, origin: _origin, ...grant }: AccountGrant,
) {
  const code = `1.${randomBytes(48).toString('base64url')}`;
  world.codes.set(code, {
    grant,
    redirectUri: request.redirectUri,
    codeChallenge: request.codeChallenge,
    codeChallengeMethod: request.codeChallengeMethod,
    issuedAtMs: world.now(),
    redeemed: false,
  });
  return code;
}

/** The tokens of a front-channel answer, with the hashes that bind them (OpenID Connect Core 3.3.2.11). */
function tokenParameters(
  { request, world, account }: Agreed,
  grant: AccountGrant,
  code: string | undefined,
): AnswerParameters {
  if (!request.responseTypes.includes('id_token')) return [];
  const scope = echoScopes(request.scopes, world.consents.granted(account, grant.clientId));
  const access = request.responseTypes.includes('token')
    ? makeUserAccessToken(grant, scope, world)
    : undefined;
  const hashes = {
    ...(code === undefined ? {} : { c_hash: halfHash(code) }),
    ...(access === undefined ? {} : { at_hash: halfHash(access.token) }),
  };
  const key = world.keys.current(isPersonal(account) ? 'personal' : 'work');
  return [
    ['access_token', access?.token],
    ['token_type', access && 'Bearer'],
    ['expires_in', access && String(access.lifetimeSeconds)],
    ['scope', access && scope],
    ['id_token', makeIdToken(grant, key, world.now(), hashes)],
  ];
}
