import type { Express, IRouter, Request, RequestHandler, Response } from 'express';
import { RequestError } from '../errors.ts';
import { publicPath } from './base-path.ts';
import { redirect } from './redirect.ts';
import { routesOf } from './routes-of.ts';

interface KnownPathSettings {
  /** Names of files in the root of the app. */
  files: Iterable<string>;
  /** Paths that do something by GET, which a HEAD may not do. */
  notByHead: readonly string[];
}

interface KnownPath {
  /** As it is written in the app, in another case or with slashes at its end; what its parameters stand for is caught. */
  pattern: RegExp;
  segments: readonly string[];
  /** In the order of the `Allow` header. */
  methods: readonly string[];
}

/**
 * Comes after all routes, and answers what none of them does, from the app's own routes: another method than a path takes (RFC 9110, section 15.5.6),
 * OPTIONS, and a path in another case or with a slash at its end, which leads to the one that is meant.
 */
export function knownPaths(app: Express, settings: KnownPathSettings): RequestHandler {
  let known: readonly KnownPath[] | undefined;
  return (request, response, next) => {
    known ??= readKnownPaths(app.router, settings); // every route is there by the first request
    const { path } = request;
    const found = known.find(({ pattern }) => pattern.test(path));
    if (found === undefined || !isAnswered(found, request, response)) next();
  };
}

/** @throws RequestError where the path takes another method */
function isAnswered(found: KnownPath, request: Request, response: Response): boolean {
  const { method, path } = request;
  const meant = pathMeant(found, path);
  if (method !== 'OPTIONS' && found.methods.includes(method) && path === meant) return false;
  const allowed = found.methods.join(', ');
  if (method === 'OPTIONS') response.status(204).set('Allow', allowed).end();
  else if (found.methods.includes(method)) sendTo(response, `${meant}${queryOf(request)}`, method);
  else {
    response.set('Allow', allowed);
    throw new RequestError('method_not_allowed', 405, 'This page does not take such a request.');
  }
  return true;
}

/** Begins with a segment of the app's own, so it leads to no other host, whatever stands behind it. */
function pathMeant({ pattern, segments }: KnownPath, path: string): string {
  const given = pattern.exec(path)?.slice(1) ?? [];
  return `/${segments.map((segment) => (isParameter(segment) ? given.shift() : segment)).join('/')}`;
}

/** A form that was posted is posted again. */
function sendTo(response: Response, location: string, method: string): void {
  if (method === 'GET' || method === 'HEAD') redirect(response, location);
  else response.status(307).set('Location', publicPath(response.req, location)).end();
}

function queryOf({ originalUrl }: Request): string {
  const start = originalUrl.indexOf('?');
  return start === -1 ? '' : originalUrl.slice(start);
}

function readKnownPaths(router: IRouter, { files, notByHead }: KnownPathSettings): KnownPath[] {
  const methodsOf = new Map([...files].map((name) => [`/${name}`, new Set(['GET'])]));
  for (const [path, method] of routesOf(router)) {
    methodsOf.set(path, (methodsOf.get(path) ?? new Set()).add(method));
  }
  return [...methodsOf].map(([path, methods]) => {
    const segments = path.split('/').slice(1);
    const takesHead = methods.has('GET') && !notByHead.includes(path);
    return {
      pattern: patternOf(segments),
      segments,
      methods: [...methods, ...(takesHead ? ['HEAD'] : [])].toSorted(),
    };
  });
}

function patternOf(segments: readonly string[]): RegExp {
  if (segments.join('') === '') return /^\/$/;
  const parts = segments.map((one) => (isParameter(one) ? '([^/]+)' : one.replaceAll(/[^\w-]/g, '\\$&')));
  return new RegExp(`^/${parts.join('/')}/*$`, 'i');
}

function isParameter(segment: string): boolean {
  return segment.startsWith(':');
}
