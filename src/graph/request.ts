import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { setTimeout as wait } from 'node:timers/promises';
import axios, { type AxiosInstance, type AxiosRequestConfig, type AxiosResponse, isAxiosError } from 'axios';
import { type AppError, InteractionRequiredError, UpstreamError } from '../errors.ts';
import { readClaimsChallenge } from './claims-challenge.ts';
import { graphError } from './graph-error.ts';
import { retryAfterMs } from './retry-after.ts';

/** Why the access token at hand will not do. */
export interface TokenWishes {
  claims?: string;
  forceRefresh?: boolean;
}

/** Where the access token comes from: the signed-in person's, or the app's own. */
export type AccessTokenSource = (wishes?: TokenWishes) => Promise<string>;

export interface GraphSettings {
  /** Origin of Microsoft Graph. */
  endpoint: string;
  /** One deadline over a call with its retries. Default 8,000. */
  timeoutMs?: number;
  /** Of one decoded answer. Default 8 MiB. */
  maxBytes?: number;
  /** How long throttling may be waited out in all. Default 3,000. */
  maxWaitMs?: number;
  /** Told of each answer. */
  onCall?: (call: { status: number; durationMs: number; retried: boolean }) => void;
}

export interface GraphRequest {
  /** On the configured origin; `/v1.0/users?$top=50`. */
  path: string;
  headers?: Readonly<Record<string, string>>;
  /** Sent as `client-request-id`, so that the app's log and Graph's know the call by one name. */
  correlationId: string;
  /** Gives the call up, for instance when the visitor went away. */
  signal?: AbortSignal;
  responseType?: 'json' | 'bytes';
  /** Of this answer, where it may be smaller than usual. */
  maxBytes?: number;
}

export interface GraphAnswer {
  status: number;
  headers: Readonly<Record<string, string>>;
  /** A JSON object, or bytes where those were asked for. */
  body: unknown;
}

/** One call of Microsoft Graph with one source of tokens. */
export type GraphCall = (token: AccessTokenSource, request: GraphRequest) => Promise<GraphAnswer>;

const DEFAULTS = { timeoutMs: 8_000, maxBytes: 8 * 1024 * 1024, maxWaitMs: 3_000 } as const;
/** Idle connections are given up before the other side's usual five seconds, so that few are found dead. */
const KEEP_ALIVE = { keepAlive: true, timeout: 4_000 } as const;
const MAX_RETRIES = 2;
const RETRIED_STATUSES = new Set([429, 503, 504]);
/** Without a Retry-After: so long before the first retry, and twice as long before the next. */
const FIRST_WAIT_MS = 500;

/**
 * The only way from this app to Microsoft Graph. The token goes to the configured origin and nowhere else: paths are
 * resolved against it and checked, and no redirect is followed.
 */
export function createGraphCall(settings: GraphSettings): GraphCall {
  const limits = { ...DEFAULTS, ...settings };
  const client = axios.create({
    httpAgent: new HttpAgent(KEEP_ALIVE),
    httpsAgent: new HttpsAgent(KEEP_ALIVE),
    maxRedirects: 0,
    maxContentLength: limits.maxBytes,
    proxy: false,
    responseType: 'arraybuffer',
    validateStatus: () => true,
  });
  return async (token, request) => {
    const deadline = AbortSignal.timeout(limits.timeoutMs);
    const send = (accessToken: string) => sendWithRetries(client, limits, deadline, request, accessToken);
    const first = await send(await token());
    if (first.status !== 401) return readAnswer(first, request);
    const wishes = wishesAfter401(first);
    const second = await send(await token(wishes));
    if (second.status === 401) throw refusedTwice(second);
    return readAnswer(second, request);
  };
}

type Limits = Required<Pick<GraphSettings, 'timeoutMs' | 'maxBytes' | 'maxWaitMs'>> & GraphSettings;
type RawAnswer = AxiosResponse<Buffer>;

/** Microsoft's page on claims challenges: the challenge goes into the next token request, once. */
function wishesAfter401(answer: RawAnswer): TokenWishes {
  const claims = readClaimsChallenge(headerOf(answer, 'www-authenticate'));
  return claims === undefined ? { forceRefresh: true } : { claims };
}

function refusedTwice(answer: RawAnswer): AppError {
  const claims = readClaimsChallenge(headerOf(answer, 'www-authenticate'));
  const { upstream } = graphError(answer.status, parseObject(answer.data), textHeaders(answer));
  return new InteractionRequiredError('Microsoft Graph refuses the access token.', {
    detail: 'refused again after one renewal',
    upstream: { ...upstream, claims },
  });
}

async function sendWithRetries(
  client: AxiosInstance,
  limits: Limits,
  deadline: AbortSignal,
  request: GraphRequest,
  accessToken: string,
): Promise<RawAnswer> {
  let waitedMs = 0;
  for (let retry = 0; ; retry += 1) {
    const answer = await sendOnce(client, limits, deadline, request, accessToken, retry > 0);
    if (!RETRIED_STATUSES.has(answer.status) || retry === MAX_RETRIES) return answer;
    const waitMs = waitBefore(retry, answer);
    if (waitedMs + waitMs > limits.maxWaitMs) return answer;
    await waitUnlessOver(waitMs, deadline, request);
    waitedMs += waitMs;
  }
}

function waitBefore(retry: number, answer: RawAnswer): number {
  const asked = retryAfterMs(headerOf(answer, 'retry-after'), Date.now());
  return asked ?? FIRST_WAIT_MS * 2 ** retry + Math.random() * 100;
}

async function waitUnlessOver(waitMs: number, deadline: AbortSignal, request: GraphRequest): Promise<void> {
  const signal = request.signal ? AbortSignal.any([deadline, request.signal]) : deadline;
  try {
    await wait(waitMs, undefined, { signal });
  } catch {
    throw timeoutOf(request);
  }
}

async function sendOnce(
  client: AxiosInstance,
  limits: Limits,
  deadline: AbortSignal,
  request: GraphRequest,
  accessToken: string,
  retried: boolean,
): Promise<RawAnswer> {
  const startedAtMs = performance.now();
  const url = resolveOnGraph(limits.endpoint, request.path);
  try {
    const answer = await getOverLiveSocket(client, url.href, {
      headers: {
        Accept: 'application/json',
        ...request.headers,
        'client-request-id': request.correlationId,
        Authorization: `Bearer ${accessToken}`,
      },
      signal: request.signal ? AbortSignal.any([deadline, request.signal]) : deadline,
      maxContentLength: Math.min(request.maxBytes ?? limits.maxBytes, limits.maxBytes),
    });
    limits.onCall?.({ status: answer.status, durationMs: performance.now() - startedAtMs, retried });
    return answer;
  } catch (error) {
    limits.onCall?.({ status: 0, durationMs: performance.now() - startedAtMs, retried });
    throw networkError(error, deadline, request);
  }
}

/** A kept connection may have died unnoticed: then, once, over a new one. */
async function getOverLiveSocket(
  client: AxiosInstance,
  url: string,
  config: AxiosRequestConfig,
): Promise<RawAnswer> {
  try {
    return await client.get<Buffer>(url, config);
  } catch (error) {
    if (!isAxiosError(error) || error.code !== 'ECONNRESET' || !isReused(error.request)) throw error;
    return client.get<Buffer>(url, config);
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

function resolveOnGraph(endpoint: string, path: string): URL {
  const url = URL.canParse(path, endpoint) ? new URL(path, endpoint) : undefined;
  if (url?.origin === endpoint && url.pathname.startsWith('/v1.0/')) return url;
  throw new UpstreamError('graph_answer_refused', 502, 'A path led away from Microsoft Graph.');
}

/** Takes over the kind of failure and nothing else: an axios error holds the bearer token. */
function networkError(error: unknown, deadline: AbortSignal, request: GraphRequest): UpstreamError {
  if (deadline.aborted || request.signal?.aborted) return timeoutOf(request);
  const code = isAxiosError(error) ? (error.code ?? 'unknown') : 'unknown';
  if (code === 'ERR_BAD_RESPONSE') {
    return new UpstreamError(
      'graph_answer_refused',
      502,
      'The answer of Microsoft Graph was too large or broken.',
      {
        detail: code,
      },
    );
  }
  return new UpstreamError('graph_unreachable', 502, 'Microsoft Graph could not be reached.', {
    detail: code,
  });
}

function timeoutOf(request: GraphRequest): UpstreamError {
  const detail = request.signal?.aborted ? 'the visitor went away' : 'the deadline passed';
  return new UpstreamError('graph_timeout', 504, 'Microsoft Graph did not answer in time.', { detail });
}

function readAnswer(answer: RawAnswer, request: GraphRequest): GraphAnswer {
  const { status } = answer;
  const headers = textHeaders(answer);
  if (status >= 300 && status < 400) {
    throw new UpstreamError('graph_answer_refused', 502, 'Microsoft Graph answered with a redirect.', {
      detail: `status ${status}`,
    });
  }
  if (status < 200 || status > 299) throw graphError(status, parseObject(answer.data), headers);
  if (request.responseType === 'bytes') return { status, headers, body: answer.data };
  const body = parseObject(answer.data);
  if (body !== undefined) return { status, headers, body };
  throw new UpstreamError('graph_answer_refused', 502, 'Microsoft Graph did not answer with a JSON object.', {
    detail: `status ${status}`,
  });
}

function parseObject(bytes: Buffer): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

function headerOf(answer: RawAnswer, name: string): string | undefined {
  const value: unknown = answer.headers[name];
  return typeof value === 'string' ? value : undefined;
}

function textHeaders(answer: RawAnswer): Record<string, string> {
  const pairs = Object.entries(answer.headers).filter(
    (pair): pair is [string, string] => typeof pair[1] === 'string',
  );
  return Object.fromEntries(pairs);
}
