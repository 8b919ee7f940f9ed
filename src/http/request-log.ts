import { randomUUID } from 'node:crypto';
import type { Request, RequestHandler, Response } from 'express';
import type { Logger } from 'pino';
import { createRouteNames, type RouteNames } from './route-names.ts';

declare module 'express-serve-static-core' {
  interface Locals {
    failure?: object;
  }
  interface Request {
    /** Correlation id: in the log, in the response, on the page, and in what is asked of Microsoft for this request. */
    id: string;
  }
}

/** Anybody can send others, of any name. */
function methodOf({ method }: Request): string {
  return ['GET', 'HEAD', 'POST', 'OPTIONS'].includes(method) ? method : 'other';
}

interface RequestLogSettings {
  logger: Logger;
  /** Patterns of every path that there is; asked for with the first request. */
  routes(): readonly string[];
  /** What stands for the person whose request it was; undefined for a visitor. */
  personOf(request: Request): object | undefined;
  /** Told of each request when its response is over. */
  onAnswered?: ((answered: Answered, request: Request) => void) | undefined;
}

/** A request and its response, in words of which there are not many. */
interface Answered {
  /** The pattern of its route, or `other`. */
  route: string;
  method: string;
  status: number;
  durationMs: number;
}

/**
 * One line per request under a correlation id, which the response carries too. It says which route was asked for and, by
 * a pseudonym, by whom, but not about whom: paths hold ids of people, the redirect URI's query holds codes, and other
 * queries hold what people search for.
 */
export function requestLog({ logger, routes, personOf, onAnswered }: RequestLogSettings): RequestHandler {
  let routeNames: RouteNames | undefined;
  let known: ReadonlySet<string> = new Set();
  const nameOf = (request: Request): string => {
    if (routeNames === undefined) {
      known = new Set(routes());
      routeNames = createRouteNames([...known]);
    }
    return routeNames(pathOf(request));
  };
  return (request, response, next) => {
    const startedAtMs = performance.now();
    request.id = randomUUID();
    response.setHeader('X-Correlation-Id', request.id);
    response.once('close', () => {
      const level = levelOf(response.statusCode);
      const isLogged = logger.isLevelEnabled(level);
      if (!isLogged && onAnswered === undefined) return;
      const route = nameOf(request);
      const durationMs = performance.now() - startedAtMs;
      const answered = {
        route: known.has(route) ? route : 'other',
        method: methodOf(request),
        status: response.statusCode,
        durationMs,
      };
      onAnswered?.(answered, request);
      if (isLogged)
        logger[level](lineOf(request, response, { route, person: personOf(request), durationMs }), 'request');
    });
    next();
  };
}

interface About {
  route: string;
  person: object | undefined;
  durationMs: number;
}

function lineOf(request: Request, response: Response, { route, person, durationMs }: About): object {
  return {
    req: { id: request.id, method: request.method, route },
    ...(person === undefined ? {} : { person }),
    ...response.locals.failure,
    res: { status: response.statusCode },
    ...(response.writableFinished ? {} : { aborted: true }),
    responseTime: Math.round(durationMs),
  };
}

function pathOf({ originalUrl }: Request): string {
  const query = originalUrl.indexOf('?');
  return query === -1 ? originalUrl : originalUrl.slice(0, query);
}

function levelOf(status: number): 'info' | 'warn' | 'error' {
  if (status >= 500) return 'error';
  return status >= 400 ? 'warn' : 'info';
}
