import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Request, Response } from 'express';
import { RequestError } from '../errors.ts';
import { type AllUsersQuery, allUsers, type Continuation, type SomeUsers } from '../graph/all-users.ts';
import { waitingOut } from '../graph/waiting-out.ts';
import type { DirectoryRouteSettings } from './directory-routes.ts';
import type { ExportFormat } from './export-format.ts';
import type { ExportProgress, ExportProgresses, FollowedExport } from './export-progress.ts';
import { exportName } from './export-progress-routes.ts';
import { failureReport } from './failure.ts';
import { goneSignal, type SignedInHandler } from './for-signed-in.ts';
import { MAX_SEARCH_CHARACTERS, readPeopleQuery } from './people-query.ts';
import { singleParameters } from './sign-in-answer.ts';
import type { SignedInSession } from './signed-in.ts';

export interface ExportRouteSettings extends DirectoryRouteSettings {
  progresses: ExportProgresses;
}

/** How long one page of an export may be held up by throttling. */
const MAX_WAIT_MS = 120_000;

/**
 * Everybody, or a search's result, as a file. Each page is read when the one before has been sent, with a token of
 * its own time: so memory stays small, tokens are renewed on the way, and the end of the session is the end of it.
 */
export function exportPeople(settings: ExportRouteSettings, format: ExportFormat): SignedInHandler {
  return async (request, response, session) => {
    if (request.method === 'HEAD') {
      response.attachment(format.fileName).end();
      return;
    }
    const followed = followedOf(settings, request, session);
    const state: ExportProgress = { count: 0 };
    const pages = pagesOf(settings, request, session, {
      signal: AbortSignal.any([goneSignal(response), followed.cancelled]),
      onWait: (waitingMs) => followed.tell({ ...state, waitingMs }),
    });
    const first = await pages.next().catch((error: unknown) => {
      followed.tell({ ...state, ended: 'incomplete' });
      throw error;
    });
    response.attachment(format.fileName);
    const note = settings.pages.words(settings.frameOf(request), 'export.interrupted');
    const resumeUrl = resumeUrls(request);
    const written = write({ format, note, response, followed, state, resumeUrl }, first, pages);
    await pipeline(Readable.from(written), response).catch(ignoreGone(response));
  };
}

type Pages = AsyncGenerator<SomeUsers, void, undefined>;

function followedOf(
  { progresses }: ExportRouteSettings,
  request: Request,
  session: SignedInSession,
): FollowedExport {
  return progresses.of(request.query.follow === undefined ? '' : exportName(request, session));
}

function pagesOf(
  { graph, graphEndpoint, tokens }: ExportRouteSettings,
  request: Request,
  session: SignedInSession,
  { signal, onWait }: { signal: AbortSignal; onWait: (waitMs: number) => void },
): Pages {
  const query = readExportQuery(request);
  const correlationId = String(request.id);
  const call = waitingOut(graph, MAX_WAIT_MS, onWait);
  return allUsers(call, graphEndpoint, tokens.of(session, correlationId), {
    ...query,
    correlationId,
    signal,
  });
}

/** Whom to export, and from where on. */
function readExportQuery(request: Request): Pick<AllUsersQuery, 'search' | 'from'> {
  const { search, cursor, plain = false } = readPeopleQuery(singleParameters(request.query));
  if ((search ?? '').length > MAX_SEARCH_CHARACTERS)
    throw new RequestError('bad_request', 400, 'The search is too long.');
  return {
    ...(search === undefined ? {} : { search }),
    ...(cursor === undefined ? {} : { from: { cursor, plain } }),
  };
}

interface Writing {
  /** The address of the same export, going on somewhere. */
  resumeUrl: (from: Continuation) => string;
  format: ExportFormat;
  note: string;
  response: Response;
  followed: FollowedExport;
  state: ExportProgress;
}

function resumeUrls(request: Request): Writing['resumeUrl'] {
  const { search } = readExportQuery(request);
  return ({ cursor, plain }) => {
    const parameters = new URLSearchParams({ ...(search === undefined ? {} : { search }), cursor });
    if (plain) parameters.set('plain', '1');
    return `${request.path}?${parameters}`;
  };
}

/** The file's text. Once it has begun, a failure can only be said in its last line. */
async function* write(
  { format, note, response, followed, state, resumeUrl }: Writing,
  first: IteratorResult<SomeUsers, void>,
  pages: Pages,
): AsyncGenerator<string, void, undefined> {
  let complete = true;
  yield format.begin;
  try {
    for (let page = first; page.done !== true; page = await pages.next()) {
      const { people, leftOut, total, next } = page.value;
      yield format.page(people, state.count === 0);
      state.count += people.length;
      if (total !== undefined) state.total = total;
      if (next === undefined) delete state.resumeUrl;
      else state.resumeUrl = resumeUrl(next);
      complete &&= leftOut === 0;
      response.flush();
      followed.tell(state);
    }
  } catch (error) {
    response.locals.failure = failureReport(error);
    complete = false;
  } finally {
    followed.tell({ ...state, ended: complete ? 'complete' : 'incomplete' });
  }
  yield format.end({ complete, count: state.count, note });
}

/** Whoever went away needs no answer. */
function ignoreGone(response: Response): (error: unknown) => void {
  return (error) => {
    if (!response.destroyed && !response.closed) throw error;
  };
}
