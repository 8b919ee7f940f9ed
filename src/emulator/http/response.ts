/** What the emulator sends back: plain values until the listener writes them. */
export interface HttpResponse {
  readonly status: number;
  /** A list is as many headers of one name. */
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: string | Uint8Array;
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

/** The first header of that name, or nothing. */
export function headerOf({ headers }: HttpResponse, name: string): string {
  const value = headers[name];
  return (typeof value === 'string' ? value : value?.[0]) ?? '';
}

/** The same response with these headers, in the place of those that have the same name in letters of any size. */
export function withHeaders(response: HttpResponse, headers: HttpResponse['headers']): HttpResponse {
  return { ...response, headers: { ...withoutHeaders(response, Object.keys(headers)).headers, ...headers } };
}

/** The same response without these headers. */
export function withoutHeaders(response: HttpResponse, names: readonly string[]): HttpResponse {
  const gone = names.map((name) => name.toLowerCase());
  const kept = Object.entries(response.headers).filter(([name]) => !gone.includes(name.toLowerCase()));
  return { ...response, headers: Object.fromEntries(kept) };
}
