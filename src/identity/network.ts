import type { INetworkModule, NetworkRequestOptions, NetworkResponse } from '@azure/msal-node';
import { AuthError } from '@azure/msal-node';
import { type AppError, UpstreamError } from '../errors.ts';
import { createHttpClient } from '../network/index.ts';
import { type Exchange, exchangeJson, type JsonResponse, pathOf } from './exchange.ts';
import {
  authorityBusy,
  boundedSeconds,
  descriptionIn,
  reportOf,
  requireTokenResponse,
} from './token-response.ts';

export interface NetworkLimits {
  /** One deadline over connecting, headers and body of a token request. Default 8,000. */
  timeoutMs?: number;
  /** Told of each exchange; status 0 is no response. */
  onExchange?: (exchange: { status: number; durationMs: number }) => void;
}

/** Requests to the identity platform, and to nobody else. */
export interface IdentityNetwork {
  /** A JSON object from one of the authority's documents. */
  getJson(url: string, allowedOrigin: string): Promise<Record<string, unknown>>;
  /** What is answered to a form, an OAuth 2.0 error too. */
  postForm(url: string, allowedOrigin: string, fields: Record<string, string>): Promise<JsonResponse>;
  /** MSAL's network module for one authority: every URL must be of this origin. */
  forMsal(allowedOrigin: string): INetworkModule;
}

/** Carries our own error through MSAL, which lets only its own kind pass unchanged. */
export class NetworkFailure extends AuthError {
  readonly reason: AppError;

  constructor(reason: AppError) {
    super('network_failure', reason.code, '');
    Object.setPrototypeOf(this, NetworkFailure.prototype); // MSAL's own constructor makes it a plain AuthError
    this.reason = reason;
  }
}

/** The same deadline for the authority's documents, which a sign-in waits for before its token request. */
const DOCUMENT_TIMEOUT_MS = 4_000;
/** Of a decoded body. */
const MAX_BYTES = 1024 * 1024;

/**
 * The only way from this app to the identity platform. Follows no redirect (a 307 would hand the client secret to
 * its target), keeps one deadline over the whole exchange, counts decoded bytes and takes JSON objects only.
 */
export function createIdentityNetwork({
  timeoutMs = 8_000,
  onExchange,
}: NetworkLimits = {}): IdentityNetwork {
  const client = createHttpClient({
    maxBytes: MAX_BYTES,
    timeoutMs: Math.max(timeoutMs, DOCUMENT_TIMEOUT_MS),
  });
  const exchange = async (given: Exchange) => {
    const startedAtMs = performance.now();
    let status = 0;
    try {
      const response = await exchangeJson(
        client,
        given.method === 'GET' ? DOCUMENT_TIMEOUT_MS : timeoutMs,
        given,
      );
      status = response.status;
      return response;
    } finally {
      onExchange?.({ status, durationMs: performance.now() - startedAtMs });
    }
  };
  return {
    async getJson(url, allowedOrigin) {
      const response = await exchange({ method: 'GET', url, allowedOrigin });
      if (response.status !== 200) throw documentRefused(response, url);
      return response.body;
    },
    postForm: (url, allowedOrigin, fields) =>
      exchange({
        method: 'POST',
        url,
        allowedOrigin,
        headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams(fields).toString(),
      }),
    forMsal: (allowedOrigin) => msalNetwork(exchange, allowedOrigin),
  };
}

/** @returns the error for a response that is no document: the platform's trouble, or a wrong address of ours */
function documentRefused({ status, headers, body }: JsonResponse, url: string): UpstreamError {
  const details = {
    detail: `GET ${pathOf(url)} answered ${status}`,
    upstream: reportOf(status, body),
    upstreamText: descriptionIn(body),
    retryAfterSeconds: boundedSeconds(headers['retry-after']),
  };
  if (status === 429 || status >= 500) return authorityBusy(status, details);
  return new UpstreamError(
    'authority_misconfigured',
    503,
    'The identity platform has nothing at the address of the authority.',
    details,
  );
}

function msalNetwork(
  exchange: (given: Exchange) => Promise<JsonResponse>,
  allowedOrigin: string,
): INetworkModule {
  const send = async <T>(method: Exchange['method'], url: string, options: NetworkRequestOptions = {}) => {
    try {
      const response = await exchange({
        method,
        url,
        allowedOrigin,
        headers: options.headers ?? {},
        ...(options.body === undefined ? {} : { body: options.body }),
      });
      if (method === 'POST') requireTokenResponse(response.status, response.body, response.headers);
      return response as NetworkResponse<T>;
    } catch (error) {
      throw new NetworkFailure(error as AppError);
    }
  };
  return {
    sendGetRequestAsync: (url, options) => send('GET', url, options),
    sendPostRequestAsync: (url, options) => send('POST', url, options),
  };
}
