/** Longer targets would not fit the cookie of a pending sign-in. */
export const MAX_RETURN_CHARACTERS = 1_024;

/** Addresses that nobody means to come back to: they begin, finish or end something by being visited. */
const ACTIONS = ['/login', '/logout', '/language', '/appearance'];

interface OwnAddresses {
  actions?: readonly string[];
  redirectPath?: string;
  basePath?: string;
}

/**
 * The only judge of where the app redirects to: a path of this app, or the home page.
 * Judged twice, as given and decoded once, because proxies and browsers decode differently.
 * @param target whatever came from a request
 * @param own `actions` and `redirectPath` are addresses of this app that are no pages; `basePath` is what its paths
 *   begin with for a browser, with which a target may be written or without
 * @returns path, query and fragment below the base path, as the WHATWG URL parser writes them; never a scheme, a host
 *   or `//`
 */
export function safeReturnTo(
  target: unknown,
  { actions = ACTIONS, redirectPath = '/getAToken', basePath = '' }: OwnAddresses = {},
): string {
  if (typeof target !== 'string' || target.length > MAX_RETURN_CHARACTERS) return '/';
  const below = withoutBasePath(target, basePath);
  if (below === '/') return '/';
  const [path = ''] = below.split(/[?#]/, 1);
  if (hasControlOrBackslash(below) || !isPlainPath(path) || !isPlainPath(decodedOnce(path))) return '/';
  const here = 'http://here.invalid';
  const url = URL.canParse(below, here) ? new URL(below, here) : undefined;
  if (
    url?.origin !== here ||
    !isPlainPath(url.pathname) ||
    isAction(url.pathname, [...actions, redirectPath])
  )
    return '/';
  const address = `${url.pathname}${url.search}${url.hash}`;
  return address.length > MAX_RETURN_CHARACTERS ? '/' : address; // spelt out, a letter may be nine characters
}

/** What is left of a target that begins with the base path. */
function withoutBasePath(target: string, basePath: string): string {
  const rest = target.slice(basePath.length);
  if (target.slice(0, basePath.length).toLowerCase() !== basePath.toLowerCase()) return target;
  if (/^[/]/.test(rest)) return rest;
  return rest === '' || /^[?#]/.test(rest) ? `/${rest}` : target;
}

function isAction(pathname: string, actions: readonly string[]): boolean {
  const path = pathname.toLowerCase();
  return actions.some((action) => `${path}/`.startsWith(`${action.toLowerCase()}/`));
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
