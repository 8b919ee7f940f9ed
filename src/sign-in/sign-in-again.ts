import type { Request, Response } from 'express';
import type { InteractionRequiredError } from '../errors.ts';
import { rememberChallenge } from './person/index.ts';
import { type Asking, askToSignIn } from './sign-in-or-401.ts';

/**
 * Answers a request for which the person has to act first: with the sign-in that asks for what is missing, and leads
 * back. What the request wanted to do was not done, and is not repeated.
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
  await askToSignIn(parts, request, response, scopes);
}
