import type { NetworkResponse } from '@azure/msal-node';
import { connectionTrouble, silenceOf } from '../connection-trouble.ts';
import { startDeadline } from '../deadline.ts';
import { UpstreamError } from '../errors.ts';
import { jsonObject } from '../json-object.ts';
import { type HttpClient, type HttpResponse, isAxiosError, textHeaders } from '../network/index.ts';
import { responseRefused } from './token-response.ts';

/** One request to the identity platform. */
export interface Exchange {
  method: 'GET' | 'POST';
  url: string;
  allowedOrigin: string;
  headers?: Record<string, string>;
  body?: string;
}

export type JsonResponse = NetworkResponse<Record<string, unknown>>;

/**
 * Asks once and takes a JSON object; the whole exchange has one deadline.
 * @throws UpstreamError for everything else: another origin, a redirect, no response in time, no JSON object
 */
export async function exchangeJson(
  client: HttpClient,
  timeoutMs: number,
  given: Exchange,
): Promise<JsonResponse> {
  if (new URL(given.url).origin !== given.allowedOrigin) {
    const message = 'An address of the identity platform is of another origin.';
    const detail = `${given.method} refused before it was sent`;
    throw new UpstreamError('authority_misconfigured', 502, message, { detail });
  }
  const response = await sendWithDeadline(client, timeoutMs, given);
  if (response.status >= 300 && response.status < 400) {
    throw responseRefused('The identity platform answered with a redirect.', {
      detail: `${given.method} ${pathOf(given.url)} answered ${response.status}`,
      upstream: { status: response.status },
    });
  }
  return { status: response.status, headers: textHeaders(response), body: readObject(response) };
}

async function sendWithDeadline(
  client: HttpClient,
  timeoutMs: number,
  given: Exchange,
): Promise<HttpResponse> {
  const deadline = startDeadline(timeoutMs);
  try {
    return await client({
      method: given.method,
      url: given.url,
      headers: { Accept: 'application/json', ...given.headers },
      body: given.body,
      signal: deadline.signal,
    });
  } catch (error) {
    throw networkError(error, deadline.signal, given);
  } finally {
    deadline.clear();
  }
}

/** Takes over the kind of failure and nothing else: an axios error holds the request with its secrets. */
function networkError(error: unknown, deadline: AbortSignal, given: Exchange): UpstreamError {
  const place = `${given.method} ${pathOf(given.url)}`;
  const { host } = new URL(given.url);
  if (deadline.aborted) {
    return new UpstreamError('authority_timeout', 504, 'The identity platform did not answer in time.', {
      detail: place,
      explanation: silenceOf(host, error),
    });
  }
  const code = isAxiosError(error) ? (error.code ?? 'unknown') : 'unknown';
  if (code === 'ERR_BAD_RESPONSE') {
    return responseRefused('The response of the identity platform was too large or broken.', {
      detail: `${place}: ${code}`,
    });
  }
  return new UpstreamError('authority_unreachable', 503, 'The identity platform could not be reached.', {
    detail: `${place}: ${code}`,
    explanation: connectionTrouble(error, host),
  });
}

function readObject({ data, status }: HttpResponse): Record<string, unknown> {
  const body = jsonObject(data);
  if (body !== undefined) return body;
  throw responseRefused('The identity platform did not answer with a JSON object.', {
    detail: `status ${status}`,
    upstream: { status },
  });
}

/** An address without what may be secret in it. */
export function pathOf(url: string): string {
  return new URL(url).pathname;
}
