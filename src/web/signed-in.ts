import type { Request } from 'express';
import { RequestError } from '../errors.ts';
import type { PersonSession } from '../library/sign-in.ts';

/**
 * The session of somebody who is signed in.
 * @throws RequestError `session_ended` for a visitor: scripts and pictures are sent through no sign-in
 */
export function requireSession(request: Request): PersonSession {
  const { session } = request.entra;
  if (session !== undefined) return session;
  throw new RequestError('session_ended', 401, 'This is for people who are signed in.');
}
