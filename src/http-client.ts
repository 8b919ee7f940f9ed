import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import axios, { type AxiosInstance, type AxiosResponse } from 'axios';

/** Whether a request failed, rather than the code around it. */
export const { isAxiosError } = axios;

/**
 * Idle connections are given up before the other side's usual five seconds, so that few are found dead: a token request
 * is not sent again.
 */
const KEEP_ALIVE = { keepAlive: true, timeout: 4_000 } as const;

/**
 * A client for requests that carry secrets: it follows no redirect and asks no proxy, keeps connections, bounds what it
 * reads, and hands over whatever is answered.
 * @param maxBytes of a decoded answer
 */
export function createHttpClient(responseType: 'text' | 'arraybuffer', maxBytes: number): AxiosInstance {
  return axios.create({
    httpAgent: new HttpAgent(KEEP_ALIVE),
    httpsAgent: new HttpsAgent(KEEP_ALIVE),
    maxRedirects: 0,
    maxContentLength: maxBytes,
    maxBodyLength: maxBytes,
    proxy: false,
    responseType,
    // Else axios would parse what looks like JSON, before anybody has looked at it.
    transformResponse: (data: unknown) => data,
    validateStatus: () => true,
  });
}

/** All headers that were given once. */
export function textHeaders({ headers }: AxiosResponse<unknown>): Record<string, string> {
  const pairs = Object.entries(headers).filter(
    (pair): pair is [string, string] => typeof pair[1] === 'string',
  );
  return Object.fromEntries(pairs);
}
