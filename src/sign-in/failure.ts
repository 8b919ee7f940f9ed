import type { Request, Response } from 'express';
import { type AppError, type ErrorCode, MissingError } from '../errors.ts';
import { type Remedy, remedyOf, topicOf } from '../failures/index.ts';
import { correlationIdOf } from '../http/index.ts';

/** What went wrong, for a page of the host's own or for a script. */
export interface Failure {
  /** docs/library.md lists them, such as `consent_required`. */
  code: ErrorCode;
  /** HTTP status of the response. */
  status: number;
  /** A sentence for an administrator. A page for people says it in their language. */
  message: string;
  /** `AADSTS65001`, or an API's own code. */
  upstreamCode: string | undefined;
  /** By which this app's log knows the request, and the platform too, which is sent the same id. */
  correlationId: string;
  /** The platform's or the API's own id, where it gave another. */
  upstreamCorrelationId: string | undefined;
  retryAfterSeconds: number | undefined;
  /** Who can put it right, and how. */
  remedy: Remedy;
  /** What is missing where a guard refused: roles, groups, scopes. */
  missing: readonly string[];
  /** Where a person signs in again and comes back to this page. */
  signInUrl: string;
}

/** Shows a failure instead of the plain page. */
export type RenderFailure = (failure: Failure, request: Request, response: Response) => void | Promise<void>;

/** What may be told of an error; its detail is for the log only. */
export function failureOf(error: AppError, request: Request, loginPath: string): Failure {
  const { code, status, message, upstream, retryAfterSeconds } = error;
  return {
    code,
    status,
    message,
    upstreamCode: upstream.code,
    correlationId: correlationIdOf(request),
    upstreamCorrelationId: upstream.correlationId,
    retryAfterSeconds,
    remedy: remedyOf(code, topicOf(code, upstream.code)),
    missing: error instanceof MissingError ? error.missing : [],
    signInUrl: `${loginPath}?${new URLSearchParams({ returnTo: request.originalUrl })}`,
  };
}
