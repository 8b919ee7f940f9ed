import type { Request, Response } from 'express';
import { type AppError, type ErrorCode, MissingError } from '../errors.ts';
import { type Remedy, remedyOf, topicOf } from '../failures/index.ts';
import { browserPathOf, correlationIdOf, publicPath } from '../http/index.ts';
import { destinationOf } from './authorization/index.ts';
import { type SignInAddress, signInUrl } from './sign-in-or-401.ts';

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
  /** Where an administrator consents, where that is what is missing. */
  adminConsentUrl: string | undefined;
  /** Path and query of the page that the person wanted, as their browser has them. */
  returnTo: string;
  /** Where a person signs in again and comes back to that page. */
  signInUrl: string;
}

/** Shows a failure instead of the plain page. */
export type RenderFailure = (failure: Failure, request: Request, response: Response) => void | Promise<void>;

/** Where nobody said how long a failure lasts that ends by itself. */
const RETRY_AFTER_503_SECONDS = 5;

const NO_SIGN_IN: SignInAddress = { loginPath: '/login', returnTo: () => '/' };

function waysBack(request: Request, address: SignInAddress): Pick<Failure, 'returnTo' | 'signInUrl'> {
  // The redirect URI's own address holds a code, which is nobody's to see.
  const path = destinationOf(request) ?? address.returnTo(browserPathOf(request));
  const returnTo = publicPath(request, path);
  return { returnTo, signInUrl: signInUrl(address, request, returnTo) };
}

/** What may be told of an error; its detail is for the log only. An API has no address to sign in at. */
export function failureOf(
  error: AppError,
  request: Request,
  address = NO_SIGN_IN,
  adminConsentUrl?: string,
): Failure {
  const { code, status, message, upstream, retryAfterSeconds } = error;
  return {
    code,
    status,
    message,
    upstreamCode: upstream.code,
    correlationId: correlationIdOf(request),
    upstreamCorrelationId: upstream.correlationId,
    retryAfterSeconds: retryAfterSeconds ?? (status === 503 ? RETRY_AFTER_503_SECONDS : undefined),
    remedy: remedyOf(code, topicOf(code, upstream.code)),
    missing: error instanceof MissingError ? error.missing : [],
    adminConsentUrl,
    ...waysBack(request, address),
  };
}
