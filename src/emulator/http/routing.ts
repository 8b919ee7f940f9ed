/** What a route answers to: a method, and a path whose parts after a colon stand for anything. */
interface RoutePath {
  readonly method: string;
  readonly path: string;
}

/** A route with what stands in the path for its names. */
interface Found<Route> {
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
}

/**
 * Finds the first route of a method and path: in letters of either size, with or without a slash at the end; HEAD is a
 * GET. @throws URIError for a part that is not well encoded
 */
export function createRouter<Route extends RoutePath>(
  routes: readonly Route[],
): (method: string, path: string) => Found<Route> | undefined {
  const patterns = routes.map((route) => ({
    route,
    method: route.method.toUpperCase(),
    parts: partsOf(route.path),
  }));
  return (method, path) => {
    const asked = method === 'HEAD' ? 'GET' : method;
    const parts = partsOf(path);
    const small = partsOf(path.toLowerCase());
    const fits = (part: string, index: number): boolean =>
      part.startsWith(':') ? parts[index] !== '' : part.toLowerCase() === small[index];
    const found = patterns.find(
      (one) => one.method === asked && one.parts.length === parts.length && one.parts.every(fits),
    );
    return found === undefined ? undefined : { route: found.route, params: paramsOf(found.parts, parts) };
  };
}

function partsOf(path: string): readonly string[] {
  return path.replace(/(?<=.)\/$/, '').split('/');
}

function paramsOf(pattern: readonly string[], parts: readonly string[]): Record<string, string> {
  const named = pattern.flatMap((part, index) =>
    part.startsWith(':') ? [[part.slice(1), decodeURIComponent(parts[index] ?? '')] as const] : [],
  );
  return Object.fromEntries(named);
}
