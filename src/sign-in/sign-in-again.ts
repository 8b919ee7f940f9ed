import type { Request, Response } from 'express';
import type { InteractionRequiredError } from '../errors.ts';
import type { SignInStart } from './authorization/index.ts';
import { rememberChallenge } from './person/index.ts';
import { answerWithSignIn } from './sign-in-or-401.ts';

/**
 * Answers a request for which the person has to act first: with the sign-in that asks for what is missing, and leads
 * back. What the request wanted to do was not done, and is not repeated.
 * @throws UpstreamError where a sign-in has just answered the same
 */
export async function signInAgain(
  parts: SignInStart & { loginPath: string },
  request: Request,
  response: Response,
  error: InteractionRequiredError,
): Promise<void> {
  const session = parts.sessions.of(request);
  if (session !== undefined) await rememberChallenge(parts, request, session, error);
  const scopes = session === undefined ? undefined : error.scopes;
  await answerWithSignIn(parts, request, response, scopes === undefined ? {} : { scopes });
}
