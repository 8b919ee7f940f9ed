import type { RequestHandler, Router } from 'express';
import { RequestError } from '../errors.ts';
import {
  correlationIdOf,
  onlyOwn,
  parsedQuery,
  redirect,
  sendPage,
  settled,
  singleParameters,
} from '../http/index.ts';
import { isIssuerOfAuthority } from '../identity/index.ts';
import { readIssuer } from './authorization/index.ts';
import { personGroup, platformSessionGroup } from './person/index.ts';
import { clearCache, endSession, type SignOutParts, signOut } from './sign-out.ts';

interface SignOutRouteSettings extends SignOutParts {
  logoutPath: string;
  /** Origin of the identity platform's pages, which alone may frame the front-channel response. */
  identityOrigin: string;
}

/** Out of this app and the identity platform, everywhere in this app, and on behalf of the identity platform. */
export function addSignOutRoutes(router: Router, settings: SignOutRouteSettings): void {
  const { logoutPath } = settings;
  const own = onlyOwn(new URL(settings.baseUrl).origin, 'Another site may not sign people out.');
  router.get(logoutPath, own, logout(settings));
  router.post(logoutPath, own, logout(settings));
  router.post(`${logoutPath}/here`, own, logoutHere(settings));
  router.post(`${logoutPath}/everywhere`, own, logoutEverywhere(settings));
  router.get(`${logoutPath}/frontchannel`, frontChannelLogout(settings));
}

function logout(settings: SignOutRouteSettings): RequestHandler {
  return settled((request, response) => signOut(settings, request, response));
}

/** Ends this session and nothing else: the person stays signed in at the identity platform. */
function logoutHere(settings: SignOutRouteSettings): RequestHandler {
  return settled(async (request, response) => {
    await endSession(settings, request, response);
    redirect(response, '/');
  });
}

/** Ends this person's other sessions in this app too, in whatever browser they are. */
function logoutEverywhere(settings: SignOutRouteSettings): RequestHandler {
  return settled(async (request, response) => {
    const account = settings.sessions.of(request)?.content.account;
    if (account !== undefined) await settings.sessions.endGroup(personGroup(account));
    await signOut(settings, request, response);
  });
}

/**
 * Where the identity platform's sign-out page tells this app, from a hidden frame, that a session is over (OpenID
 * Connect Front-Channel Logout 1.0). A cross-site frame sends no cookie, so the session is found by its `sid`. Not
 * limited: people who leave an office together must not stay signed in.
 */
function frontChannelLogout({
  identity,
  identityOrigin,
  sessions,
  onEvent,
}: SignOutRouteSettings): RequestHandler {
  return settled(async (request, response) => {
    const query = parsedQuery(request);
    const group = platformSessionGroup(singleParameters(query).sid);
    const iss = readIssuer(query);
    if (group === undefined) throw new RequestError('bad_request', 400, 'There is no such session.');
    if (iss !== undefined && !isIssuerOfAuthority(iss, (await identity.authority.metadata()).issuer)) {
      throw new RequestError('bad_request', 400, 'Another issuer may not end sessions here.');
    }
    if ((await sessions.endGroup(group)) > 0)
      onEvent({ type: 'signed_out', by: 'platform', correlationId: correlationIdOf(request) });
    clearCache(response);
    response.removeHeader('X-Frame-Options');
    response.set('Content-Security-Policy', `default-src 'none'; frame-ancestors ${identityOrigin}`);
    response.set('Cross-Origin-Resource-Policy', 'cross-origin');
    sendPage(response, '<!doctype html><title>Signed out</title>');
  });
}
