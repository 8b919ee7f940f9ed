import type { EndpointName, Found, HttpRequest, HttpResponse } from '../http/index.ts';
import { GraphError, orGraphError } from '../odata/index.ts';
import type { World } from '../state/index.ts';
import { batch } from './batch.ts';
import { readCaller } from './caller.ts';
import type { GraphCall } from './graph-call.ts';
import { graphNoContent, odataResponse } from './graph-json.ts';
import type { GraphRoute } from './graph-route.ts';
import { findGraphRoute } from './graph-routes.ts';

/** Whether a path is Microsoft Graph's: /v1.0, or /beta, which is the same here. */
export function isGraphPath(path: string): boolean {
  return /^\/(v1\.0|beta)(\/|$)/i.test(path);
}

/** The name that faults use for a call of Graph's. */
export function graphEndpointName({ method, path }: HttpRequest): EndpointName {
  return findGraphRoute(method, path)?.route.at ?? 'other';
}

/** Answers a call of Graph's, several of them in one where it is $batch. */
export function graph(http: HttpRequest, world: World): HttpResponse {
  if (/^\/[^/]+\/(\$|%24)batch$/i.test(http.path))
    return orGraphError(http, world, () => batch(http, world, (inner) => single(inner, world)));
  return single(http, world);
}

function single(http: HttpRequest, world: World): HttpResponse {
  return orGraphError(http, world, () => {
    const asked = { ...http, query: withSmallOptions(http.query) };
    const custom = customResponse(asked, world);
    if (custom !== undefined) return custom;
    const found = findGraphRoute(http.method, http.path);
    if (found === undefined) throw notHere(`${http.method} ${http.path}`);
    checkOptions(asked, found);
    const call: GraphCall = { http: asked, world, caller: readCaller(http, world), params: found.params };
    return found.route.endpoint(call);
  });
}

/**
 * The response that a seed or the control API gives to a call, for whatever the emulator does not have by itself.
 * @throws GraphError 401 without a good token
 */
function customResponse(http: HttpRequest, world: World): HttpResponse | undefined {
  const given = world.graphResponses.find(http.method, http.path.replace(/^\/[^/]+/, ''));
  if (given === undefined) return undefined;
  readCaller(http, world);
  return given.body === null ? graphNoContent(http) : odataResponse(http, given.body, 'minimal');
}

/** What Graph has and the emulator has not. */
function notHere(what: string): GraphError {
  return new GraphError(
    'NotImplemented',
    `The emulator does not have ${what}. A seed can give it a response ("graph").`,
  );
}

/** Names of query options are the same in capitals: `$orderBy` is `$orderby`. */
function withSmallOptions(query: HttpRequest['query']): HttpRequest['query'] {
  const small = (name: string): string => (name.startsWith('$') ? name.toLowerCase() : name);
  return Object.fromEntries(Object.entries(query).map(([name, value]) => [small(name), value]));
}

/** Values that an option may have, where there are few. */
const VALUES: Readonly<Record<string, RegExp>> = { $count: /^(true|false)$/i, $format: /json/i };

/** An option that a call does not have is refused, never ignored; so is a value. */
function checkOptions({ query }: HttpRequest, { route }: Found<GraphRoute>): void {
  const options = Object.keys(query).filter((name) => name.startsWith('$'));
  const unknown = options.find((name) => !route.options.includes(name));
  if (unknown !== undefined)
    throw new GraphError(
      'BadRequest',
      `The emulator does not have the query option '${unknown}' for ${route.path}.`,
    );
  const wrong = options.find((name) => VALUES[name]?.test(query[name] ?? '') === false);
  if (wrong !== undefined)
    throw new GraphError('BadRequest', `The emulator does not have ${wrong}=${query[wrong]}.`);
}
