import { type Request, type RequestHandler, type Response, Router } from 'express';
import { type AppError, InteractionRequiredError, RequestError, UpstreamError } from '../errors.ts';
import { readMe } from '../graph/me.ts';
import type { GraphCall } from '../graph/request.ts';
import { isCursor, listUsers } from '../graph/users.ts';
import type { Sessions } from '../sessions/sessions.ts';
import type { Frame, ProfilePage, UsersPage } from './page-models.ts';
import type { PersonTokens } from './person-token.ts';
import { redirect } from './redirect.ts';
import { safeReturnTo } from './return-to.ts';
import { type Parameters, singleParameters } from './sign-in-answer.ts';
import type { SignedIn, SignedInSession } from './signed-in.ts';

export interface DirectoryRouteSettings {
  graph: GraphCall;
  graphEndpoint: string;
  sessions: Sessions<SignedIn>;
  tokens: PersonTokens;
  pages: { users(frame: Frame, model: UsersPage): string; profile(frame: Frame, model: ProfilePage): string };
  frameOf: (request: Request) => Frame;
  now: () => number;
}

const PAGE_SIZE = 50;
const MAX_PAGE_SIZE = 999;
/** Graph refusing again so soon after a sign-in that answered it: one more would only go round in circles. */
const CHALLENGE_REST_MS = 5 * 60_000;

/** The directory's users as pages. */
export function directoryRoutes(settings: DirectoryRouteSettings): Router {
  const router = Router({ caseSensitive: true, strict: true });
  router.get('/graphcall', withSession(settings, usersPage(settings)));
  return router;
}

type SignedInHandler = (request: Request, response: Response, session: SignedInSession) => Promise<void>;

/** Sends visitors through the sign-in and back, and so also a person whose token Graph no longer takes. */
function withSession(settings: DirectoryRouteSettings, handle: SignedInHandler): RequestHandler {
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

async function rememberChallenge(
  { sessions, now }: DirectoryRouteSettings,
  request: Request,
  session: SignedInSession,
  error: InteractionRequiredError,
): Promise<void> {
  const { answeredChallengeAtMs } = session.content;
  if (answeredChallengeAtMs !== undefined && now() - answeredChallengeAtMs < CHALLENGE_REST_MS) {
    throw new UpstreamError('graph_refused_token', 502, 'Microsoft Graph refuses even a new access token.', {
      detail: error.detail ?? '',
      upstream: error.upstream,
    });
  }
  const { claims } = error.upstream;
  const challenge = { atMs: now(), ...(claims === undefined ? {} : { claims }) };
  await sessions.update(request, { ...session.content, challenge });
}

function usersPage(settings: DirectoryRouteSettings): SignedInHandler {
  const { graph, graphEndpoint, tokens, pages, frameOf } = settings;
  return async (request, response, session) => {
    const correlationId = String(request.id);
    const signal = goneSignal(response);
    const token = tokens.of(session, correlationId);
    if (session.content.account.kind === 'personal') {
      const profile = await readMe(graph, token, { correlationId, signal });
      response.type('html').send(pages.profile(frameOf(request), { profile }));
      return;
    }
    const query = readQuery(singleParameters(request.query));
    const { cursor, ...answer } = await listUsers(graph, graphEndpoint, token, {
      ...query,
      correlationId,
      signal,
    });
    const model: UsersPage = {
      ...answer,
      ...(cursor === undefined ? {} : { nextUrl: usersUrl(query.top, cursor) }),
      ...(query.cursor === undefined ? {} : { firstUrl: usersUrl(query.top) }),
    };
    response.type('html').send(pages.users(frameOf(request), model));
  };
}

/** Aborts when the visitor goes away before the answer is complete. */
function goneSignal(response: Response): AbortSignal {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  return gone.signal;
}

function readQuery({ top, cursor }: Parameters): { top: number; cursor?: string } {
  const size = top === undefined ? PAGE_SIZE : Number(top);
  if (!Number.isInteger(size) || size < 1 || size > MAX_PAGE_SIZE) {
    throw new RequestError('bad_request', 400, `A page holds 1 to ${MAX_PAGE_SIZE} people.`);
  }
  if (cursor !== undefined && !isCursor(cursor))
    throw new RequestError('bad_request', 400, 'There is no such page.');
  return { top: size, ...(cursor === undefined ? {} : { cursor }) };
}

function usersUrl(top: number, cursor?: string): string {
  const parameters = new URLSearchParams();
  if (top !== PAGE_SIZE) parameters.set('top', String(top));
  if (cursor !== undefined) parameters.set('cursor', cursor);
  const query = parameters.toString();
  return query === '' ? '/graphcall' : `/graphcall?${query}`;
}
