import { randomBytes } from 'node:crypto';
import type { Request, RequestHandler, Response } from 'express';
import { RequestError } from '../../errors.ts';
import { redirect, safeReturnTo, sendPage, singleParameters } from '../../http/index.ts';
import type { PersonSession } from '../../library/sign-in.ts';
import { allOf, readPeopleQuery, readSearch } from '../directory/index.ts';
import type { Frame } from '../layout/index.ts';
import { requireSession } from '../signed-in.ts';
import { exportPageUrl, readAfter } from './export-links.ts';
import type { ExportPages } from './export-pages.ts';
import type { ExportProgress } from './export-progress.ts';
import type { Exports } from './exports.ts';

interface Settings {
  exports: Exports;
}

const RETRY_AFTER_SECONDS = 30;
/** The stream is not compressed, because each event has to leave at once. */
const EVENTS = {
  'Content-Type': 'text/event-stream',
  'Cache-Control': 'no-store, no-transform',
  'X-Accel-Buffering': 'no',
} as const;

/** Tells how far an export is, live, as server-sent events (WHATWG HTML, section 9.2). */
export function followExport({ exports }: Settings): RequestHandler {
  return (request, response) => {
    const session = requireSession(request);
    const name = exportName(request, session);
    if (request.method === 'HEAD') {
      response.set(EVENTS).end();
      return;
    }
    const stop = exports.follow({
      sid: session.key,
      name,
      tell: (progress) => tell(response, progress),
      end: () => response.end(),
      isSignedIn: () => session.isOpen(),
    });
    if (stop === undefined)
      throw new RequestError('too_many_exports', 429, 'Too many exports are followed.', {
        retryAfterSeconds: RETRY_AFTER_SECONDS,
      });
    response.once('close', stop);
    response.set(EVENTS).write(': following\n\n');
  };
}

function tell(response: Response, progress: ExportProgress): void {
  if (response.writableEnded) return;
  response.write(`data: ${JSON.stringify(progress)}\n\n`);
  if (progress.ended !== undefined) response.end();
}

/** Stops an export that this session follows, for a script or, where the address says so, for a page. */
export function cancelExport({ exports }: Settings): RequestHandler {
  return async (request, response) => {
    await exports.cancel(exportName(request, requireSession(request)));
    const { returnTo } = singleParameters(request.query);
    if (returnTo === undefined) response.status(204).end();
    else redirect(response, safeReturnTo(returnTo));
  };
}

/** A page that begins an export and shows how far it is, without a script too: it renews itself then. */
export function exportPage({
  exports,
  pages,
  frameOf,
}: {
  exports: Exports;
  pages: ExportPages;
  frameOf: (request: Request) => Frame;
}): RequestHandler {
  return async (request, response) => {
    const parameters = singleParameters(request.query);
    const page = {
      query: queryOf(request),
      listUrl: listUrlOf(parameters.returnTo, readSearch(parameters).search),
      isStill: parameters.renew === 'no',
    };
    if (followOf(request) === undefined) {
      redirect(response, exportPageUrl(page));
      return;
    }
    const progress = await exports.latest(exportName(request, requireSession(request)));
    const model = { ...page, ...(progress === undefined ? {} : { progress }) };
    sendPage(response, pages.exporting(frameOf(request), model));
  };
}

/** Whom the file holds, where it goes on, and the name by which it is followed. */
function queryOf(request: Request): string {
  const parameters = singleParameters(request.query);
  const { search, cursor, plain = false, total } = readPeopleQuery(parameters);
  const given = {
    search,
    cursor,
    plain: plain ? '1' : undefined,
    after: readAfter(parameters),
    total,
    follow: followOf(request) ?? randomBytes(16).toString('hex'),
  };
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(given)) if (value !== undefined) query.set(name, `${value}`);
  return query.toString();
}

/** The list to lead back to: a page of it, or where it begins. */
function listUrlOf(returnTo: string | undefined, search: string | undefined): string {
  const url = safeReturnTo(returnTo);
  return /^\/graphcall(\?|$)/.test(url) ? url : allOf(search);
}

/** The follower of an export makes up its name; with the session, it is nobody else's. */
export function exportName(request: Request, { key }: PersonSession): string {
  const follow = followOf(request);
  if (follow !== undefined) return `${key} ${follow}`;
  throw new RequestError('bad_request', 400, 'An export is followed by 32 hexadecimal digits.');
}

function followOf({ query }: Request): string | undefined {
  const { follow } = singleParameters(query);
  return follow !== undefined && /^[0-9a-f]{32}$/.test(follow) ? follow : undefined;
}
