import type { EndpointName } from './endpoint-name.ts';
import type { HttpRequest } from './request.ts';
import { type HttpResponse, withHeaders } from './response.ts';

/** What the scripts of other origins may ask besides Graph: discovery and tokens, as at the real platform. */
const OPEN: ReadonlySet<EndpointName> = new Set([
  'metadata',
  'instance',
  'keys',
  'token',
  'userinfo',
] as const);

const READABLE =
  'request-id, client-request-id, x-ms-request-id, x-ms-ags-diagnostic, Retry-After, WWW-Authenticate, OData-Version';

/** Whether the scripts of other origins may ask an endpoint. */
export function isOpenToScripts(at: EndpointName | undefined): boolean {
  return at !== undefined && OPEN.has(at);
}

/** The response with what a browser wants to see before a script of another origin may read it (Fetch, "CORS"). */
export function readableByScripts(response: HttpResponse, http: HttpRequest): HttpResponse {
  if (http.headers.origin === undefined) return response;
  return withHeaders(response, {
    'Access-Control-Allow-Origin': '*',
    'Access-Control-Expose-Headers': READABLE,
  });
}

/** The response to a browser that asks first (Fetch, "CORS-preflight"). */
export function preflight(http: HttpRequest): HttpResponse {
  const wanted = http.headers['access-control-request-headers'];
  return {
    status: 204,
    headers: {
      'Access-Control-Allow-Origin': '*',
      'Access-Control-Allow-Methods': 'GET, POST, PATCH, PUT, DELETE, OPTIONS',
      ...(wanted === undefined ? {} : { 'Access-Control-Allow-Headers': wanted }),
      'Access-Control-Max-Age': '600',
    },
    body: '',
  };
}
