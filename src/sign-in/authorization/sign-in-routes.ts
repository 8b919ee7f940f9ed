import type { RequestHandler, Router } from 'express';
import {
  correlationIdOf,
  onlyOpened,
  parsedQuery,
  redirect,
  settled,
  singleParameters,
} from '../../http/index.ts';
import { ofPerson, type TellEvent } from '../events.ts';
import { readMoreScopes } from '../person/index.ts';
import { isAdminConsentGiven } from './admin-consent-response.ts';
import { completeSignIn } from './complete-sign-in.ts';
import { readSignInHints } from './sign-in-hints.ts';
import { type SignInStart, startSignIn } from './start-sign-in.ts';

interface SignInRouteSettings extends SignInStart {
  loginPath: string;
  /** What a link from another site may name as `domain_hint`. */
  allowedDomainHints: readonly string[];
  limit: RequestHandler;
  /** Requests that brought a sign-in which failed: it is told where the failure is shown. */
  failedSignIns: WeakSet<object>;
  onEvent: TellEvent;
  /** Answers an administrator who comes back from consenting. */
  consentGiven: RequestHandler;
}

/** Adds where sign-ins begin, and the redirect URI; to a router of others, because each one more costs every request. */
export function addSignInRoutes(router: Router, settings: SignInRouteSettings): void {
  for (const path of [settings.loginPath, settings.redirectPath]) router.get(path, keptByNobody);
  router.get(settings.loginPath, onlyOpened, settings.limit, login(settings));
  router.get(settings.redirectPath, onlyOpened, settings.limit, callback(settings));
}

/** States and codes stand in these addresses: no cache keeps the response, and no next page learns where it came from. */
const keptByNobody: RequestHandler = (_request, response, next) => {
  response.set({ 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' });
  next();
};

function login(settings: SignInRouteSettings): RequestHandler {
  const { identity, sessions } = settings;
  return settled(async (request, response) => {
    const parameters = singleParameters(parsedQuery(request));
    await startSignIn(settings, request, response, {
      ...readSignInHints(request, settings.allowedDomainHints),
      ...readMoreScopes(parameters, sessions.of(request), identity),
      returnTo: parameters.returnTo,
    });
  });
}

function callback(settings: SignInRouteSettings): RequestHandler {
  const { sessions, failedSignIns, onEvent } = settings;
  return settled(async (request, response, next) => {
    if (request.method === 'HEAD') {
      next(); // a code is redeemed by GET only
      return;
    }
    if (isAdminConsentGiven(request)) {
      settings.consentGiven(request, response, next);
      return;
    }
    const returnTo = await completeSignIn(settings, request, response).catch((error: unknown) => {
      failedSignIns.add(request);
      throw error;
    });
    const account = sessions.of(request)?.content.account;
    // one that was finished before is not told again
    if (returnTo !== undefined && account !== undefined)
      onEvent({ type: 'signed_in', ...ofPerson(account, correlationIdOf(request)) });
    redirect(response, returnTo ?? '/');
  });
}
