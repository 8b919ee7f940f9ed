import type { Asked } from './asked.ts';
import type { Directory, DirectoryUser } from './directory.ts';
import { GraphError } from './graph-error.ts';

/** A list request's query options, understood. */
export interface DirectoryQuery {
  readonly matches: ((user: DirectoryUser) => boolean) | undefined;
  readonly counts: boolean;
}

/** The people of a query by position; a position whose person does not match has none. */
export interface Positions {
  readonly length: number;
  userAt(position: number): DirectoryUser | undefined;
}

/** Whether the caller asked for the advanced query engine (wire reference G3). */
export function isEventual(asked: Asked): boolean {
  return String(asked.headers.consistencylevel ?? '').toLowerCase() === 'eventual';
}

/** Reads `$search`, `$filter`, `$orderby` and `$count`. @throws GraphError 400 */
export function readDirectoryQuery(asked: Asked): DirectoryQuery {
  for (const name of ['$search', '$filter', '$orderby'])
    if (asked.query[name] !== undefined)
      throw new GraphError('Request_UnsupportedQuery', 'Unsupported Query.');
  return { matches: undefined, counts: asked.query.$count === 'true' && isEventual(asked) };
}

/** The people of a query in its order. */
export function positionsOf(query: DirectoryQuery, directory: Directory): Positions {
  const { matches } = query;
  return {
    length: directory.size,
    userAt(position) {
      const user = directory.at(position);
      return matches === undefined || matches(user) ? user : undefined;
    },
  };
}
