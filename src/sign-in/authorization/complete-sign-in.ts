import { hash } from 'node:crypto';
import type { Request, Response } from 'express';
import { RequestError } from '../../errors.ts';
import { browserOf, correlationIdOf, parsedQuery, singleParameters } from '../../http/index.ts';
import { finishSignIn, requireResponseIssuer } from '../../identity/index.ts';
import type { Taken } from '../../sessions/index.ts';
import type { LeftToSignIn, SignedIn } from '../person/index.ts';
import { nameGroups, personGroup, platformSessionGroup, readEarlierScopes } from '../person/index.ts';
import { readCode, readIssuer } from './authorization-response.ts';
import { rememberDestination } from './destination.ts';
import { type SignInStart, setCookies } from './start-sign-in.ts';

/** @returns where the person was going, or undefined where this browser finished this sign-in before */
export async function completeSignIn(
  settings: SignInStart,
  request: Request,
  response: Response,
): Promise<string | undefined> {
  const { sessions, pendingSignIns } = settings;
  const query = parsedQuery(request);
  const parameters = singleParameters(query);
  const state = readState(parameters.state);
  const { cookie } = request.headers;
  const finishedBefore = sessions.of(request)?.content.signInName === nameOf(state);
  const taken = finishedBefore ? undefined : await pendingSignIns.take(state, cookie);
  setCookies(response, pendingSignIns.forget(state, cookie));
  if (taken === undefined) return undefined;
  const left = requireTaken(taken);
  rememberDestination(request, left.returnTo);
  const issuer = readIssuer(query);
  await requireResponseIssuer(settings.identity, issuer);
  await finish(settings, { request, response }, left, {
    state,
    code: readCode(parameters, isForMore(left, sessions.of(request) !== undefined)),
    issuer,
    sessionState: parameters.session_state,
  });
  return left.returnTo;
}

/** A state of ours is 22 characters of base64url; anything else, repeated ones included, was never asked for. */
function readState(state: string | undefined): string {
  if (state !== undefined && /^[A-Za-z0-9_-]{22}$/.test(state)) return state;
  throw new RequestError('sign_in_unknown', 400, 'No sign-in of this browser is waiting for this response.');
}

const REFUSALS = {
  missing: ['sign_in_cookie_missing', 'The browser sent no cookie of a sign-in back.'],
  unknown: ['sign_in_unknown', 'No sign-in of this browser is waiting for this response.'],
  expired: ['sign_in_expired', 'The sign-in took too long.'],
  used: ['sign_in_used', 'This sign-in was finished before.'],
} as const;

function requireTaken(taken: Taken<LeftToSignIn>): LeftToSignIn {
  if (taken.outcome === 'taken') return taken.pending;
  const [code, message] = REFUSALS[taken.outcome];
  throw new RequestError(code, 400, message);
}

/** Whether a person who is signed in was asked for permissions that the page where they were goes without. */
function isForMore({ signIn, answersChallenge }: LeftToSignIn, isSignedIn: boolean): boolean {
  return isSignedIn && signIn.scopes !== undefined && !answersChallenge;
}

/** What an authorization response says. */
interface ReadResponse {
  state: string;
  code: string;
  issuer: string | undefined;
  sessionState: string | undefined;
}

async function finish(
  { identity, sessions, now }: SignInStart,
  { request, response }: { request: Request; response: Response },
  left: LeftToSignIn,
  { state, code, issuer, sessionState }: ReadResponse,
): Promise<void> {
  const correlationId = correlationIdOf(request);
  const earlier =
    left.signIn.scopes === undefined
      ? undefined
      : await readEarlierScopes(sessions, sessions.of(request), identity);
  const authorizationResponse = {
    code,
    issuer,
    correlationId,
    ...(earlier === undefined ? {} : { earlier }),
  };
  const { account, claims, cache } = await finishSignIn(identity, left.signIn, authorizationResponse);
  await sessions.start(request, response, {
    content: {
      account,
      claims,
      browser: browserOf(request),
      signInName: nameOf(state),
      ...(left.answersChallenge ? { answered: answeredBy(left, now()) } : {}),
    },
    tokens: cache,
    person: personGroup(account),
    groups: [...nameGroups(account), platformSessionGroup(account.sessionId ?? sessionState)].filter(
      (group) => group !== undefined,
    ),
  });
}

function answeredBy({ signIn: { scopes } }: LeftToSignIn, atMs: number): SignedIn['answered'] & object {
  return { atMs, ...(scopes === undefined ? {} : { scopes }) };
}

/** How a session remembers the state that it was signed in with. */
function nameOf(state: string): string {
  return hash('sha256', `signed in ${state}`, 'base64url').slice(0, 22);
}
