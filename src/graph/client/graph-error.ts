import { type AppError, type ErrorCode, UpstreamError, type UpstreamReport } from '../../errors.ts';
import { isObject } from '../../json-object.ts';
import { retryAfterMs } from './retry-after.ts';

/** Longest wait that is passed on to a person, in seconds. */
const MAX_RETRY_AFTER_SECONDS = 3_600;

const NOT_OFFERED =
  'Microsoft Graph, or the emulator in its place, does not offer this; docs/emulator.md lists what the emulator does.';

/** Turns an error response of Graph into an error of this app, beside which Graph's own text stands. */
export function graphError(
  status: number,
  body: Record<string, unknown> | undefined,
  headers: Readonly<Record<string, string>>,
): AppError {
  const upstream = reportOf(status, body, headers);
  const text = messageOf(body);
  const [code, pageStatus, message] = kindOf(status, upstream.code, text);
  const retryAfter = retryAfterMs(headers['retry-after'], Date.now());
  return new UpstreamError(code, pageStatus, message, {
    detail: `status ${status}`,
    upstream,
    upstreamText: text || undefined,
    retryAfterSeconds:
      retryAfter === undefined ? undefined : Math.min(Math.ceil(retryAfter / 1000), MAX_RETRY_AFTER_SECONDS),
  });
}

/** The error for a response of Graph that is in no form that is believed. */
export function responseRefused(message: string, detail?: string): UpstreamError {
  return new UpstreamError('graph_answer_refused', 502, message, { detail });
}

function kindOf(status: number, graphCode: string | undefined, message: string): [ErrorCode, number, string] {
  if (status === 429) return ['graph_throttled', 503, 'Microsoft Graph asks for patience.'];
  if (status === 501) return ['graph_not_offered', 502, NOT_OFFERED];
  if (status === 503 || status === 504)
    return ['graph_unavailable', 503, 'Microsoft Graph is not available.'];
  if (status >= 500) return ['graph_unavailable', 502, 'Microsoft Graph failed.'];
  if (status === 401) return ['graph_refused_token', 502, 'Microsoft Graph refuses the access token.'];
  if (status === 403) return ['graph_forbidden', 403, 'Microsoft Graph refuses this to the account.'];
  if (status === 404) return ['graph_not_found', 404, 'Microsoft Graph does not know this.'];
  if (graphCode === 'BadRequest' && message.includes('MSA accounts')) {
    return ['no_directory', 403, 'A personal account has no directory.'];
  }
  return ['graph_refused_request', 502, 'Microsoft Graph did not understand the request.'];
}

function reportOf(
  status: number,
  body: Record<string, unknown> | undefined,
  headers: Readonly<Record<string, string>>,
): UpstreamReport {
  const code = errorIn(body).code;
  const requestId = headers['request-id'] ?? headers['client-request-id'];
  return {
    status,
    code: isName(code) ? code : undefined,
    correlationId: isName(requestId) ? requestId : undefined,
  };
}

function messageOf(body: Record<string, unknown> | undefined): string {
  const message = errorIn(body).message;
  return typeof message === 'string' ? message : '';
}

function errorIn(body: Record<string, unknown> | undefined): Record<string, unknown> {
  return isObject(body?.error) ? body.error : {};
}

/** Codes and ids are shown: nothing but a name passes. */
function isName(value: unknown): value is string {
  return typeof value === 'string' && /^[A-Za-z0-9._-]{1,100}$/.test(value);
}
