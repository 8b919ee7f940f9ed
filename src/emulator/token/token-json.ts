import { type AadstsError, errorBody, incidentOf } from '../aadsts/index.ts';
import {
  type HttpRequest,
  type HttpResponse,
  jsonResponse,
  NO_STORE,
  platformCookies,
  platformHeaders,
} from '../http/index.ts';
import type { World } from '../state/index.ts';

/** A JSON response with the headers of the token endpoint (wire reference C4). */
export function tokenJson(http: HttpRequest, status: number, body: unknown): HttpResponse {
  return jsonResponse(status, body, {
    ...NO_STORE,
    ...platformHeaders(http),
    'client-request-id': http.correlationId,
    'x-ms-clitelem': '1,0,0,,',
    'Set-Cookie': platformCookies(),
  });
}

/** An error as the token endpoint tells it (wire reference C6). */
export function tokenError(http: HttpRequest, error: AadstsError, { now }: World): HttpResponse {
  return tokenJson(http, error.status, errorBody(error, incidentOf(http, now())));
}
