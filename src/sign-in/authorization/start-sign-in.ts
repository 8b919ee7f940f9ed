import type { Request, Response } from 'express';
import { correlationIdOf, redirect } from '../../http/index.ts';
import { type AuthorizationOptions, beginSignIn, type ClientSettings } from '../../identity/index.ts';
import type { PendingSignIns, Sessions } from '../../sessions/index.ts';
import type { Challenge, LeftToSignIn, SignedIn } from '../person/index.ts';

/** What the way to the identity platform is made of. */
export interface SignInStart {
  identity: ClientSettings;
  sessions: Sessions<SignedIn>;
  pendingSignIns: PendingSignIns<LeftToSignIn>;
  redirectPath: string;
  /** Judges where a person may be sent: a path below the app's own. */
  returnTo: (target: unknown) => string;
  now: () => number;
}

export interface SignInOptions
  extends Pick<AuthorizationOptions, 'prompt' | 'loginHint' | 'domainHint' | 'scopes'> {
  /** A path of this app to come back to. Default `/`. */
  returnTo?: string | undefined;
}

/** A challenge is carried by a sign-in that begins within this time. */
const CHALLENGE_LIFETIME_MS = 10 * 60_000;

/** Sends the browser to the identity platform, and remembers in a cookie what the way back needs. */
export async function startSignIn(
  { identity, sessions, pendingSignIns, returnTo: judged, now }: SignInStart,
  request: Request,
  response: Response,
  { returnTo, ...options }: SignInOptions,
): Promise<void> {
  const challenge = openChallenge(sessions.of(request)?.content.challenge, now());
  const { url, state, pending } = await beginSignIn(identity, {
    ...(challenge?.scopes === undefined ? {} : { scopes: challenge.scopes }),
    ...options,
    ...(challenge?.claims === undefined ? {} : { claims: challenge.claims }),
    correlationId: correlationIdOf(request),
  });
  const left: LeftToSignIn = {
    signIn: pending,
    returnTo: judged(returnTo),
    answersChallenge: challenge !== undefined,
  };
  setCookies(response, pendingSignIns.keep(state, left, request.headers.cookie));
  redirect(response, url);
}

function openChallenge(challenge: Challenge | undefined, nowMs: number): Challenge | undefined {
  return challenge !== undefined && nowMs - challenge.atMs < CHALLENGE_LIFETIME_MS ? challenge : undefined;
}

/** Adds cookies to those that the response sets already. */
export function setCookies(response: Response, cookies: readonly string[]): void {
  for (const cookie of cookies) response.append('Set-Cookie', cookie);
}
