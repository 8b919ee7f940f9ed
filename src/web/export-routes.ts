import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Request, Response } from 'express';
import { RequestError } from '../errors.ts';
import { allUsers, type SomeUsers } from '../graph/all-users.ts';
import { waitingOut } from '../graph/waiting-out.ts';
import type { DirectoryRouteSettings } from './directory-routes.ts';
import type { ExportFormat } from './export-format.ts';
import { failureReport } from './failure.ts';
import { goneSignal, type SignedInHandler } from './for-signed-in.ts';
import { MAX_SEARCH_CHARACTERS, readSearch } from './people-query.ts';
import { singleParameters } from './sign-in-answer.ts';
import type { SignedInSession } from './signed-in.ts';

/** How long one page of an export may be held up by throttling. */
const MAX_WAIT_MS = 120_000;

/**
 * Everybody, or a search's result, as a file. Each page is read when the one before has been sent, with a token of
 * its own time: so memory stays small, tokens are renewed on the way, and the end of the session is the end of it.
 */
export function exportPeople(settings: DirectoryRouteSettings, format: ExportFormat): SignedInHandler {
  return async (request, response, session) => {
    const pages = pagesOf(settings, request, response, session);
    const first = request.method === 'HEAD' ? undefined : await pages.next();
    response.attachment(format.fileName);
    if (first === undefined) {
      response.end();
      return;
    }
    const note = settings.pages.words(settings.frameOf(request), 'export.interrupted');
    const written = write({ format, note, response }, first, pages);
    await pipeline(Readable.from(written), response).catch(ignoreGone(response));
  };
}

type Pages = AsyncGenerator<SomeUsers, void, undefined>;

function pagesOf(
  { graph, graphEndpoint, tokens }: DirectoryRouteSettings,
  request: Request,
  response: Response,
  session: SignedInSession,
): Pages {
  const { search } = readSearch(singleParameters(request.query));
  if ((search ?? '').length > MAX_SEARCH_CHARACTERS)
    throw new RequestError('bad_request', 400, 'The search is too long.');
  const correlationId = String(request.id);
  return allUsers(waitingOut(graph, MAX_WAIT_MS), graphEndpoint, tokens.of(session, correlationId), {
    ...(search === undefined ? {} : { search }),
    correlationId,
    signal: goneSignal(response),
  });
}

interface Writing {
  format: ExportFormat;
  note: string;
  response: Response;
}

/** The file's text. Once it has begun, a failure can only be said in its last line. */
async function* write(
  { format, note, response }: Writing,
  first: IteratorResult<SomeUsers, void>,
  pages: Pages,
): AsyncGenerator<string, void, undefined> {
  let [count, leftOut] = [0, 0];
  yield format.begin;
  try {
    for (let page = first; page.done !== true; page = await pages.next()) {
      yield format.page(page.value.people, count === 0);
      count += page.value.people.length;
      leftOut += page.value.leftOut;
      response.flush();
    }
    yield format.end({ complete: leftOut === 0, count, note });
  } catch (error) {
    response.locals.failure = failureReport(error);
    yield format.end({ complete: false, count, note });
  }
}

/** Whoever went away needs no answer. */
function ignoreGone(response: Response): (error: unknown) => void {
  return (error) => {
    if (!response.destroyed && !response.closed) throw error;
  };
}
