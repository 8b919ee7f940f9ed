import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Request, RequestHandler, Response } from 'express';
import { RequestError, UpstreamError } from '../../errors.ts';
import { type AllUsersQuery, allUsers, type Continuation, waitingOut } from '../../graph/index.ts';
import { goneSignal, type QueryParameters, singleParameters } from '../../http/index.ts';
import type { DirectoryAccess } from '../directory/index.ts';
import { MAX_SEARCH_CHARACTERS, readPeopleQuery } from '../directory/index.ts';
import { failureReport } from '../failure/index.ts';
import type { Layout } from '../layout/index.ts';
import { requireSession } from '../signed-in.ts';
import type { ExportFormat } from './export-format.ts';
import { readAfter } from './export-links.ts';
import type { ExportProgress, RunningExport, Stop } from './export-progress.ts';
import { exportName } from './export-progress-routes.ts';
import { exportText, type PeopleInPages } from './export-text.ts';
import type { Exports } from './exports.ts';

interface ExportFileSettings extends DirectoryAccess {
  config: { baseUrl: string };
  pages: Pick<Layout, 'words'>;
  exports: Exports;
}

/** How long one page of an export may be held up by throttling. */
const MAX_WAIT_MS = 120_000;
const RETRY_AFTER_SECONDS = 30;
/** The app's own pages take a file through a frame. WebKit asks for that even of what is no document. */
const IN_A_FRAME = {
  'Content-Security-Policy': "default-src 'none'; base-uri 'none'; frame-ancestors 'self'; sandbox",
  'X-Frame-Options': 'SAMEORIGIN',
} as const;

/**
 * Everybody, or a search's result, as a file. Each page is asked for when the one before is being sent, with a token
 * of its own time: so memory stays small, tokens are renewed on the way, and the end of the session is the end of it.
 */
export function exportPeople(
  settings: ExportFileSettings,
  formatFor: (parameters: QueryParameters) => ExportFormat,
): RequestHandler {
  return async (request, response) => {
    const format = formatFor(singleParameters(request.query));
    if (request.method === 'HEAD') {
      response.attachment(format.fileName).end();
      return;
    }
    const running = begin(settings, request);
    const state: ExportProgress = { count: 0, ...readPlace(request) };
    try {
      await send({ settings, format, request, response, running, state });
    } finally {
      running.tell({ ...state, ended: 'incomplete' });
    }
  };
}

interface Sending {
  settings: ExportFileSettings;
  format: ExportFormat;
  request: Request;
  response: Response;
  running: RunningExport;
  state: ExportProgress;
}

async function send({ settings, format, request, response, running, state }: Sending): Promise<void> {
  const pages = pagesOf(settings, request, {
    signal: AbortSignal.any([goneSignal(response), running.stopped]),
    onWait: (waitingMs) => running.tell({ ...state, waitingMs }),
  });
  const first = await firstOf(pages, response, running);
  if (first === undefined) {
    response.status(204).end();
    return;
  }
  response.attachment(format.fileName).set(IN_A_FRAME);
  const text = exportText(
    {
      format,
      words: (key, values) => settings.pages.words(settings.frameOf(request), key, values),
      baseUrl: settings.config.baseUrl,
      resumeUrl: resumeUrls(request, state),
      state,
      flush() {
        if ('flush' in response) response.flush();
      },
      tell: running.tell,
      onFailure(error) {
        response.locals.failure = failureReport(error);
      },
    },
    first,
    pages,
  );
  await pipeline(Readable.from(text), response).catch(ignoreGone(response));
}

/**
 * @returns undefined where nobody wants the file any more: no page then takes the place of the one in front of them
 * @throws where Graph failed, or the process ends
 */
async function firstOf(
  pages: PeopleInPages,
  response: Response,
  { stopped }: RunningExport,
): Promise<Awaited<ReturnType<PeopleInPages['next']>> | undefined> {
  try {
    return await pages.next();
  } catch (error) {
    const why: Stop | undefined = stopped.reason;
    if (why === 'process ends')
      throw new UpstreamError('shutting_down', 503, 'The app ends before the export could begin.');
    if (why === 'cancelled' || response.closed) return undefined;
    throw error;
  }
}

function begin({ exports }: ExportFileSettings, request: Request): RunningExport {
  const session = requireSession(request);
  const name =
    singleParameters(request.query).follow === undefined ? undefined : exportName(request, session);
  const running = exports.begin(session.key, name);
  if (running !== undefined) return running;
  throw new RequestError('too_many_exports', 429, 'This session has too many exports under way.', {
    retryAfterSeconds: RETRY_AFTER_SECONDS,
  });
}

function pagesOf(
  { graph, graphEndpoint }: ExportFileSettings,
  request: Request,
  { signal, onWait }: { signal: AbortSignal; onWait: (waitMs: number) => void },
): PeopleInPages {
  const query = readExportQuery(request);
  const call = waitingOut(graph, MAX_WAIT_MS, onWait);
  return allUsers(call, graphEndpoint, request.entra.token, {
    ...query,
    ahead: true,
    correlationId: request.id,
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

/** An address written by hand can hold any number: it is only shown. */
function readPlace({ query }: Request): Pick<ExportProgress, 'before' | 'total'> {
  const parameters = singleParameters(query);
  const { total } = readPeopleQuery(parameters);
  const before = readAfter(parameters);
  return { ...(before === undefined ? {} : { before }), ...(total === undefined ? {} : { total }) };
}

function resumeUrls(request: Request, state: ExportProgress): (from: Continuation) => string {
  const { search } = readExportQuery(request);
  const { separator } = singleParameters(request.query);
  return ({ cursor, plain }) => {
    const parameters = new URLSearchParams({ ...(search === undefined ? {} : { search }), cursor });
    if (plain) parameters.set('plain', '1');
    if (separator !== undefined) parameters.set('separator', separator);
    parameters.set('after', String((state.before ?? 0) + state.count));
    if (state.total !== undefined) parameters.set('total', String(state.total));
    return `${request.path}?${parameters}`;
  };
}

/** A visitor who went away needs no response. */
function ignoreGone(response: Response): (error: unknown) => void {
  return (error) => {
    if (!response.destroyed && !response.closed) throw error;
  };
}
