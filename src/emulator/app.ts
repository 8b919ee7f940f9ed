import express, { type ErrorRequestHandler, type Express, type Request, type RequestHandler } from 'express';
import type { EmulatorState } from './control/index.ts';
import { respondWithFaults } from './faults/index.ts';
import { graph, graphEndpointName, isGraphPath } from './graph/index.ts';
import {
  asVersion2,
  type EndpointName,
  type HttpRequest,
  type HttpResponse,
  inUserFlow,
  isLocalHostHeader,
  isLoopbackPeer,
  isOpenToScripts,
  isOwnOrigin,
  jsonResponse,
  preflight,
  readableByScripts,
  readRequest,
  withoutEmptyFields,
  writeResponse,
} from './http/index.ts';
import { NOWHERE, ROUTES, type Route } from './routes.ts';
import { fetchIssuerKeys } from './token/index.ts';

const MAX_BODY = '1mb';
/** Asked by whatever watches a container, under any name. */
const HEALTH = '/_emulator/health';
/** The endpoints whose parameters are OAuth's. */
const OAUTH: ReadonlySet<EndpointName | undefined> = new Set([
  'authorize',
  'token',
  'devicecode',
  'logout',
  'adminconsent',
] as const);

/** The emulator as an Express app; it never listens. */
export function createApp(state: EmulatorState, everywhere = false): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.get(
    HEALTH,
    (_request, response) => void writeResponse(response, jsonResponse(200, { status: 'ok' }), []),
  );
  app.use(localOnly(state.allowedHosts, everywhere));
  app.use(express.text({ type: () => true, limit: MAX_BODY }));
  for (const route of ROUTES) {
    app[route.method](route.path, serve(route, state));
    if (isOpenToScripts(route.at))
      app.options(route.path, serve({ ...route, at: 'other', endpoint: preflight }, state));
  }
  app.use(serveRest(state));
  app.use(failed);
  return app;
}

/** Refuses callers that are not on this machine, and names that do not stand for it (DNS rebinding). */
function localOnly(allowedHosts: readonly string[], everywhere: boolean): RequestHandler {
  return ({ socket, headers }, response, next) => {
    if (!everywhere && !isLoopbackPeer(socket.remoteAddress))
      void writeResponse(response, forbidden('this emulator serves this machine only'), []);
    else if (!isLocalHostHeader(headers.host, allowedHosts))
      void writeResponse(response, forbidden(strangeHost(headers.host)), []);
    else next();
  };
}

/** What to do about a name that is not served; one of an odd form is not repeated. */
function strangeHost(host = ''): string {
  const [, name] = /^([a-z0-9.-]{1,253})(:\d+)?$/i.exec(host) ?? [];
  if (name === undefined) return 'this emulator answers under local names only';
  return `this emulator does not answer as ${name}; started with --allow-host ${name} it does`;
}

function forbidden(message: string): HttpResponse {
  return jsonResponse(403, { error: message });
}

function serve(route: Route, state: EmulatorState): RequestHandler {
  return (request, response) => {
    const http = readExpressRequest(request);
    const answered =
      route.at === undefined ? undefined : state.ledger.record(http, request.socket.remoteAddress ?? '');
    const answer = () => {
      const faulted = respondTo(route, http, state);
      response.once('finish', () => answered?.(response.statusCode, faulted.response));
      return writeResponse(response, faulted.response, faulted.wire);
    };
    const prepared = route.at === 'token' ? fetchIssuerKeys(http, state) : undefined;
    return prepared === undefined ? answer() : prepared.then(answer);
  };
}

/** Microsoft Graph, whose paths have rules of their own, and what is nowhere. */
function serveRest(state: EmulatorState): RequestHandler {
  const nowhere = serve({ at: 'other', method: 'get', path: '', endpoint: NOWHERE }, state);
  return (request, response, next) => {
    const http = readExpressRequest(request);
    if (!isGraphPath(http.path)) return nowhere(request, response, next);
    const route = {
      method: 'get',
      path: '',
      endpoint: request.method === 'OPTIONS' ? preflight : graph,
    } as const;
    return serve({ ...route, at: graphEndpointName(http), isGraph: true }, state)(request, response, next);
  };
}

function respondTo(
  route: Route,
  http: HttpRequest,
  state: EmulatorState,
): ReturnType<typeof respondWithFaults> {
  if (route.ownOriginOnly === true && !isOwnOrigin(http.headers.origin, http.origin))
    return { response: forbidden('this may be asked by the emulator’s own pages only'), wire: [] };
  const endpoint = () =>
    route.endpoint(OAUTH.has(route.at) ? asVersion2(inUserFlow(withoutEmptyFields(http))) : http, state);
  if (route.at === undefined) return { response: endpoint(), wire: [] };
  const faulted = respondWithFaults(route.at, { http, world: state }, state.faults, endpoint);
  if (route.isGraph !== true && !isOpenToScripts(route.at)) return faulted;
  return { ...faulted, response: readableByScripts(faulted.response, http) };
}

function readExpressRequest(request: Request): HttpRequest {
  const { tenant, id, policy } = request.params;
  return readRequest({
    method: request.method,
    scheme: 'encrypted' in request.socket ? 'https' : 'http',
    host: request.headers.host ?? '',
    url: request.originalUrl,
    headers: request.headers,
    tenant: String(tenant ?? ''),
    id: String(id ?? ''),
    policy: String(policy ?? ''),
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
  if (status >= 500) console.error('the emulator failed:', error);
  void writeResponse(response, jsonResponse(status, { error: 'the request could not be served' }), []);
};
