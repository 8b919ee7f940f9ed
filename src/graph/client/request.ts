import { setTimeout as wait } from 'node:timers/promises';
import { inTime, startDeadline } from '../../deadline.ts';
import { type AppError, InteractionRequiredError } from '../../errors.ts';
import { jsonObject } from '../../json-object.ts';
import { type HttpResponse, textHeaders } from '../../network/index.ts';
import { retrying } from '../../retrying.ts';
import { readClaimsChallenge } from './claims-challenge.ts';
import { graphError } from './graph-error.ts';
import { headerOf, readResponse } from './response.ts';
import { retryAfterMs } from './retry-after.ts';
import { createTransport, type Sending, type Transport, timeoutOf } from './transport.ts';
import type {
  AccessTokenSource,
  GraphCall,
  GraphRequest,
  GraphResponse,
  GraphSettings,
  TokenOptions,
} from './types.ts';

const DEFAULTS = { timeoutMs: 8_000, maxBytes: 8 * 1024 * 1024, maxWaitMs: 3_000 } as const;
const MAX_RETRIES = 2;
const RETRIED_STATUSES = new Set([429, 503, 504]);
/** Without a Retry-After: so long before the first retry, and twice as long before the next. */
const FIRST_WAIT_MS = 500;
/** The identity platform's own deadline ends first, so that its failure is called by its name. */
const LATE_TOKEN_MS = 1_500;

/** Calls Graph with a token: waits out short throttling, and asks for another token once where Graph refuses the first. */
export function createGraphCall(settings: GraphSettings): GraphCall {
  const limits = { ...DEFAULTS, ...settings };
  const transport = createTransport(limits);
  return async (token, request) => {
    const deadline = startDeadline(limits.timeoutMs, request.signal);
    const send = (accessToken: string) =>
      sendWithRetries(transport, limits.maxWaitMs, { request, accessToken, signal: deadline.signal });
    try {
      return await responseOf(send, tokensInTime(token, limits.timeoutMs + LATE_TOKEN_MS, request), request);
    } finally {
      deadline.clear();
    }
  };
}

async function responseOf(
  send: (accessToken: string) => Promise<HttpResponse>,
  tokens: AccessTokenSource,
  request: GraphRequest,
): Promise<GraphResponse> {
  const first = await send(await tokens());
  if (first.status !== 401) return readResponse(first, request);
  const second = await send(await tokens(optionsAfter401(first)));
  if (second.status === 401) throw refusedTwice(second);
  return readResponse(second, request);
}

/**
 * Tokens may come so long and no longer after the call began, and while somebody waits for it: the renewal itself goes
 * on.
 */
function tokensInTime(token: AccessTokenSource, timeoutMs: number, request: GraphRequest): AccessTokenSource {
  const endsAtMs = performance.now() + timeoutMs;
  return (options) =>
    inTime(token(options), endsAtMs - performance.now(), () => timeoutOf(request), request.signal);
}

/** Microsoft's page on claims challenges: the challenge goes into the next token request, once. */
function optionsAfter401(response: HttpResponse): TokenOptions {
  const claims = readClaimsChallenge(headerOf(response, 'www-authenticate'));
  return claims === undefined ? { forceRefresh: true } : { claims };
}

function refusedTwice(response: HttpResponse): AppError {
  const claims = readClaimsChallenge(headerOf(response, 'www-authenticate'));
  const { upstream, upstreamText } = graphError(
    response.status,
    jsonObject(response.data),
    textHeaders(response),
  );
  return new InteractionRequiredError('Microsoft Graph refuses the access token.', {
    detail: 'refused again after one renewal',
    upstream: { ...upstream, claims },
    upstreamText,
  });
}

function sendWithRetries(
  transport: Transport,
  maxWaitMs: number,
  sending: Omit<Sending, 'retried'>,
): Promise<HttpResponse> {
  const { method = 'GET' } = sending.request;
  return retrying((retry) => transport({ ...sending, retried: retry > 0 }), {
    maxWaitMs,
    waitMsAfter: (outcome, { retry }) =>
      method === 'GET' && 'value' in outcome && retry < MAX_RETRIES
        ? waitBefore(retry, outcome.value)
        : undefined,
    wait: (ms) => waitUnlessOver(ms, sending),
  });
}

/** @returns undefined for a response that another request does not change */
function waitBefore(retry: number, response: HttpResponse): number | undefined {
  if (!RETRIED_STATUSES.has(response.status)) return undefined;
  const asked = retryAfterMs(headerOf(response, 'retry-after'), Date.now());
  return asked ?? FIRST_WAIT_MS * 2 ** retry + Math.random() * 100;
}

async function waitUnlessOver(waitMs: number, { signal, request }: Omit<Sending, 'retried'>): Promise<void> {
  try {
    await wait(waitMs, undefined, { signal });
  } catch {
    throw timeoutOf(request);
  }
}
