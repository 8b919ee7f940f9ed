import { randomUUID } from 'node:crypto';
import { AppError, InteractionRequiredError, UpstreamError } from '../../errors.ts';
import { responseRefused } from './graph-error.ts';
import { createGraphCall } from './request.ts';
import type { AccessTokenSource, GraphCall, GraphSettings, Method } from './types.ts';

/** An API that a person's access token opens, with JSON in and out. Each call rejects with an `ApiError`, or with an
 * `InteractionRequiredError` where the person has to sign in (again). */
export interface Api {
  /** @param path below the API's base URL, such as `/v1.0/me`, with its query */
  get(path: string): Promise<unknown>;
  post(path: string, json?: unknown): Promise<unknown>;
  patch(path: string, json?: unknown): Promise<unknown>;
  put(path: string, json?: unknown): Promise<unknown>;
  delete(path: string): Promise<unknown>;
  /** Every page of a list, following `@odata.nextLink` within the API; each page is one JSON object. */
  pages(path: string): AsyncGenerator<Record<string, unknown>, void, undefined>;
}

/** What an API said instead of doing what it was asked for. */
export class ApiError extends Error {
  /** HTTP status of the API's response; 502 where there was none, 504 where it came too late. */
  readonly status: number;
  /** The API's own code, such as `Request_ResourceNotFound`, or one of ours where it gave none. */
  readonly code: string;
  /** By which the API's own log knows the request. */
  readonly requestId: string | undefined;
  /** Seconds after which another try makes sense. */
  readonly retryAfterSeconds: number | undefined;

  constructor(cause: AppError) {
    super(cause.message, { cause });
    this.name = 'ApiError';
    this.status = cause.upstream.status ?? cause.status;
    this.code = cause.upstream.code ?? cause.code;
    this.requestId = cause.upstream.correlationId;
    this.retryAfterSeconds = cause.retryAfterSeconds;
  }
}

/** With which tokens and for whom an API is called. */
export interface ApiGiven {
  token: AccessTokenSource;
  /** Sent as `client-request-id`; absent: a new one for each call. */
  correlationId?: string;
  signal?: AbortSignal;
}

/** What is known of an API. */
interface ApiSettings extends Omit<GraphSettings, 'endpoint'> {
  /** What failures call it. Default: Microsoft Graph. */
  name?: string | undefined;
  /** What a person is asked for where the API sends them through a sign-in. Default: what every sign-in asks for. */
  scopes?: readonly string[] | undefined;
}

/** Where an API begins: its origin, and the path before every path of it. */
interface Base extends Pick<ApiSettings, 'name' | 'scopes'> {
  origin: string;
  folder: string;
}

/** Pages of one list: an API that goes on for ever is not followed for ever. */
const MOST_PAGES = 100_000;

/**
 * Makes an API's calls ready for the person who is signed in.
 * @param baseUrl such as `https://orders.example/v1`: requests go nowhere but below it. For Microsoft Graph, its origin
 */
export function createApi(baseUrl: string, settings: ApiSettings = {}): (given: ApiGiven) => Api {
  const base = new URL(baseUrl);
  const folder = base.pathname.replace(/\/+$/, '');
  const pathPrefixes = settings.pathPrefixes ?? [`${folder}/`];
  const call = createGraphCall({ ...settings, endpoint: base.origin, pathPrefixes });
  const { name, scopes } = settings;
  return (given) => apiOf(call, { origin: base.origin, folder, name, scopes }, given);
}

function apiOf(call: GraphCall, base: Base, { token, ...given }: ApiGiven): Api {
  const send = async (method: Method, path: string, json?: unknown): Promise<unknown> => {
    if (!isForJson(json)) throw new TypeError('The body of a call has to be what JSON can hold.');
    const request = {
      correlationId: randomUUID(),
      ...given,
      method,
      path: `${base.folder}${path}`,
      responseType: 'any json' as const,
    };
    try {
      return (await call(token, { ...request, ...(json === undefined ? {} : { json }) })).body;
    } catch (error) {
      throw apiErrorOf(error, base);
    }
  };
  return {
    get: (path) => send('GET', path),
    post: (path, json) => send('POST', path, json),
    patch: (path, json) => send('PATCH', path, json),
    put: (path, json) => send('PUT', path, json),
    delete: (path) => send('DELETE', path),
    async *pages(path) {
      let next: string | undefined = path;
      for (let page = 0; next !== undefined && page < MOST_PAGES; page += 1) {
        const body = (await send('GET', next)) as Record<string, unknown>;
        yield body;
        next = nextPath(body, base);
      }
    },
  };
}

/** Streams, bytes, maps, forms and the like would be sent as something else, or as nothing. */
function isForJson(body: unknown): boolean {
  if (typeof body !== 'object' || body === null)
    return typeof body !== 'function' && typeof body !== 'symbol';
  return !(Symbol.toStringTag in body || Symbol.asyncIterator in body);
}

/** The next page's path below the API's base. @throws ApiError where it leads away from the API */
function nextPath(body: Record<string, unknown>, { origin, folder }: Base): string | undefined {
  const link = body['@odata.nextLink'];
  if (link === undefined) return undefined;
  const url = typeof link === 'string' && URL.canParse(link) ? new URL(link) : undefined;
  if (url?.origin === origin && url.pathname.startsWith(`${folder}/`))
    return `${url.pathname.slice(folder.length)}${url.search}`;
  throw new ApiError(responseRefused('The link to the next page led away from the API.'));
}

function apiErrorOf(error: unknown, { name, scopes }: Base): unknown {
  if (error instanceof InteractionRequiredError) return error.asking(scopes);
  if (!(error instanceof AppError)) return error;
  if (name === undefined || !error.code.startsWith('graph_'))
    return error.code.startsWith('sign_in') ? error : new ApiError(error);
  const { code, status, detail = '', explanation, upstream, retryAfterSeconds } = error;
  const facts = { detail: `${code} ${detail}`, explanation, upstream, retryAfterSeconds };
  return new ApiError(
    new UpstreamError('api_failed', status, `The API "${name}" did not do what it was asked for.`, facts),
  );
}
