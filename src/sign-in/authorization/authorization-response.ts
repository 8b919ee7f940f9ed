import {
  type AppError,
  RequestError,
  SignInError,
  UpstreamError,
  type UpstreamReport,
} from '../../errors.ts';
import type { QueryParameters } from '../../http/index.ts';
import { isForAdministrator } from '../../identity/index.ts';

/**
 * Reads the code of an authorization response (RFC 6749, section 4.1.2) whose state has been checked.
 * @param isForMore whether a person who is signed in was asked for further permissions, and goes on without them
 * @throws AppError for an error response, with or without a code beside it
 */
export function readCode(parameters: QueryParameters, isForMore: boolean): string {
  const ifDeclined = isForMore ? moreDeclined : declined;
  if (parameters.error !== undefined) throw errorResponse(parameters, ifDeclined);
  const { code } = parameters;
  if (code === undefined || !/^[\x21-\x7e]+$/.test(code)) {
    throw new RequestError('bad_request', 400, 'The response of the identity platform holds no code.');
  }
  return code;
}

/**
 * The `iss` of a response of the identity platform (RFC 9207, section 2).
 * @returns undefined where it is absent only: what is repeated or empty is an issuer of the name '', which nobody has
 */
export function readIssuer({ iss }: { iss?: unknown }): string | undefined {
  if (iss === undefined) return undefined;
  return typeof iss === 'string' ? iss : '';
}

/** RFC 6749, section 4.1.2.1; the description is somebody else's text, so only its AADSTS number is used. */
function errorResponse(parameters: QueryParameters, ifDeclined: Make): AppError {
  const upstream = reportOf(parameters);
  const details = { detail: `authorization endpoint: ${upstream.error ?? 'unknown'}`, upstream };
  if (isForAdministrator(upstream.code)) {
    return new SignInError('admin_consent_required', 403, 'An administrator has to consent.', details);
  }
  if (isDeclined(upstream)) return ifDeclined(details);
  const make = ERRORS.get(parameters.error ?? '');
  return (
    make?.(details) ??
    new SignInError('sign_in_failed', 400, 'The identity platform refused the sign-in.', details)
  );
}

/**
 * The platform denies access to people who declined, and to those whom it does not let in. The user flows of Azure AD
 * B2C have codes of their own for somebody who pressed the other button.
 */
function isDeclined({ error, code = '' }: UpstreamReport): boolean {
  if (error === 'access_denied') return /^(AADSTS65004|AADB2C.*|)$/.test(code);
  return error === 'consent_required' && code === 'AADSTS65004';
}

type Make = (details: { detail: string; upstream: UpstreamReport }) => AppError;

const declined: Make = (details) =>
  new SignInError('sign_in_declined', 403, 'The sign-in was declined.', details);
const moreDeclined: Make = (details) =>
  new SignInError('permission_declined', 403, 'A further permission was declined.', details);
const busy: Make = (details) =>
  new UpstreamError('authority_unavailable', 503, 'The identity platform is not available.', details);
const wrongClient: Make = (details) =>
  new UpstreamError('client_refused', 502, 'The identity platform refused this app.', details);

const denied: Make = (details) =>
  new SignInError('sign_in_failed', 403, 'The identity platform denied access.', details);
const consentRequired: Make = (details) =>
  new SignInError('consent_required', 403, 'A permission was not consented to.', details);

const ERRORS: ReadonlyMap<string, Make> = new Map([
  ['access_denied', denied],
  ['consent_required', consentRequired],
  ['temporarily_unavailable', busy],
  ['server_error', busy],
  ['invalid_request', wrongClient],
  ['invalid_scope', wrongClient],
  ['invalid_resource', wrongClient],
  ['unauthorized_client', wrongClient],
  ['unsupported_response_type', wrongClient],
]);

function reportOf(parameters: QueryParameters): UpstreamReport {
  const { error = '' } = parameters;
  return { error: /^[a-z_]{1,60}$/.test(error) ? error : undefined, code: platformCode(parameters) };
}

/** The platform's number for an error, `AADSTS65004`; nothing else of its text. */
export function platformCode({
  error_uri = '',
  error_description = '',
}: QueryParameters): string | undefined {
  const number =
    error_uri.match(/[?&]code=(\d{4,9})\b/)?.[1] ?? error_description.match(/^AADSTS(\d{4,9}):/)?.[1];
  const b2c = error_description.match(/^(AADB2C\d{5}):/)?.[1];
  return number === undefined ? b2c : `AADSTS${number}`;
}
