import { type Request, type RequestHandler, Router } from 'express';
import { RequestError } from '../errors.ts';
import { isCausedElsewhere, redirect, sendPage, singleParameters } from '../http/index.ts';
import type { ClientSettings } from '../identity/index.ts';
import { isIssuerOfAuthority, signOutUrl } from '../identity/index.ts';
import type { Sessions } from '../sessions/index.ts';
import { readIssuer } from './authorization-response.ts';
import { personGroup, platformSessionGroup } from './session-groups.ts';
import type { SignedIn } from './signed-in.ts';

export interface SignOutRouteSettings {
  identity: ClientSettings;
  /** Origin of the identity platform's pages, which alone may frame the front-channel answer. */
  identityOrigin: string;
  sessions: Sessions<SignedIn>;
  baseUrl: string;
  /** The page for a sign-out that somebody else caused. */
  signOutQuestion: (request: Request) => string;
}

/** `/logout`, everywhere in this app, and on behalf of the identity platform. */
export function signOutRoutes(settings: SignOutRouteSettings): Router {
  const router = Router({ caseSensitive: true, strict: true });
  const own = unlessCausedElsewhere(settings);
  router.get('/logout', own, logout(settings));
  router.post('/logout', own, logout(settings));
  router.post('/logout/here', own, logoutHere(settings));
  router.post('/logout/everywhere', own, logoutEverywhere(settings));
  router.get('/logout/frontchannel', frontChannelLogout(settings));
  return router;
}

function unlessCausedElsewhere({ baseUrl, signOutQuestion }: SignOutRouteSettings): RequestHandler {
  return (request, response, next) => {
    if (!isCausedElsewhere(request, baseUrl) && request.method !== 'HEAD') {
      next();
      return;
    }
    sendPage(response, signOutQuestion(request), 403);
  };
}

/** The local session ends first: whatever becomes of the rest, this app holds nothing of the person any more. */
function logout({ identity, sessions, baseUrl }: SignOutRouteSettings): RequestHandler {
  return async (request, response) => {
    const account = sessions.of(request)?.content.account;
    await sessions.end(request, response);
    const metadata = await identity.authority.metadata().catch(() => undefined);
    const url =
      metadata &&
      signOutUrl(metadata, { postLogoutRedirectUri: `${baseUrl}/`, logoutHint: account?.loginHint });
    redirect(response, url ?? '/');
  };
}

/** Ends this session and nothing else: the person stays signed in at the identity platform. */
function logoutHere({ sessions }: SignOutRouteSettings): RequestHandler {
  return async (request, response) => {
    await sessions.end(request, response);
    redirect(response, '/');
  };
}

/** Ends this person's other sessions in this app too, in whatever browser they are. */
function logoutEverywhere(settings: SignOutRouteSettings): RequestHandler {
  const endThisOne = logout(settings);
  return async (request, response, next) => {
    const account = settings.sessions.of(request)?.content.account;
    if (account !== undefined) await settings.sessions.endGroup(personGroup(account));
    await endThisOne(request, response, next);
  };
}

/**
 * Where the identity platform's sign-out page tells this app, from a hidden frame, that a session is over (OpenID
 * Connect Front-Channel Logout 1.0). A cross-site frame sends no cookie, so the session is found by its `sid`. Not
 * limited: whoever leaves an office with many others is not to stay signed in.
 */
function frontChannelLogout({ identity, identityOrigin, sessions }: SignOutRouteSettings): RequestHandler {
  return async (request, response) => {
    const group = platformSessionGroup(singleParameters(request.query).sid);
    const iss = readIssuer(request.query);
    if (group === undefined) throw new RequestError('bad_request', 400, 'There is no such session.');
    if (iss !== undefined && !isIssuerOfAuthority(iss, (await identity.authority.metadata()).issuer)) {
      throw new RequestError('bad_request', 400, 'Another issuer may not end sessions here.');
    }
    await sessions.endGroup(group);
    response.removeHeader('X-Frame-Options');
    response.set('Content-Security-Policy', `default-src 'none'; frame-ancestors ${identityOrigin}`);
    response.set('Cross-Origin-Resource-Policy', 'cross-origin');
    sendPage(response, '<!doctype html><title>Signed out</title>');
  };
}
