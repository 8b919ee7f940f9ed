/** Longer targets would not fit the cookie of a pending sign-in. */
export const MAX_RETURN_CHARACTERS = 1_024;

/** Pages that nobody means to come back to: they begin, finish or end something by being visited. */
const ACTIONS = /^\/(login|logout|getatoken|language|appearance)(\/|$)/i;

/**
 * The only judge of where the app redirects to: a path of this app, or the home page.
 * Judged twice, as given and decoded once, because proxies and browsers decode differently.
 * @param target whatever came from a request
 * @param redirectPath of this app, which is no page either
 * @returns path, query and fragment as the WHATWG URL parser writes them; never a scheme, a host or `//`
 */
export function safeReturnTo(target: unknown, redirectPath = '/getAToken'): string {
  if (typeof target !== 'string' || target === '/' || target.length > MAX_RETURN_CHARACTERS) return '/';
  const [path = ''] = target.split(/[?#]/, 1);
  if (hasControlOrBackslash(target) || !isPlainPath(path) || !isPlainPath(decodedOnce(path))) return '/';
  const here = 'http://here.invalid';
  const url = URL.canParse(target, here) ? new URL(target, here) : undefined;
  if (url?.origin !== here || !isPlainPath(url.pathname)) return '/';
  const pathname = url.pathname.toLowerCase().replace(/(?<=[^/])\/+$/, '');
  if (ACTIONS.test(pathname) || pathname === redirectPath.toLowerCase()) return '/';
  const address = `${url.pathname}${url.search}${url.hash}`;
  return address.length > MAX_RETURN_CHARACTERS ? '/' : address; // spelt out, a letter may be nine characters
}

function isPlainPath(path: string): boolean {
  return /^\/(?![/\\])/.test(path) && !hasControlOrBackslash(path);
}

function hasControlOrBackslash(text: string): boolean {
  return /[\p{Cc}\\]/u.test(text);
}

/** What does not decode is no path. */
function decodedOnce(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return '';
  }
}
