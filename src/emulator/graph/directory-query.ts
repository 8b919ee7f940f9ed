import type { Directory, DirectoryUser, SortProperty } from '../directory/index.ts';
import type { HttpRequest } from '../http/index.ts';
import { readFilter } from './filter.ts';
import { GraphError } from './graph-error.ts';
import type { Test } from './query-expression.ts';
import { readSearch } from './search.ts';

/** A list request's query options, understood. */
export interface DirectoryQuery {
  /** Undefined lets everybody through. */
  readonly matches: Test | undefined;
  readonly counts: boolean;
  readonly orderBy: { readonly property: SortProperty; readonly descending: boolean } | undefined;
}

/** The people of a query by position; a position whose person does not match has none. */
export interface Positions {
  readonly length: number;
  userAt(position: number): DirectoryUser | undefined;
}

const UNSUPPORTED = 'Unsupported Query.';
const NEEDS_EVENTUAL =
  "Request with $search query parameter only works through MSGraph with a special request header: 'ConsistencyLevel: eventual'";

/** Whether the caller asked for the advanced query engine (wire reference G3). */
export function isEventual(http: HttpRequest): boolean {
  return String(http.headers.consistencylevel ?? '').toLowerCase() === 'eventual';
}

/** Reads `$search`, `$filter`, `$orderby` and `$count`. @throws GraphError 400 as in wire reference G3 */
export function readDirectoryQuery(http: HttpRequest): DirectoryQuery {
  const { $search: search, $filter: filter, $orderby: orderBy, $count: count } = http.query;
  const eventual = isEventual(http);
  if (search !== undefined && !eventual) throw new GraphError('Request_UnsupportedQuery', NEEDS_EVENTUAL);
  const filtered = filter === undefined ? undefined : readFilter(filter);
  const advanced = filtered?.advanced === true || (filtered !== undefined && orderBy !== undefined);
  if (advanced && !(eventual && count === 'true'))
    throw new GraphError('Request_UnsupportedQuery', UNSUPPORTED);
  return {
    matches: both(search === undefined ? undefined : readSearch(search), filtered?.test),
    counts: count === 'true' && eventual,
    orderBy: orderBy === undefined ? undefined : readOrderBy(orderBy),
  };
}

function both(one: Test | undefined, other: Test | undefined): Test | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return (user) => one(user) && other(user);
}

function readOrderBy(orderBy: string): DirectoryQuery['orderBy'] {
  const [, name, direction = 'asc'] = /^\s*(\w+)(?:\s+(asc|desc))?\s*$/i.exec(orderBy) ?? [];
  if (name !== 'displayName' && name !== 'userPrincipalName')
    throw new GraphError('Request_UnsupportedQuery', UNSUPPORTED);
  return { property: name, descending: direction.toLowerCase() === 'desc' };
}

/** The people of a query in its order. */
export function positionsOf({ matches, orderBy }: DirectoryQuery, directory: Directory): Positions {
  const order = orderBy === undefined ? undefined : directory.order(orderBy.property);
  const last = directory.size - 1;
  const placeOf = (position: number): number => {
    if (order === undefined) return position;
    return order[orderBy?.descending === true ? last - position : position] ?? 0;
  };
  return {
    length: directory.size,
    userAt(position) {
      const user = directory.at(placeOf(position));
      return matches === undefined || matches(user) ? user : undefined;
    },
  };
}
