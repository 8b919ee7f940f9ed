import type { Request, RequestHandler } from 'express';
import { ConfigurationError } from '../errors.ts';

/** Where an app is below its origin, and how much of that a proxy in front takes away. */
interface Place {
  basePath: string;
  takenAway: string;
}

const places = new WeakMap<object, Place>();

/**
 * Remembers for a request that its app is below a path: a router is mounted there, or a proxy takes the path away.
 * @throws ConfigurationError where the router is mounted elsewhere: Express says so with a request, not before
 */
export function rememberBasePath(request: Request, basePath: string): void {
  const { baseUrl: mount } = request;
  if (!basePath.toLowerCase().endsWith(mount.toLowerCase()))
    throw new ConfigurationError([
      `entra() is mounted at ${mount}: BASE_URL has to end with that path, and the redirect URI then begins with it`,
    ]);
  places.set(request, { basePath, takenAway: basePath.slice(0, basePath.length - mount.length) });
}

/** A path of the app as the browser has to be told it. */
export function publicPath(request: object, path: string): string {
  return `${places.get(request)?.basePath ?? ''}${path}`;
}

/** Path and query of a request as its browser has them. */
export function browserPathOf(request: Request): string {
  return `${places.get(request)?.takenAway ?? ''}${request.originalUrl}`;
}

/** Takes the base path of an app away, whether a proxy has done so or not: what follows is written without it. */
export function belowBasePath(basePath: string): RequestHandler {
  const prefix = new RegExp(`^${basePath.replaceAll('.', '\\.')}(?=[/?]|$)`, 'i');
  return (request, _response, next) => {
    const rest = request.url.replace(prefix, '');
    request.url = rest.startsWith('/') ? rest : `/${rest}`;
    request.originalUrl = request.url;
    rememberBasePath(request, basePath);
    next();
  };
}
