import { request as httpRequest, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';

/** A response as a visitor sees it. */
export interface Seen {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly text: string;
}

/** Somebody with a cookie jar who follows nothing by himself. */
export interface Visitor {
  get(url: string, headers?: Record<string, string>): Promise<Seen>;
  post(url: string, fields: Record<string, string>, headers?: Record<string, string>): Promise<Seen>;
}

/** A request over a socket of its own, so that odd hosts and headers arrive as they are written. */
export function ask(
  url: string,
  options: RequestOptions & { ca?: string; servername?: string } = {},
  body?: string,
): Promise<Seen> {
  const send = url.startsWith('https:') ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const sent = send(url, { agent: false, ...options }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const headers = Object.fromEntries(
          Object.entries(response.headers).map(([name, value]) => [name, value?.toString()]),
        );
        resolve({ status: response.statusCode ?? 0, headers, text: Buffer.concat(chunks).toString('utf8') });
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

/** A visitor with an empty jar; `ca` is the certificate to trust over https. */
export function visitor(ca?: string): Visitor {
  const trust = ca === undefined ? {} : { ca };
  const jar = new Map<string, string>();
  const cookie = (): Record<string, string> =>
    jar.size === 0 ? {} : { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') };
  const keep = (seen: Seen): Seen => {
    const [pair = ''] = (seen.headers['set-cookie'] ?? '').split(';');
    const [name = '', value = ''] = pair.split('=');
    if (name !== '') jar.set(name, value);
    return seen;
  };
  return {
    get: async (url, headers = {}) =>
      keep(await ask(url, { ...trust, headers: { ...cookie(), ...headers } })),
    post: async (url, fields, headers = {}) => {
      const form = { 'content-type': 'application/x-www-form-urlencoded', ...cookie(), ...headers };
      return keep(
        await ask(url, { ...trust, method: 'POST', headers: form }, new URLSearchParams(fields).toString()),
      );
    },
  };
}

/** Where the page's (first) form is posted to. */
export function formAction(page: Seen, base: string): string {
  const [, action = ''] = /<form[^>]* action="([^"]*)"/.exec(page.text) ?? [];
  return new URL(action.replaceAll('&amp;', '&'), base).href;
}

/** The parameters of a redirect. */
export function redirected(seen: Seen): URLSearchParams {
  const url = new URL(seen.headers.location ?? 'about:blank');
  return url.hash === '' ? url.searchParams : new URLSearchParams(url.hash.slice(1));
}

/** The JSON object of a response. */
export function json(seen: Seen): Record<string, unknown> {
  const value: unknown = JSON.parse(seen.text);
  return { ...(value as object) };
}
