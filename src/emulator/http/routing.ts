/** What a route answers to: a method, and a path whose parts in braces stand for anything. */
interface RoutePath {
  readonly method: string;
  readonly path: string;
}

/** A route with what stands in the path for its names. */
export interface Found<Route> {
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
}

/**
 * Finds the first route of a method and of the parts of a path, in letters of either size. `mayStandFor` says what may
 * stand for a name: by default everything that is not empty.
 */
export function createRouter<Route extends RoutePath>(
  routes: readonly Route[],
  mayStandFor = (_name: string, part: string): boolean => part !== '',
): (method: string, parts: readonly string[]) => Found<Route> | undefined {
  const patterns = routes.map((route) => ({ route, places: partsOf(route.path).map(placeOf) }));
  return (method, parts) => {
    const small = parts.map((part) => part.toLowerCase());
    const fits = ({ name, literal }: Place, index: number): boolean =>
      name === undefined ? literal === small[index] : mayStandFor(name, parts[index] ?? '');
    const found = patterns.find(
      ({ route, places }) => route.method === method && places.length === parts.length && places.every(fits),
    );
    return found === undefined ? undefined : { route: found.route, params: paramsOf(found.places, parts) };
  };
}

/** A part of a route's path: a name in braces, or a literal in small letters. */
interface Place {
  readonly name: string | undefined;
  readonly literal: string;
}

function placeOf(part: string): Place {
  const [, name] = /^\{(\w+)\}$/.exec(part) ?? [];
  return { name, literal: part.toLowerCase() };
}

/** The parts of a path, with or without a slash at the end. */
export function partsOf(path: string): readonly string[] {
  return path.replace(/(?<=.)\/$/, '').split('/');
}

function paramsOf(places: readonly Place[], parts: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    places.flatMap(({ name }, index) => (name === undefined ? [] : [[name, parts[index] ?? '']])),
  );
}
