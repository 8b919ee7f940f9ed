import { hash } from 'node:crypto';
import { type Request, type RequestHandler, type Response, Router } from 'express';
import { AppError, RequestError } from '../errors.ts';
import { redirect, safeReturnTo, sendPage, singleParameters } from '../http/index.ts';
import type { ClientSettings } from '../identity/index.ts';
import { beginSignIn, finishSignIn, requireResponseIssuer } from '../identity/index.ts';
import type { PendingSignIns, Sessions, Taken } from '../sessions/index.ts';
import { isAdminConsentGiven } from './admin-consent-response.ts';
import { readCode, readIssuer } from './authorization-response.ts';
import type { LeftToSignIn } from './left-to-sign-in.ts';
import { readEarlierScopes, readMoreScopes } from './more-scopes.ts';
import { personGroup, platformSessionGroup } from './session-groups.ts';
import { readSignInWishes } from './sign-in-hints.ts';
import type { SignedIn } from './signed-in.ts';

export interface SignInRouteSettings {
  identity: ClientSettings;
  sessions: Sessions<SignedIn>;
  pendingSignIns: PendingSignIns<LeftToSignIn>;
  redirectPath: string;
  limit: RequestHandler;
  now: () => number;
  onSignIn: (outcome: string) => void;
  /** The page for an administrator who comes back from consenting. */
  consentGivenPage: (request: Request) => string;
}

/** A challenge from Graph is carried by a sign-in that begins within this time. */
const CHALLENGE_LIFETIME_MS = 10 * 60_000;

/** `/login` and the redirect URI. */
export function signInRoutes(settings: SignInRouteSettings): Router {
  const router = Router({ caseSensitive: true, strict: true });
  router.get('/login', settings.limit, login(settings));
  router.get(settings.redirectPath, settings.limit, callback(settings));
  return router;
}

function login({
  identity,
  sessions,
  pendingSignIns,
  redirectPath,
  now,
}: SignInRouteSettings): RequestHandler {
  return async (request, response) => {
    const parameters = singleParameters(request.query);
    const session = sessions.of(request);
    const challenge = session?.content.challenge;
    const answersChallenge = challenge !== undefined && now() - challenge.atMs < CHALLENGE_LIFETIME_MS;
    const { url, state, pending } = await beginSignIn(identity, {
      ...readSignInWishes(parameters),
      ...readMoreScopes(parameters, session, identity.scopes),
      ...(answersChallenge && challenge.claims !== undefined ? { claims: challenge.claims } : {}),
      correlationId: request.id,
    });
    const left: LeftToSignIn = {
      signIn: pending,
      returnTo: safeReturnTo(parameters.returnTo, redirectPath),
      answersChallenge,
    };
    setCookies(response, pendingSignIns.keep(state, left, request.headers.cookie));
    redirect(response, url);
  };
}

function callback(settings: SignInRouteSettings): RequestHandler {
  return async (request, response, next) => {
    if (request.method === 'HEAD') {
      next(); // a code is redeemed by GET only
      return;
    }
    if (isAdminConsentGiven(request)) {
      sendPage(response, settings.consentGivenPage(request));
      return;
    }
    const returnTo = await counted(settings.onSignIn, () => completeSignIn(settings, request, response));
    redirect(response, returnTo ?? '/');
  };
}

/** Tells how a sign-in ended; one that was finished before is not told again. */
async function counted(
  onSignIn: SignInRouteSettings['onSignIn'],
  complete: () => Promise<string | undefined>,
): Promise<string | undefined> {
  try {
    const returnTo = await complete();
    if (returnTo !== undefined) onSignIn('signed_in');
    return returnTo;
  } catch (error) {
    onSignIn(error instanceof AppError ? error.code : 'internal');
    throw error;
  }
}

/** @returns where the person was going, or undefined where this browser finished this sign-in before */
async function completeSignIn(
  settings: SignInRouteSettings,
  request: Request,
  response: Response,
): Promise<string | undefined> {
  const { sessions, pendingSignIns } = settings;
  const parameters = singleParameters(request.query);
  const state = readState(parameters.state);
  const { cookie } = request.headers;
  const finishedBefore = sessions.of(request)?.content.signInName === nameOf(state);
  const taken = finishedBefore ? undefined : await pendingSignIns.take(state, cookie);
  setCookies(response, pendingSignIns.forget(state, cookie));
  if (taken === undefined) return undefined;
  const left = requireTaken(taken);
  response.locals.returnTo = left.returnTo;
  const issuer = readIssuer(request.query);
  await requireResponseIssuer(settings.identity, issuer);
  await finish(settings, { request, response }, left, {
    state,
    code: readCode(parameters),
    issuer,
    sessionState: parameters.session_state,
  });
  return safeReturnTo(left.returnTo, settings.redirectPath);
}

/** A state of ours is 22 characters of base64url; anything else, repeated ones included, was never asked for. */
function readState(state: string | undefined): string {
  if (state !== undefined && /^[A-Za-z0-9_-]{22}$/.test(state)) return state;
  throw new RequestError('sign_in_unknown', 400, 'No sign-in of this browser is waiting for this answer.');
}

const REFUSALS = {
  missing: ['sign_in_cookie_missing', 'The browser sent no cookie of a sign-in back.'],
  unknown: ['sign_in_unknown', 'No sign-in of this browser is waiting for this answer.'],
  expired: ['sign_in_expired', 'The sign-in took too long.'],
  used: ['sign_in_used', 'This sign-in was finished before.'],
} as const;

function requireTaken(taken: Taken<LeftToSignIn>): LeftToSignIn {
  if (taken.outcome === 'taken') return taken.pending;
  const [code, message] = REFUSALS[taken.outcome];
  throw new RequestError(code, 400, message);
}

/** What an authorization response says. */
interface ReadResponse {
  state: string;
  code: string;
  issuer: string | undefined;
  sessionState: string | undefined;
}

async function finish(
  { identity, sessions, now }: SignInRouteSettings,
  { request, response }: { request: Request; response: Response },
  left: LeftToSignIn,
  { state, code, issuer, sessionState }: ReadResponse,
): Promise<void> {
  const correlationId = request.id;
  const earlier =
    left.signIn.scopes === undefined
      ? undefined
      : await readEarlierScopes(sessions, sessions.of(request), identity.scopes);
  const answer = { code, issuer, correlationId, ...(earlier === undefined ? {} : { earlier }) };
  const { account, cache } = await finishSignIn(identity, left.signIn, answer);
  await sessions.start(request, response, {
    content: {
      account,
      signInName: nameOf(state),
      ...(left.answersChallenge ? { answeredChallengeAtMs: now() } : {}),
    },
    tokens: cache,
    groups: [personGroup(account), platformSessionGroup(account.sessionId ?? sessionState)].filter(
      (group) => group !== undefined,
    ),
  });
}

/** How a session remembers the state that it was signed in with. */
function nameOf(state: string): string {
  return hash('sha256', `signed in ${state}`, 'base64url').slice(0, 22);
}

function setCookies(response: Response, cookies: readonly string[]): void {
  for (const cookie of cookies) response.append('Set-Cookie', cookie);
}
