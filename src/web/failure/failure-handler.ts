import type { ErrorRequestHandler, Request, Response } from 'express';
import { AppError, type ErrorCode, RequestError } from '../../errors.ts';
import { sendPage } from '../../http/index.ts';
import type { FailurePage } from './failure-view.ts';

/** What a failed request leaves in the log, under the correlation id that the page shows. */
interface FailureReport {
  reason: ErrorCode;
  detail: string | undefined;
  explanation: string | undefined;
  upstream: AppError['upstream'] | undefined;
  cause: string | undefined;
  stack: string | undefined;
}

interface FailureSettings {
  /** Renders the page for this request. */
  render(request: Request, model: FailurePage): string;
  /** Where a sign-in or another try leads back to. */
  returnTo(request: Request): string;
  adminConsentUrl(request: Request, code: ErrorCode): Promise<string | undefined>;
  redirectUri: string;
  /** Ends the session of a response for another account. */
  endSession(request: Request, response: Response): Promise<void>;
  now: () => number;
}

/** Codes with which an administrator's consent is what is missing. */
const ADMIN_CONSENT_CODES: readonly ErrorCode[] = [
  'admin_consent_required',
  'admin_consent_declined',
  'admin_consent_failed',
  'consent_required',
  'graph_forbidden',
];
const RETRY_AFTER_503_SECONDS = 5;

/** The last handler: every error becomes a page in plain words and a report for the log. */
export function failureHandler(settings: FailureSettings): ErrorRequestHandler {
  return async (thrown: unknown, request, response, _next) => {
    const error = toAppError(thrown);
    response.locals.failure = failureReport(thrown);
    if (response.headersSent) {
      // Express would print the error on standard error, whatever it holds, and wait for that.
      response.destroy();
      return;
    }
    if (error.code === 'account_changed') await settings.endSession(request, response).catch(() => undefined);
    const page = await pageOf(settings, request, error);
    if (page.retryAfterSeconds !== undefined) response.set('Retry-After', String(page.retryAfterSeconds));
    sendPage(response, settings.render(request, page), error.status);
  };
}

async function pageOf(settings: FailureSettings, request: Request, error: AppError): Promise<FailurePage> {
  const needsAdministrator = ADMIN_CONSENT_CODES.includes(error.code);
  return {
    code: error.code,
    status: error.status,
    upstreamCode: error.upstream.code,
    upstreamCorrelationId: error.upstream.correlationId,
    retryAfterSeconds:
      error.retryAfterSeconds ?? (error.status === 503 ? RETRY_AFTER_503_SECONDS : undefined),
    adminConsentUrl: needsAdministrator
      ? await settings.adminConsentUrl(request, error.code).catch(() => undefined)
      : undefined,
    redirectUri: settings.redirectUri,
    correlationId: request.id,
    time: new Date(settings.now()),
    returnTo: settings.returnTo(request),
  };
}

function toAppError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  const status = statusOf(thrown);
  if (status !== undefined) return new RequestError('bad_request', status, 'The request cannot be read.');
  return new InternalError('internal', 500, 'Something in this app failed.');
}

class InternalError extends AppError {}

/** Express and its parsers mark a visitor's mistakes with a status below 500. */
function statusOf(thrown: unknown): number | undefined {
  const status = thrown instanceof Error && 'status' in thrown ? thrown.status : undefined;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : undefined;
}

/** What the log may know of something that was thrown. */
export function failureReport(thrown: unknown): FailureReport {
  const error = toAppError(thrown);
  const { claims: _claims, ...upstream } = error.upstream;
  return {
    reason: error.code,
    detail: error.detail,
    explanation: error.explanation,
    upstream: Object.keys(upstream).length === 0 ? undefined : upstream,
    cause: error.cause instanceof Error ? error.cause.name : undefined,
    stack: error.code === 'internal' && thrown instanceof Error ? thrown.stack : undefined,
  };
}
