import type { Request } from 'express';
import { type ErrorDetails, type InteractionRequiredError, UpstreamError } from '../../errors.ts';
import { resourceOf } from '../../identity/index.ts';
import type { Sessions } from '../../sessions/index.ts';
import type { Challenge, SignedIn, SignedInSession } from './signed-in.ts';

/** An API refusing again so soon after a sign-in that answered it: one more would only go round in circles. */
const REST_MS = 5 * 60_000;

/**
 * Keeps what an API or the platform wants to see, for the sign-in that comes next.
 * @throws UpstreamError where a sign-in has just answered the same
 */
export async function rememberChallenge(
  { sessions, now }: { sessions: Sessions<SignedIn>; now: () => number },
  request: Request,
  session: SignedInSession,
  { scopes, upstream, detail = '' }: InteractionRequiredError,
): Promise<void> {
  const challenge: Challenge = {
    atMs: now(),
    ...(upstream.claims === undefined ? {} : { claims: upstream.claims }),
    ...(scopes === undefined ? {} : { scopes }),
  };
  if (wasJustAnswered(session.content.answered, challenge))
    throw refusedAgain(resourceOf(scopes ?? []), { detail, upstream });
  await sessions.update(request, { ...session.content, challenge });
}

function refusedAgain(resource: string, details: ErrorDetails): UpstreamError {
  return resource === ''
    ? new UpstreamError(
        'graph_refused_token',
        502,
        'Microsoft Graph refuses even a new access token.',
        details,
      )
    : new UpstreamError('api_failed', 502, 'The API refuses even a new access token.', details);
}

function wasJustAnswered(answered: SignedIn['answered'], { atMs, scopes }: Challenge): boolean {
  if (answered === undefined || atMs - answered.atMs >= REST_MS) return false;
  return `${answered.scopes}` === `${scopes}`;
}
