import type { Request, RequestHandler, Response } from 'express';
import { RequestError } from '../errors.ts';
import type { ExportProgress, ExportProgresses } from './export-progress.ts';
import type { SessionRouteSettings } from './for-signed-in.ts';
import { singleParameters } from './sign-in-answer.ts';
import type { SignedInSession } from './signed-in.ts';

type Settings = Pick<SessionRouteSettings, 'sessions'> & { progresses: ExportProgresses };

/** Tells how far an export is, live, as server-sent events (WHATWG HTML, section 9.2). */
export function followExport({ sessions, progresses }: Settings): RequestHandler {
  return (request, response) => {
    const name = exportName(request, requireSession(sessions.of(request)));
    const tell = (progress: ExportProgress) => {
      response.write(`data: ${JSON.stringify(progress)}\n\n`);
      if (progress.ended !== undefined) response.end();
    };
    const stop = progresses.follow(name, tell);
    if (stop === undefined)
      throw new RequestError('too_many_requests', 429, 'Too many exports are followed.');
    response.once('close', stop);
    begin(response);
  };
}

/** The stream is not compressed, because each event has to leave at once. */
function begin(response: Response): void {
  response.set({
    'Content-Type': 'text/event-stream',
    'Cache-Control': 'no-store, no-transform',
    'X-Accel-Buffering': 'no',
  });
  response.write(': following\n\n');
}

/** Stops an export that this session follows. */
export function cancelExport({ sessions, progresses }: Settings): RequestHandler {
  return (request, response) => {
    progresses.cancel(exportName(request, requireSession(sessions.of(request))));
    response.status(204).end();
  };
}

/** Whoever follows an export makes up its name; with the session, it is nobody else's. */
export function exportName(request: Request, session: SignedInSession): string {
  const { follow } = singleParameters(request.query);
  if (follow !== undefined && /^[0-9a-f]{32}$/.test(follow)) return `${session.sid} ${follow}`;
  throw new RequestError('bad_request', 400, 'An export is followed by 32 hexadecimal digits.');
}

function requireSession(session: SignedInSession | undefined): SignedInSession {
  if (session !== undefined) return session;
  throw new RequestError('session_ended', 401, 'Exports are for people who are signed in.');
}
