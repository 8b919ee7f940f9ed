import express, { type ErrorRequestHandler, type Express, type Request, type RequestHandler } from 'express';
import { type Answer, jsonAnswer } from './answer.ts';
import { type Asked, readRequest } from './asked.ts';
import { isOpenToScripts, preflight, readableByScripts } from './cors.ts';
import { answerWithFaults } from './faults.ts';
import { isLocalHostHeader, isLoopbackPeer, isOwnOrigin } from './locality.ts';
import { NOWHERE, ROUTES, type Route } from './routes.ts';
import { writeAnswer } from './wire.ts';
import type { World } from './world.ts';

const MAX_BODY = '1mb';

/** The stand-in as an Express app; it never listens. */
export function createApp(world: World, allowedHosts: readonly string[]): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use(localOnly(allowedHosts));
  app.use(express.text({ type: () => true, limit: MAX_BODY }));
  for (const route of ROUTES) {
    app[route.method](route.path, serve(route, world));
    if (isOpenToScripts(route.at))
      app.options(route.path, serve({ ...route, at: 'other', endpoint: preflight }, world));
  }
  app.use(serve({ at: 'other', method: 'get', path: '', endpoint: NOWHERE }, world));
  app.use(failed);
  return app;
}

/** Refuses whoever is not on this machine, and names that do not stand for it (DNS rebinding). */
function localOnly(allowedHosts: readonly string[]): RequestHandler {
  return (request, response, next) => {
    const isLocal =
      isLoopbackPeer(request.socket.remoteAddress) && isLocalHostHeader(request.headers.host, allowedHosts);
    if (isLocal) next();
    else
      void writeAnswer(response, forbidden('this stand-in serves this machine under local names only'), []);
  };
}

function forbidden(message: string): Answer {
  return jsonAnswer(403, { error: message });
}

function serve(route: Route, world: World): RequestHandler {
  return (request, response) => {
    const asked = readExpressRequest(request);
    if (route.at !== undefined) {
      const answered = world.ledger.record(asked, request.socket.remoteAddress ?? '');
      response.once('finish', () => answered(response.statusCode));
    }
    const { answer, wire } = answerTo(route, asked, world);
    return writeAnswer(response, answer, wire);
  };
}

function answerTo(route: Route, asked: Asked, world: World): ReturnType<typeof answerWithFaults> {
  if (route.ownOriginOnly === true && !isOwnOrigin(asked.headers.origin, asked.origin))
    return { answer: forbidden('this may be asked by the stand-in’s own pages only'), wire: [] };
  const endpoint = () => route.endpoint(asked, world);
  if (route.at === undefined) return { answer: endpoint(), wire: [] };
  const faulted = answerWithFaults(route.at, { asked, world }, endpoint);
  if (!isOpenToScripts(route.at)) return faulted;
  return { ...faulted, answer: readableByScripts(faulted.answer, asked) };
}

function readExpressRequest(request: Request): Asked {
  const { tenant, id } = request.params;
  return readRequest({
    method: request.method,
    scheme: 'encrypted' in request.socket ? 'https' : 'http',
    host: request.headers.host ?? '',
    url: request.originalUrl,
    headers: request.headers,
    tenant: String(tenant ?? ''),
    id: String(id ?? ''),
    bodyText: typeof request.body === 'string' ? request.body : '',
  });
}

/** What Express refused by itself (a body too large, a malformed path) is the caller's; the rest is ours. */
const failed: ErrorRequestHandler = (error: unknown, _request, response, next) => {
  if (response.headersSent) {
    next(error);
    return;
  }
  const status = error instanceof Error && 'status' in error ? Number(error.status) : 500;
  if (status >= 500) console.error('the stand-in failed:', error);
  void writeAnswer(response, jsonAnswer(status, { error: 'the request could not be served' }), []);
};
