import type { Request, RequestHandler, Response } from 'express';
import { type AppError, InteractionRequiredError, RequestError } from '../errors.ts';
import { redirect, safeReturnTo } from '../http/index.ts';
import type { Sessions } from '../sessions/index.ts';
import type { SignedIn, SignedInSession } from './person/index.ts';
import { rememberChallenge } from './person/index.ts';

export interface SessionRouteSettings {
  sessions: Sessions<SignedIn>;
  now: () => number;
}

/** Answers a request of somebody who is signed in. */
export type SignedInHandler = (
  request: Request,
  response: Response,
  session: SignedInSession,
) => Promise<void>;

/** Sends visitors through the sign-in and back, and so also a person whose token Graph no longer takes. */
export function forSignedIn(settings: SessionRouteSettings, handle: SignedInHandler): RequestHandler {
  return async (request, response) => {
    const session = settings.sessions.of(request);
    if (session === undefined) {
      signInFirst(request, response);
      return;
    }
    try {
      await handle(request, response, session);
    } catch (error) {
      if (!(error instanceof InteractionRequiredError)) throw explained(error as AppError, session);
      await rememberChallenge(settings, request, session, error);
      signInFirst(request, response);
    }
  };
}

function signInFirst(request: Request, response: Response): void {
  const returnTo = safeReturnTo(request.originalUrl);
  redirect(response, `/login?returnTo=${encodeURIComponent(returnTo)}`);
}

/** A guest is refused for another reason than somebody whose permission is missing. */
function explained(error: AppError, session: SignedInSession): AppError {
  if (error.code !== 'graph_forbidden' || session.content.account.kind !== 'guest') return error;
  const { upstream, detail = '' } = error;
  return new RequestError('guest_no_directory', 403, 'A guest may not list this directory.', {
    upstream,
    detail,
  });
}
