import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { isGuid } from './guid.ts';

/** Parameters by name; of a repeated one the first. */
export type Fields = Readonly<Record<string, string>>;

/** A request as the emulator's logic sees it. */
export interface HttpRequest {
  readonly method: string;
  /** Scheme and host the request came to, which every URL in the response starts with. */
  readonly origin: string;
  readonly path: string;
  /** The query as it was sent, with its question mark, or empty. */
  readonly search: string;
  readonly tenant: string;
  readonly id: string;
  /** The user flow of B2C, empty elsewhere (wire reference I). */
  readonly policy: string;
  readonly query: Fields;
  readonly body: Fields;
  readonly bodyText: string;
  /** Names of parameters that came more than once. */
  readonly repeated: readonly string[];
  readonly headers: IncomingHttpHeaders;
  readonly correlationId: string;
  readonly traceId: string;
}

/** What the listener knows of a request. */
interface RawRequest
  extends Pick<HttpRequest, 'method' | 'origin' | 'headers' | 'tenant' | 'id' | 'bodyText'> {
  readonly url: string;
  readonly policy?: string;
}

/** Reads a request; nothing here can fail. */
export function readRequest({ url, policy = '', ...raw }: RawRequest): HttpRequest {
  const mark = url.indexOf('?');
  const search = mark < 0 ? '' : url.slice(mark);
  const queryPairs = [...new URLSearchParams(search)];
  const bodyPairs = isForm(raw.headers) ? [...new URLSearchParams(raw.bodyText)] : [];
  const query = fieldsOf(queryPairs);
  const body = fieldsOf(bodyPairs);
  return {
    ...raw,
    origin: plainOrigin(raw.origin),
    path: mark < 0 ? url : url.slice(0, mark),
    search,
    policy,
    query,
    body,
    repeated: [...repeatedIn(queryPairs), ...repeatedIn(bodyPairs)],
    correlationId: correlationOf([
      query['client-request-id'],
      raw.headers['client-request-id'],
      body['client-request-id'],
    ]),
    traceId: randomUUID(),
  };
}

/** An origin without the port that its scheme has anyway: `https://localhost:443` is `https://localhost`. */
export function plainOrigin(origin: string): string {
  return origin.replace(/^(https:.*):443$|^(http:.*):80$/, '$1$2');
}

function isForm(headers: IncomingHttpHeaders): boolean {
  return (headers['content-type'] ?? '').toLowerCase().startsWith('application/x-www-form-urlencoded');
}

function fieldsOf(pairs: readonly (readonly [string, string])[]): Fields {
  const fields: Record<string, string> = Object.create(null);
  for (const [name, value] of pairs) fields[name] ??= value;
  return fields;
}

function repeatedIn(pairs: readonly (readonly [string, string])[]): string[] {
  const seen = new Set<string>();
  const repeated = new Set<string>();
  for (const [name] of pairs) {
    if (seen.has(name)) repeated.add(name);
    seen.add(name);
  }
  return [...repeated];
}

function correlationOf(candidates: readonly (string | string[] | undefined)[]): string {
  const given = candidates.find((one) => typeof one === 'string' && isGuid(one));
  return typeof given === 'string' ? given : randomUUID();
}

/** The request as OAuth reads it: a parameter without a value counts as left out (RFC 6749, 3.1 and 3.2). */
export function withoutEmptyFields(http: HttpRequest): HttpRequest {
  return { ...http, query: filled(http.query), body: filled(http.body) };
}

function filled(fields: Fields): Fields {
  if (!Object.values(fields).includes('')) return fields;
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''));
}

/** The value of a cookie, or undefined. */
export function cookieOf(http: HttpRequest, name: string): string | undefined {
  for (const pair of (http.headers.cookie ?? '').split(';')) {
    const [key, value] = pair.trim().split('=');
    if (key === name) return value;
  }
  return undefined;
}
