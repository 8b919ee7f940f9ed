import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import {
  AuthError,
  type INetworkModule,
  type NetworkRequestOptions,
  type NetworkResponse,
} from '@azure/msal-node';
import axios, { type AxiosInstance, type AxiosResponse, isAxiosError } from 'axios';
import { type AppError, UpstreamError } from '../errors.ts';
import { reportOf, requireTokenAnswer } from './token-answer.ts';

export interface NetworkLimits {
  /** One deadline over connecting, headers and body of a token request. Default 8,000. */
  timeoutMs?: number;
  /** The same for the authority's documents, which a sign-in waits for before its token request. Default 4,000. */
  documentTimeoutMs?: number;
  /** Of the decoded body. Default 1 MiB. */
  maxBytes?: number;
  /** Told of each exchange; status 0 is no answer. */
  onExchange?: (exchange: { status: number; durationMs: number }) => void;
}

/** Requests to the identity platform, and to nobody else. */
export interface IdentityNetwork {
  /** A JSON object from one of the authority's documents. */
  getJson(url: string, allowedOrigin: string): Promise<Record<string, unknown>>;
  /** MSAL's network module for one authority: every URL must be of this origin. */
  forMsal(allowedOrigin: string): INetworkModule;
}

/** Carries our own error through MSAL, which lets only its own kind pass unchanged. */
export class NetworkRefusal extends AuthError {
  readonly reason: AppError;

  constructor(reason: AppError) {
    super('network_refusal', reason.code, '');
    Object.setPrototypeOf(this, NetworkRefusal.prototype); // MSAL's own constructor makes it a plain AuthError
    this.reason = reason;
  }
}

interface Exchange {
  method: 'GET' | 'POST';
  url: string;
  allowedOrigin: string;
  headers?: Record<string, string>;
  body?: string;
}

/** Idle connections are given up before the other side's usual five seconds: a token request is never sent twice. */
const KEEP_ALIVE = { keepAlive: true, timeout: 4_000 } as const;

const DEFAULTS = { timeoutMs: 8_000, documentTimeoutMs: 4_000, maxBytes: 1024 * 1024 } as const;

/**
 * The only way from this app to the identity platform. Follows no redirect (a 307 would hand the client secret to
 * its target), keeps one deadline over the whole exchange, counts decoded bytes and takes JSON objects only.
 */
export function createIdentityNetwork(limits: NetworkLimits = {}): IdentityNetwork {
  const { timeoutMs, documentTimeoutMs, maxBytes, onExchange } = { ...DEFAULTS, ...limits };
  const client = axios.create({
    httpAgent: new HttpAgent(KEEP_ALIVE),
    httpsAgent: new HttpsAgent(KEEP_ALIVE),
    maxRedirects: 0,
    maxContentLength: maxBytes,
    maxBodyLength: maxBytes,
    proxy: false,
    responseType: 'text',
    transformResponse: (text: unknown) => text,
    validateStatus: () => true,
  });
  const exchange = async (given: Exchange) => {
    const startedAtMs = performance.now();
    let status = 0;
    try {
      const answer = await exchangeJson(
        client,
        given.method === 'GET' ? documentTimeoutMs : timeoutMs,
        given,
      );
      status = answer.status;
      return answer;
    } finally {
      onExchange?.({ status, durationMs: performance.now() - startedAtMs });
    }
  };
  return {
    async getJson(url, allowedOrigin) {
      const answer = await exchange({ method: 'GET', url, allowedOrigin });
      if (answer.status !== 200) {
        throw new UpstreamError(
          'authority_unreachable',
          503,
          `The identity platform answered ${answer.status}.`,
          {
            detail: `GET ${pathOf(url)}`,
            upstream: reportOf(answer.status, answer.body),
          },
        );
      }
      return answer.body;
    },
    forMsal: (allowedOrigin) => msalNetwork(exchange, allowedOrigin),
  };
}

type JsonAnswer = NetworkResponse<Record<string, unknown>>;

function msalNetwork(
  exchange: (given: Exchange) => Promise<JsonAnswer>,
  allowedOrigin: string,
): INetworkModule {
  const send = async <T>(method: Exchange['method'], url: string, options: NetworkRequestOptions = {}) => {
    try {
      const answer = await exchange({
        method,
        url,
        allowedOrigin,
        headers: options.headers ?? {},
        ...(options.body === undefined ? {} : { body: options.body }),
      });
      if (method === 'POST') requireTokenAnswer(answer.status, answer.body, answer.headers);
      return answer as NetworkResponse<T>;
    } catch (error) {
      throw new NetworkRefusal(error as AppError);
    }
  };
  return {
    sendGetRequestAsync: (url, options) => send('GET', url, options),
    sendPostRequestAsync: (url, options) => send('POST', url, options),
  };
}

async function exchangeJson(client: AxiosInstance, timeoutMs: number, given: Exchange): Promise<JsonAnswer> {
  if (new URL(given.url).origin !== given.allowedOrigin) {
    throw new UpstreamError(
      'authority_misconfigured',
      502,
      'An address of the identity platform is of another origin.',
      {
        detail: `${given.method} refused before it was sent`,
      },
    );
  }
  const response = await sendWithDeadline(client, timeoutMs, given);
  if (response.status >= 300 && response.status < 400) {
    throw new UpstreamError('token_answer_refused', 502, 'The identity platform answered with a redirect.', {
      detail: `${given.method} ${pathOf(given.url)} answered ${response.status}`,
      upstream: { status: response.status },
    });
  }
  return { status: response.status, headers: textHeaders(response), body: parseObject(response) };
}

async function sendWithDeadline(
  client: AxiosInstance,
  timeoutMs: number,
  given: Exchange,
): Promise<AxiosResponse<unknown>> {
  const deadline = AbortSignal.timeout(timeoutMs);
  try {
    return await client.request<unknown>({
      method: given.method,
      url: given.url,
      headers: { Accept: 'application/json', ...given.headers },
      data: given.body,
      signal: deadline,
    });
  } catch (error) {
    throw networkError(error, deadline, given);
  }
}

/** Takes over the kind of failure and nothing else: an axios error holds the request with its secrets. */
function networkError(error: unknown, deadline: AbortSignal, given: Exchange): UpstreamError {
  const place = `${given.method} ${pathOf(given.url)}`;
  if (deadline.aborted) {
    return new UpstreamError('authority_timeout', 504, 'The identity platform did not answer in time.', {
      detail: place,
    });
  }
  const code = isAxiosError(error) ? (error.code ?? 'unknown') : 'unknown';
  if (code === 'ERR_BAD_RESPONSE') {
    return new UpstreamError(
      'token_answer_refused',
      502,
      'The answer of the identity platform was too large or broken.',
      {
        detail: `${place}: ${code}`,
      },
    );
  }
  return new UpstreamError('authority_unreachable', 503, 'The identity platform could not be reached.', {
    detail: `${place}: ${code}`,
  });
}

function parseObject(response: AxiosResponse<unknown>): Record<string, unknown> {
  const value = parseJson(response.data);
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return value as Record<string, unknown>;
  throw new UpstreamError(
    'token_answer_refused',
    502,
    'The identity platform did not answer with a JSON object.',
    {
      detail: `status ${response.status}`,
      upstream: { status: response.status },
    },
  );
}

function parseJson(text: unknown): unknown {
  try {
    return JSON.parse(String(text));
  } catch {
    return undefined;
  }
}

function textHeaders(response: AxiosResponse<unknown>): Record<string, string> {
  const pairs = Object.entries(response.headers).filter(
    (pair): pair is [string, string] => typeof pair[1] === 'string',
  );
  return Object.fromEntries(pairs);
}

function pathOf(url: string): string {
  return new URL(url).pathname;
}
