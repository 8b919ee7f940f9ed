import { type ErrorDetails, SignInError, UpstreamError, type UpstreamReport } from '../errors.ts';

type Body = Readonly<Record<string, unknown>>;

/** Longest lifetime that is believed: continuous access evaluation gives tokens of up to 28 hours. */
const MAX_EXPIRES_IN_SECONDS = 7 * 24 * 3600;

/**
 * Checks the shape of a token endpoint's response before MSAL sees it: MSAL looks at the presence of `error` only, so
 * that a `500 {}` would be a success with an empty token.
 * @throws UpstreamError `token_answer_refused` (502) for what is neither a token response (RFC 6749, section 5.1) nor
 *   an error response (section 5.2); `authority_throttled` (503) for 429, and `authority_unavailable` (503) for 5xx with an
 *   OAuth 2.0 error
 */
export function requireTokenResponse(
  status: number,
  body: Body,
  headers: Readonly<Record<string, string>>,
): void {
  if (status === 429 || status >= 500) throw overloaded(status, body, headers);
  if (body.error !== undefined) {
    requireErrorResponse(status, body);
    return;
  }
  if (status < 200 || status > 299) throw refused(status, 'an error status without an error');
  for (const [name, holds] of CHECKS) if (!holds(body)) throw refused(status, name);
}

const CHECKS: readonly (readonly [string, (body: Body) => boolean])[] = [
  ['access_token is no text', (body) => isText(body.access_token)],
  [
    'token_type is not Bearer',
    (body) => isText(body.token_type) && body.token_type.toLowerCase() === 'bearer',
  ],
  ['expires_in is no number of seconds', (body) => isLifetime(body.expires_in)],
  ['id_token is no text', (body) => isAbsentOrText(body.id_token)],
  ['refresh_token is no text', (body) => isAbsentOrText(body.refresh_token)],
  ['scope is no text', (body) => isAbsentOrText(body.scope)],
  ['client_info is no text', (body) => isAbsentOrText(body.client_info)],
];

function requireErrorResponse(status: number, body: Body): void {
  if (!isText(body.error)) throw refused(status, 'the error is no text');
  if (body.access_token !== undefined || body.id_token !== undefined || body.refresh_token !== undefined) {
    throw refused(status, 'tokens together with an error');
  }
}

function overloaded(status: number, body: Body, headers: Readonly<Record<string, string>>): UpstreamError {
  const upstream = reportOf(status, body);
  if (status !== 429 && body.error === undefined) return refused(status, 'a server error', upstream);
  return authorityBusy(status, {
    upstream,
    upstreamText: descriptionIn(body),
    retryAfterSeconds: boundedSeconds(headers['retry-after']),
  });
}

/** The error for a response of the platform that says that it cannot do its work now: 429, or a server error. */
export function authorityBusy(status: number, details: ErrorDetails): UpstreamError {
  return status === 429
    ? new UpstreamError('authority_throttled', 503, 'The identity platform is busy.', details)
    : new UpstreamError('authority_unavailable', 503, 'The identity platform is not available.', details);
}

function refused(status: number, reason: string, upstream: UpstreamReport = { status }): UpstreamError {
  return responseRefused(UNUSABLE, { detail: `${reason} (status ${status})`, upstream });
}

/** What is said of a response of the token endpoint that is none. */
export const UNUSABLE = 'The response of the token endpoint could not be used.';

/** The error for a response of the platform that is in no form that is believed. */
export function responseRefused(message: string, details: ErrorDetails): UpstreamError {
  return new UpstreamError('token_answer_refused', 502, message, details);
}

/** Number and correlation id of an error response of the platform (its page on error codes); what it wrote goes on apart. */
export function reportOf(status: number, body: Body): UpstreamReport {
  const codes = Array.isArray(body.error_codes) ? body.error_codes : [];
  const number: unknown = codes[0];
  return {
    status,
    ...(Number.isSafeInteger(number) ? { code: `AADSTS${number}` } : {}),
    ...(isText(body.correlation_id) && isIdentifier(body.correlation_id)
      ? { correlationId: body.correlation_id }
      : {}),
  };
}

/** What the platform wrote of an error, in its own words. */
export function descriptionIn({ error_description: text }: Body): string | undefined {
  return isText(text) ? text : undefined;
}

/** Seconds of a Retry-After header, between 1 and 3,600. */
export function boundedSeconds(text: string | undefined): number | undefined {
  if (text === undefined || !/^\d{1,9}$/.test(text)) return undefined;
  return Math.min(Math.max(Number(text), 1), 3_600);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function isAbsentOrText(value: unknown): boolean {
  return value === undefined || isText(value);
}

/** The v1 endpoint writes numbers as text, the v2.0 endpoint as numbers. */
function isLifetime(value: unknown): boolean {
  const seconds = typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value;
  return typeof seconds === 'number' && seconds > 0 && seconds <= MAX_EXPIRES_IN_SECONDS;
}

/** Whether a text is fit to be shown and logged as an id. */
export function isIdentifier(text: string): boolean {
  return /^[A-Za-z0-9._-]{1,100}$/.test(text);
}

/** Whether a text is an error code as OAuth 2.0 writes them, and so is no text of anybody's. */
export function isOauthError(text: string): boolean {
  return /^[a-z_]{1,60}$/.test(text);
}

/** The error for a sign-in whose token response held no usable ID token. */
export function idTokenRefused(reason: string, cause?: unknown, explanation?: string): SignInError {
  return new SignInError('id_token_refused', 400, 'The ID token was refused.', {
    detail: reason,
    cause,
    explanation,
  });
}
