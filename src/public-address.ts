/** Where a cookie goes. */
export interface CookiePlace {
  /** Whether the app's public address is https. */
  secure: boolean;
  /** The app's own path on its host; `/` where it has the host to itself. */
  path: string;
}

/** The path of a public address, without a slash at its end: empty for an app that has its host to itself. */
export function basePathOf(baseUrl: string): string {
  return new URL(baseUrl).pathname.replace(/\/$/, '');
}

/** Cookies of an app go to its own address and nowhere else. */
export function cookiePlaceOf(baseUrl: string): CookiePlace {
  return { secure: baseUrl.startsWith('https:'), path: basePathOf(baseUrl) || '/' };
}

/**
 * The name of a cookie. Over https a prefix ties it to this host, and to https alone where the app shares the host with
 * others: browsers take `__Host-` with the path `/` only (RFC 6265bis, section 4.1.3).
 */
export function cookieNameAt({ secure, path }: CookiePlace, name: string): string {
  if (!secure) return name;
  return path === '/' ? `__Host-${name}` : `__Secure-${name}`;
}
