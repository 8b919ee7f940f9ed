import { type HttpRequest, type HttpResponse, jsonResponse, strictTransportSecurity } from '../http/index.ts';

/** The codes of Microsoft Graph that the emulator answers with, and their statuses (wire reference G5). */
const STATUSES = {
  BadRequest: 400,
  Request_BadRequest: 400,
  Request_UnsupportedQuery: 400,
  InvalidAuthenticationToken: 401,
  Authorization_RequestDenied: 403,
  Request_ResourceNotFound: 404,
  ImageNotFound: 404,
  Request_MultipleObjectsWithSameKeyValue: 409,
  syncStateNotFound: 410,
  ConsumerPhotoIsNotSupported: 404,
  NotImplemented: 501,
} as const;

/** A Graph error code. */
type GraphCode = keyof typeof STATUSES;

/** An error of Microsoft Graph's. */
export class GraphError extends Error {
  readonly code: GraphCode;
  readonly headers: HttpResponse['headers'];

  constructor(code: GraphCode, message: string, headers: HttpResponse['headers'] = {}) {
    super(message);
    this.code = code;
    this.headers = headers;
  }
}

/** What is answered, or the error that refuses it. */
export function orGraphError(
  http: HttpRequest,
  { now }: { now(): number },
  respond: () => HttpResponse,
): HttpResponse {
  try {
    return respond();
  } catch (error) {
    if (error instanceof GraphError) return graphErrorResponse(http, error, now());
    throw error;
  }
}

/** Graph's `request-id` and echo of `client-request-id` (wire reference G6). */
export function graphHeaders(http: HttpRequest): Record<string, string> {
  const sent = http.headers['client-request-id'];
  return {
    'request-id': http.traceId,
    'client-request-id': typeof sent === 'string' ? sent : http.traceId,
    'Cache-Control': 'no-cache',
    ...strictTransportSecurity(http, 'max-age=31536000'),
    'x-ms-ags-diagnostic': JSON.stringify({
      ServerInfo: { DataCenter: 'Local', Slice: 'E', Ring: '1', ScaleUnit: '000', RoleInstance: 'EMULATOR' },
    }),
  };
}

/** An error as a response; its date has no zone (wire reference G5). */
export function graphErrorResponse(http: HttpRequest, error: GraphError, timeMs: number): HttpResponse {
  const { code, message } = error;
  const headers = graphHeaders(http);
  const innerError = {
    date: new Date(timeMs).toISOString().slice(0, 19),
    'request-id': headers['request-id'],
    'client-request-id': headers['client-request-id'],
  };
  return jsonResponse(
    STATUSES[code],
    { error: { code, message, innerError } },
    { ...headers, ...error.headers, 'Content-Type': 'application/json' },
  );
}
