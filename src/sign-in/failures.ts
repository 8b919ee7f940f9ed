import type { ErrorRequestHandler, NextFunction, Request, Response } from 'express';
import { AppError, InteractionRequiredError } from '../errors.ts';
import { ApiError } from '../graph/index.ts';
import { isFromScript } from '../http/index.ts';
import { consentUrlFor } from './consent-url.ts';
import { type Failure, failureOf } from './failure.ts';
import { sendFailurePage } from './failure-page.ts';
import { refuseCall } from './protected-api/index.ts';
import { stateOf } from './request-entra.ts';
import { signInAgain } from './sign-in-or-401.ts';
import { endSession } from './sign-out.ts';

/**
 * The last handler: leads people through a sign-in that a route turned out to need, and shows what went wrong: by the
 * option `renderFailure`, as JSON to scripts, else as a plain page. Errors that are not this library's go on.
 */
export function signInFailures(): ErrorRequestHandler {
  return (thrown: unknown, request: Request, response: Response, next: NextFunction) => {
    const error = thrown instanceof ApiError ? thrown.cause : thrown;
    if (response.headersSent || !(error instanceof AppError)) next(thrown);
    else if (error instanceof InteractionRequiredError) interact(error, request, response).catch(next);
    else show(error, request, response).catch(next);
  };
}

/** A person goes through a sign-in; the client of an API is told what only it can ask the person for. */
async function interact(
  error: InteractionRequiredError,
  request: Request,
  response: Response,
): Promise<void> {
  const caller = 'entra' in request ? request.entra.caller : undefined;
  const state = stateOf(request);
  if (caller !== undefined) {
    refuseCall(error, request, response, caller);
    return;
  }
  if (state === undefined) throw error;
  await signInAgain(state.parts, request, response, error).catch((failed: unknown) => {
    if (!(failed instanceof AppError)) throw failed;
    return show(failed, request, response);
  });
}

async function show(error: AppError, request: Request, response: Response): Promise<void> {
  const parts = stateOf(request)?.parts;
  // The session of a response for another account ends.
  if (error.code === 'account_changed' && parts !== undefined)
    await endSession(parts, request, response).catch(() => undefined);
  const consentUrl = parts === undefined ? undefined : await consentUrlFor(parts, request, error.code);
  const failure = failureOf(error, request, parts, consentUrl);
  parts?.onFailure(failure, error, request);
  response.status(failure.status).set('Cache-Control', 'no-store');
  if (failure.retryAfterSeconds !== undefined) response.set('Retry-After', `${failure.retryAfterSeconds}`);
  if (parts?.renderFailure !== undefined) await parts.renderFailure(failure, request, response);
  else if (isFromScript(request)) response.json(jsonOf(failure));
  else sendFailurePage(failure, request, response, parts?.redirectUri ?? '');
}

/** A script reads the code as the error. */
function jsonOf({ code, ...failure }: Failure): object {
  return { error: code, ...failure };
}
