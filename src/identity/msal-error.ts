import { AuthError, InteractionRequiredAuthError, ServerError } from '@azure/msal-node';
import { readClaimsRequest } from '../claims-request.ts';
import {
  AppError,
  type ErrorDetails,
  InteractionRequiredError,
  SignInError,
  UpstreamError,
  type UpstreamReport,
} from '../errors.ts';
import { isForAdministrator } from './admin-consent.ts';
import { NetworkFailure } from './network.ts';
import { idTokenRefused, isIdentifier, isOauthError, responseRefused, UNUSABLE } from './token-response.ts';

/**
 * Translates whatever a call of MSAL threw into an error of this app. The platform's own text may hold anything: its
 * number and ids are taken out of it, and it goes on apart.
 */
export function fromMsal(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof NetworkFailure) return error.reason;
  if (error instanceof InteractionRequiredAuthError) return interactionRequired(error);
  if (error instanceof ServerError) return platformRefusal(error);
  if (error instanceof AuthError && error.errorCode === 'nonce_mismatch')
    return idTokenRefused('nonce mismatch');
  const name = error instanceof AuthError ? error.errorCode : error instanceof Error ? error.name : 'unknown';
  return responseRefused(UNUSABLE, { detail: `MSAL: ${name}` });
}

function interactionRequired(error: InteractionRequiredAuthError): AppError {
  const upstream = reportOf(error, error.errorNo);
  const details = { detail: `MSAL: ${error.errorCode}`, upstream, upstreamText: textIn(error) };
  if (
    error.subError === 'consent_required' ||
    error.errorCode === 'consent_required' ||
    upstream.code === 'AADSTS65001'
  ) {
    return new SignInError('consent_required', 403, 'A permission was not consented to.', details);
  }
  if (isForAdministrator(upstream.code)) return administratorRequired(details);
  return new InteractionRequiredError('The identity platform wants to see the person.', {
    ...details,
    upstream: {
      ...upstream,
      suberror: isOauthError(error.subError) ? error.subError : undefined,
      claims: readClaimsRequest(error.claims),
    },
  });
}

function administratorRequired(details: ErrorDetails): SignInError {
  return new SignInError('admin_consent_required', 403, 'An administrator has to consent.', details);
}

/** OAuth 2.0 errors (RFC 6749, section 5.2) whose cause is this app's registration or credential. */
const CLIENT_ERRORS = new Set([
  'invalid_client',
  'unauthorized_client',
  'unsupported_grant_type',
  'invalid_scope',
]);

function platformRefusal(error: ServerError): AppError {
  const oauthError = isOauthError(error.errorCode) ? error.errorCode : undefined;
  const upstream = { ...reportOf(error, error.errorNo), error: oauthError };
  const detail = `token endpoint: ${oauthError ?? 'unknown'}`;
  const details = { detail, upstream, upstreamText: textIn(error) };
  if (isForAdministrator(upstream.code)) return administratorRequired(details);
  if (CLIENT_ERRORS.has(error.errorCode)) {
    return new UpstreamError('client_refused', 502, 'The identity platform refused this app.', details);
  }
  return new SignInError('sign_in_failed', 400, 'The identity platform refused the sign-in.', details);
}

/** MSAL puts the platform's `error_description` between other things that it was told. */
function textIn({ errorMessage }: AuthError): string | undefined {
  const description = / - Description: (.*) - Correlation ID: /s.exec(errorMessage)?.[1];
  return description === 'Not Available' ? undefined : description;
}

function reportOf(error: AuthError, errorNumber: string | undefined): UpstreamReport {
  const number = errorNumber ?? '';
  return {
    code: /^\d{4,9}$/.test(number) ? `AADSTS${number}` : undefined,
    correlationId: isIdentifier(error.correlationId ?? '') ? error.correlationId : undefined,
  };
}
