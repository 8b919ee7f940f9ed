import { randomUUID } from 'node:crypto';
import type { Request, RequestHandler, Response } from 'express';
import type { Logger } from 'pino';

declare module 'express-serve-static-core' {
  interface Locals {
    failure?: object;
  }
  interface Request {
    /** Correlation id: in the log, in the answer, on the page, and in what is asked of Microsoft for this request. */
    id: string;
  }
}

const MAX_PATH_CHARACTERS = 200;

/**
 * One line per request under a correlation id, which the answer carries too. The path is logged without its query:
 * the redirect URI's holds codes, and others hold what people search for.
 */
export function requestLog(logger: Logger): RequestHandler {
  return (request, response, next) => {
    const startedAtMs = performance.now();
    request.id = randomUUID();
    response.setHeader('X-Correlation-Id', request.id);
    response.once('close', () => {
      const level = levelOf(response.statusCode);
      if (logger.isLevelEnabled(level)) logger[level](lineOf(request, response, startedAtMs), 'request');
    });
    next();
  };
}

function lineOf(request: Request, response: Response, startedAtMs: number): object {
  return {
    req: { id: request.id, method: request.method, path: pathOf(request) },
    ...response.locals.failure,
    res: { status: response.statusCode },
    ...(response.writableFinished ? {} : { aborted: true }),
    responseTime: Math.round(performance.now() - startedAtMs),
  };
}

function pathOf({ originalUrl }: Request): string {
  const query = originalUrl.indexOf('?');
  return originalUrl.slice(0, Math.min(query === -1 ? originalUrl.length : query, MAX_PATH_CHARACTERS));
}

function levelOf(status: number): 'info' | 'warn' | 'error' {
  if (status >= 500) return 'error';
  return status >= 400 ? 'warn' : 'info';
}
