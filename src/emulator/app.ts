import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { EmulatorState } from './control/index.ts';
import { respondWithFaults } from './faults/index.ts';
import { graph, graphEndpointName, isGraphPath } from './graph/index.ts';
import {
  asVersion2,
  BodyError,
  createRouter,
  type EndpointName,
  type HttpRequest,
  type HttpResponse,
  inUserFlow,
  isLocalHostHeader,
  isLoopbackPeer,
  isOpenToScripts,
  isOwnOrigin,
  jsonResponse,
  partsOf,
  preflight,
  readableByScripts,
  readBodyText,
  readRequest,
  withoutEmptyFields,
  writeResponse,
} from './http/index.ts';
import { isResourceManagerPath, nothingInAzure } from './platform/index.ts';
import { NOWHERE, ROUTES, type Route } from './routes.ts';
import { fetchIssuerKeys } from './token/index.ts';

/** The endpoints whose parameters are OAuth's. */
const OAUTH: ReadonlySet<EndpointName | undefined> = new Set([
  'authorize',
  'token',
  'devicecode',
  'logout',
  'adminconsent',
] as const);
/** What is answered before the keys are made. */
const KEYLESS: ReadonlySet<EndpointName | undefined> = new Set([undefined, 'metadata', 'instance'] as const);

type Params = Readonly<Record<string, string>>;

const findRoute = createRouter(ROUTES.flatMap(withPreflight));

function withPreflight(route: Route): readonly Route[] {
  if (!isOpenToScripts(route.at)) return [route];
  return [route, { ...route, method: 'OPTIONS', at: 'other', endpoint: preflight }];
}

/** The emulator as a listener to requests; it never listens to a port. */
export function createApp(state: EmulatorState, everywhere = false): RequestListener {
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const [path = ''] = pathAndQuery(request).split('?', 1);
    const found = findRoute(request.method === 'HEAD' ? 'GET' : (request.method ?? ''), partsOf(path));
    const params = decoded(found?.params);
    const refusal = found?.route.isForEverybody ? undefined : refusalOf(request, state, everywhere);
    if (refusal !== undefined) return writeResponse(response, refusal, []);
    const body = readBodyText(request);
    const http = httpOf(request, params, body === undefined ? '' : await body);
    return answer(found?.route ?? restRoute(http), http, { state, request, response });
  };
  return (request, response) => {
    serve(request, response).catch((error: unknown) => fail(response, error));
  };
}

/** Refuses callers that are not on this machine, and names that do not stand for it (DNS rebinding). */
function refusalOf(
  { socket, headers }: IncomingMessage,
  { allowedHosts }: EmulatorState,
  everywhere: boolean,
): HttpResponse | undefined {
  if (!everywhere && !isLoopbackPeer(socket.remoteAddress))
    return forbidden('this emulator serves this machine only');
  return isLocalHostHeader(headers.host, allowedHosts) ? undefined : forbidden(strangeHost(headers.host));
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

/** An exchange between a client and one emulator. */
interface Exchange {
  readonly state: EmulatorState;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

async function answer(route: Route, http: HttpRequest, exchange: Exchange): Promise<void> {
  const { state, request, response } = exchange;
  const answered =
    route.at === undefined ? undefined : state.ledger.record(http, request.socket.remoteAddress ?? '');
  if (!KEYLESS.has(route.at)) await state.keys.ready();
  if (route.at === 'token') await fetchIssuerKeys(http, state);
  const faulted = respondTo(route, http, state);
  response.once('finish', () => answered?.(response.statusCode, faulted.response));
  return writeResponse(response, faulted.response, faulted.wire);
}

/** Microsoft Graph and Azure Resource Manager, whose paths have rules of their own, and what is nowhere. */
function restRoute(http: HttpRequest): Route {
  const route = { method: 'GET', path: '' } as const;
  if (isResourceManagerPath(http.path)) return { ...route, at: 'other', endpoint: nothingInAzure };
  if (!isGraphPath(http.path)) return { ...route, at: 'other', endpoint: NOWHERE };
  const endpoint = http.method === 'OPTIONS' ? preflight : graph;
  return { ...route, at: graphEndpointName(http), isGraph: true, endpoint };
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

/** @throws URIError for a part of a path that is not well encoded */
function decoded(params: Params = {}): Params {
  return Object.fromEntries(Object.entries(params).map(([name, part]) => [name, decodeURIComponent(part)]));
}

function httpOf(
  request: IncomingMessage,
  { tenant = '', id = '', policy = '' }: Params,
  bodyText: string,
): HttpRequest {
  return readRequest({
    method: request.method ?? '',
    origin: `${'encrypted' in request.socket ? 'https' : 'http'}://${request.headers.host ?? ''}`,
    url: pathAndQuery(request),
    headers: request.headers,
    ...{ tenant, id, policy, bodyText },
  });
}

/** Without the origin that comes first where a client takes this for its proxy (RFC 9112, section 3.2.2). */
function pathAndQuery({ url = '' }: IncomingMessage): string {
  return url.startsWith('/') ? url : url.replace(/^https?:\/\/[^/?]+/i, '');
}

/** A body too large or a malformed path is the caller's; the rest is ours. */
function fail(response: ServerResponse, error: unknown): void {
  const status = statusOf(error);
  if (status >= 500) console.error('the emulator failed:', error);
  if (response.headersSent) response.destroy();
  else void writeResponse(response, jsonResponse(status, { error: 'the request could not be served' }), []);
}

function statusOf(error: unknown): number {
  if (error instanceof BodyError) return error.status;
  return error instanceof URIError ? 400 : 500;
}
