import { connectionTrouble, silenceOf } from '../../connection-trouble.ts';
import { UpstreamError } from '../../errors.ts';
import {
  createHttpClient,
  type HttpClient,
  type HttpLimits,
  type HttpRequest,
  type HttpResponse,
  isAxiosError,
} from '../../network/index.ts';
import { responseRefused } from './graph-error.ts';
import type { GraphRequest, GraphSettings } from './types.ts';

/** One request on its way to Graph. */
export interface Sending {
  request: GraphRequest;
  accessToken: string;
  /** Ends all tries of a call. */
  signal: AbortSignal;
  retried: boolean;
}

/** Sends once; rejects with UpstreamError for everything but a response. */
export type Transport = (sending: Sending) => Promise<HttpResponse>;

type TransportLimits = GraphSettings & HttpLimits;

/**
 * The only way from this app to Microsoft Graph. The token goes to the configured origin and nowhere else: paths are
 * resolved against it and checked, and no redirect is followed.
 */
export function createTransport(limits: TransportLimits): Transport {
  const client = createHttpClient(limits);
  return (sending) => sendOnce(client, limits, sending);
}

async function sendOnce(
  client: HttpClient,
  limits: TransportLimits,
  sending: Sending,
): Promise<HttpResponse> {
  const { request, accessToken, signal, retried } = sending;
  const startedAtMs = performance.now();
  const { method = 'GET', json } = request;
  const url = resolveOnApi(limits, request.path);
  try {
    const response = await sendOverLiveSocket(client, {
      method,
      url: url.href,
      headers: {
        ...limits.headers?.(),
        Accept: 'application/json',
        ...(json === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...request.headers,
        'client-request-id': request.correlationId,
        Authorization: `Bearer ${accessToken}`,
      },
      body: json === undefined ? undefined : JSON.stringify(json),
      signal,
      maxBytes: request.maxBytes,
    });
    limits.onCall?.({ status: response.status, durationMs: performance.now() - startedAtMs, retried });
    return response;
  } catch (error) {
    limits.onCall?.({ status: 0, durationMs: performance.now() - startedAtMs, retried });
    throw networkError(error, sending, limits.endpoint);
  }
}

/** A kept connection may have died unnoticed: then, once, over a new one. */
async function sendOverLiveSocket(client: HttpClient, request: HttpRequest): Promise<HttpResponse> {
  try {
    return await client(request);
  } catch (error) {
    const isDead = isAxiosError(error) && error.code === 'ECONNRESET' && isReused(error.request);
    if (!isDead || request.method !== 'GET') throw error;
    return client(request);
  }
}

function isReused(request: unknown): boolean {
  return (
    typeof request === 'object' &&
    request !== null &&
    'reusedSocket' in request &&
    request.reusedSocket === true
  );
}

function resolveOnApi({ endpoint, pathPrefixes = ['/v1.0/'] }: TransportLimits, path: string): URL {
  const url = URL.canParse(path, endpoint) ? new URL(path, endpoint) : undefined;
  if (url?.origin === endpoint && pathPrefixes.some((prefix) => url.pathname.startsWith(prefix))) return url;
  throw responseRefused('A path led away from Microsoft Graph.');
}

/** Takes over the kind of failure and nothing else: an axios error holds the bearer token. */
function networkError(error: unknown, { signal, request }: Sending, endpoint: string): UpstreamError {
  const { host } = new URL(endpoint);
  if (signal.aborted) return timeoutOf(request, silenceOf(host, error));
  const code = isAxiosError(error) ? (error.code ?? 'unknown') : 'unknown';
  if (code === 'ERR_BAD_RESPONSE')
    return responseRefused('The response of Microsoft Graph was too large or broken.', code);
  return new UpstreamError('graph_unreachable', 502, 'Microsoft Graph could not be reached.', {
    detail: code,
    explanation: connectionTrouble(error, host),
  });
}

/**
 * The error for a call whose time is over, or whose visitor is gone.
 * @param explanation of the time, for the people who run the app
 */
export function timeoutOf(request: GraphRequest, explanation?: string): UpstreamError {
  const why = request.signal?.aborted
    ? { detail: 'the visitor went away' }
    : { detail: 'the deadline passed', explanation };
  return new UpstreamError('graph_timeout', 504, 'Microsoft Graph did not answer in time.', why);
}
