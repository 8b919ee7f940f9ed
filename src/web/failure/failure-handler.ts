import type { ErrorRequestHandler, Request } from 'express';
import { AppError, type ErrorCode, InteractionRequiredError, RequestError } from '../../errors.ts';

/** What a failed request leaves in the log, under the correlation id that the page shows. */
interface FailureReport {
  reason: ErrorCode;
  detail: string | undefined;
  explanation: string | undefined;
  upstream: AppError['upstream'] | undefined;
  cause: string | undefined;
  stack: string | undefined;
}

/** Comes before whatever shows failures: every error becomes one of this app's, and a response under way breaks off. */
export const failureHandler: ErrorRequestHandler = (thrown: unknown, request, response, next) => {
  if (response.headersSent) {
    response.locals.failure = failureReport(thrown);
    // Express would print the error on standard error, whatever it holds, and wait for that.
    response.destroy();
    return;
  }
  const error = explained(toAppError(thrown), request);
  if (!(error instanceof InteractionRequiredError)) response.locals.failure = failureReport(error);
  next(error);
};

/** The same for a route of scripts: they read what went wrong as JSON, and nobody is sent through a sign-in. */
export const failureAsJson: ErrorRequestHandler = (thrown: unknown, request, response, next) => {
  const error = explained(toAppError(thrown), request);
  if (response.headersSent) {
    next(error);
    return;
  }
  const { code, status, message, retryAfterSeconds } = error;
  response.locals.failure = failureReport(error);
  if (retryAfterSeconds !== undefined) response.set('Retry-After', `${retryAfterSeconds}`);
  response
    .status(status)
    .set('Cache-Control', 'no-store')
    .json({ error: code, message, correlationId: request.id });
};

/** A guest is refused for another reason than somebody whose permission is missing. */
function explained(error: AppError, request: Request): AppError {
  const { entra } = request as Partial<Pick<Request, 'entra'>>;
  if (error.code !== 'graph_forbidden' || entra?.account?.kind !== 'guest') return error;
  const { upstream, detail = '' } = error;
  return new RequestError('guest_no_directory', 403, 'A guest may not list this directory.', {
    upstream,
    detail,
  });
}

function toAppError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  const status = statusOf(thrown);
  if (status !== undefined) return new RequestError('bad_request', status, 'The request cannot be read.');
  return new InternalError('internal', 500, 'Something in this app failed.', { cause: thrown });
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
    stack: error instanceof InternalError && error.cause instanceof Error ? error.cause.stack : undefined,
  };
}
