import { type HttpRequest, type HttpResponse, jsonResponse } from '../http/index.ts';
import type { World } from '../state/index.ts';
import { type Caller, readCaller } from './caller.ts';
import { GraphError, graphErrorResponse, graphHeaders } from './graph-error.ts';

const JSON_TYPE =
  'application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8';

/** Makes an endpoint of Graph: the caller is known before the endpoint runs, and refusals become answers. */
export function graphEndpoint(
  endpoint: (http: HttpRequest, world: World, caller: Caller) => HttpResponse,
): (http: HttpRequest, world: World) => HttpResponse {
  return (http, world) => {
    try {
      return endpoint(http, world, readCaller(http, world));
    } catch (error) {
      if (!(error instanceof GraphError)) throw error;
      return graphErrorResponse(http, error, world.now());
    }
  };
}

/** A successful Graph answer with the context that its metadata would explain (wire reference G2, G6). */
export function graphJson(
  http: HttpRequest,
  context: string,
  content: Readonly<Record<string, unknown>>,
): HttpResponse {
  const body = { '@odata.context': `${http.origin}/v1.0/$metadata#${context}`, ...content };
  return jsonResponse(200, body, {
    ...graphHeaders(http),
    'Content-Type': JSON_TYPE,
    'OData-Version': '4.0',
  });
}
