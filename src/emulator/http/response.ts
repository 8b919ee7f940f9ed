/** What the emulator sends back: plain values until the listener writes them. */
export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
  /** `Set-Cookie` values besides one that the headers may hold. */
  readonly cookies?: readonly string[];
}

/** Nothing about people or transactions may be kept by anybody (RFC 6749 section 5.1; wire reference C4). */
export const NO_STORE = { 'Cache-Control': 'no-store, no-cache', Pragma: 'no-cache', Expires: '-1' } as const;

/** A JSON response. */
export function jsonResponse(
  status: number,
  value: unknown,
  headers: HttpResponse['headers'] = {},
): HttpResponse {
  return {
    status,
    headers: { 'Content-Type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify(value),
  };
}

/** A redirect that nobody keeps. */
export function redirectResponse(location: string, headers: HttpResponse['headers'] = {}): HttpResponse {
  return { status: 302, headers: { ...NO_STORE, Location: location, ...headers }, body: '' };
}

/** The same response with more headers. */
export function withHeaders(response: HttpResponse, headers: HttpResponse['headers']): HttpResponse {
  return { ...response, headers: { ...response.headers, ...headers } };
}
