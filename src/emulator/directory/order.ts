import type { DirectoryUser } from './directory-user.ts';

/** Properties that a list can be ordered by (wire reference G3). */
export type SortProperty = 'displayName' | 'userPrincipalName';

/**
 * The positions of a directory in alphabetical order. Many people share a name, so the distinct names are sorted and
 * the people then counted into place: a million take two passes and 4 MB.
 */
function orderOf(
  size: number,
  at: (position: number) => DirectoryUser | undefined,
  property: SortProperty,
): Uint32Array {
  const counts = new Map<string, number>();
  for (let position = 0; position < size; position++) {
    const value = at(position)?.[property] ?? '';
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  const places = new Map<string, number>();
  let place = 0;
  for (const value of [...counts.keys()].sort(new Intl.Collator('en').compare)) {
    places.set(value, place);
    place += counts.get(value) ?? 0;
  }
  const order = new Uint32Array(size);
  for (let position = 0; position < size; position++) {
    const value = at(position)?.[property] ?? '';
    const own = places.get(value) ?? 0;
    order[own] = position;
    places.set(value, own + 1);
  }
  return order;
}

/** The orders of a directory, each worked out when it is first asked for. */
interface Orders {
  of(property: SortProperty): Uint32Array;
  /** To be called when somebody changed. */
  clear(): void;
}

/** Creates them, none worked out yet. */
export function createOrders(
  size: () => number,
  at: (position: number) => DirectoryUser | undefined,
): Orders {
  const known = new Map<SortProperty, Uint32Array>();
  return {
    of(property) {
      const found = known.get(property);
      if (found?.length === size()) return found;
      const order = orderOf(size(), at, property);
      known.set(property, order);
      return order;
    },
    clear: () => known.clear(),
  };
}
