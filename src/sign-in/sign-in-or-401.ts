import type { Request, Response } from 'express';
import type { InteractionRequiredError } from '../errors.ts';
import { browserPathOf, isFromScript, publicPath } from '../http/index.ts';
import { type SignInOptions, type SignInStart, startSignIn } from './authorization/index.ts';
import { rememberChallenge } from './person/index.ts';

/** Where a sign-in comes back to: to what was asked for, but never to what a form was posted to. */
function wayBack(request: Request): string {
  if (request.method === 'GET' || request.method === 'HEAD') return browserPathOf(request);
  const referer = request.get('Referer') ?? '';
  if (!URL.canParse(referer)) return '/';
  const { host, pathname, search } = new URL(referer);
  return host === request.get('Host') ? `${pathname}${search}` : '/';
}

/** Answers instead of sending a person off at once. */
export type AskToSignIn = (signInUrl: string, request: Request, response: Response) => void;

/** What a sign-in begins with, and how the host wants it to begin. */
type Asking = SignInStart & SignInAddress & { askToSignIn?: AskToSignIn };

/**
 * Answers a request for which the person has to act first: as the host wants it, else with the sign-in that asks for what
 * is missing, and leads back. What that has to ask for stands in the session, so that any way to it leads on. What the
 * request wanted to do was not done, and is not repeated.
 * @throws UpstreamError where a sign-in has just answered the same
 */
export async function signInAgain(
  parts: Asking,
  request: Request,
  response: Response,
  error: InteractionRequiredError,
): Promise<void> {
  const session = parts.sessions.of(request);
  if (session !== undefined) await rememberChallenge(parts, request, session, error);
  const scopes = session === undefined ? undefined : error.scopes;
  if (parts.askToSignIn !== undefined)
    parts.askToSignIn(signInUrl(parts, request, wayBack(request)), request, response);
  else await answerWithSignIn(parts, request, response, scopes === undefined ? {} : { scopes });
}

/** Sends a person to the identity platform; a script is told where a person can sign in. */
export async function answerWithSignIn(
  parts: SignInStart & { loginPath: string },
  request: Request,
  response: Response,
  options: SignInOptions,
): Promise<void> {
  const returnTo = options.returnTo ?? wayBack(request);
  if (!isFromScript(request)) {
    await startSignIn(parts, request, response, { ...options, returnTo });
    return;
  }
  response
    .status(401)
    .set('Cache-Control', 'no-store')
    .json({
      error: 'sign_in_required',
      message: 'Sign in first.',
      signInUrl: signInUrl(parts, request, returnTo),
    });
}

/** Where sign-ins begin. */
export type SignInAddress = Pick<SignInStart, 'returnTo'> & { loginPath: string };

/** Where a person signs in and comes back to a page of the app. */
export function signInUrl(
  { loginPath, returnTo: judged }: SignInAddress,
  request: Request,
  returnTo: string,
): string {
  const query = new URLSearchParams({ returnTo: publicPath(request, judged(returnTo)) });
  return publicPath(request, `${loginPath}?${query}`);
}
