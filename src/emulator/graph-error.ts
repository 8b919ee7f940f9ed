import { type Answer, jsonAnswer } from './answer.ts';
import type { Asked } from './asked.ts';
import { strictTransportSecurity } from './platform-headers.ts';

/** The codes of Microsoft Graph that the stand-in answers with, and their statuses (wire reference G5). */
const STATUSES = {
  BadRequest: 400,
  Request_BadRequest: 400,
  Request_UnsupportedQuery: 400,
  InvalidAuthenticationToken: 401,
  Authorization_RequestDenied: 403,
  Request_ResourceNotFound: 404,
  ImageNotFound: 404,
  ConsumerPhotoIsNotSupported: 404,
  NotImplemented: 501,
} as const;

/** A Graph error code. */
export type GraphCode = keyof typeof STATUSES;

/** A refusal by Microsoft Graph. */
export class GraphError extends Error {
  readonly code: GraphCode;
  readonly headers: Answer['headers'];

  constructor(code: GraphCode, message: string, headers: Answer['headers'] = {}) {
    super(message);
    this.code = code;
    this.headers = headers;
  }
}

/** Graph's `request-id` and echo of `client-request-id` (wire reference G6). */
export function graphHeaders(asked: Asked): Record<string, string> {
  const sent = asked.headers['client-request-id'];
  return {
    'request-id': asked.traceId,
    'client-request-id': typeof sent === 'string' ? sent : asked.traceId,
    'Cache-Control': 'no-cache',
    ...strictTransportSecurity(asked, 'max-age=31536000'),
    'x-ms-ags-diagnostic': JSON.stringify({
      ServerInfo: { DataCenter: 'Local', Slice: 'E', Ring: '1', ScaleUnit: '000', RoleInstance: 'STANDIN' },
    }),
  };
}

/** The body of a Graph error; its date has no zone (wire reference G5). */
export function graphErrorBody(asked: Asked, code: string, message: string, timeMs: number): unknown {
  const headers = graphHeaders(asked);
  return {
    error: {
      code,
      message,
      innerError: {
        date: new Date(timeMs).toISOString().slice(0, 19),
        'request-id': headers['request-id'],
        'client-request-id': headers['client-request-id'],
      },
    },
  };
}

/** A refusal as an answer. */
export function graphErrorAnswer(asked: Asked, refused: GraphError, timeMs: number): Answer {
  const body = graphErrorBody(asked, refused.code, refused.message, timeMs);
  const answer = jsonAnswer(STATUSES[refused.code], body, { ...graphHeaders(asked), ...refused.headers });
  return { ...answer, headers: { ...answer.headers, 'Content-Type': 'application/json' } };
}
