import { type HttpRequest, type HttpResponse, jsonResponse } from '../http/index.ts';
import { graphHeaders } from '../odata/index.ts';
import type { World } from '../state/index.ts';
import { readCaller } from './caller.ts';

/**
 * The response that a seed or the control API gives to a call, for whatever the emulator does not have by itself.
 * @throws GraphError 401 without a good token
 */
export function customResponse(http: HttpRequest, world: World): HttpResponse | undefined {
  const path = http.path.replace(/^\/[^/]+/, '');
  const given = world.graphResponses.find(http.method, path);
  if (given === undefined) return undefined;
  readCaller(http, world);
  if (given.body === null) return { status: 204, headers: graphHeaders(http), body: '' };
  return jsonResponse(200, given.body, {
    ...graphHeaders(http),
    'Content-Type':
      'application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8',
    'OData-Version': '4.0',
  });
}
