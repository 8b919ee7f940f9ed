import type { SortProperty } from '../directory/index.ts';
import type { HttpRequest } from '../http/index.ts';
import type { Collection, EntityType, Row } from './entity.ts';
import type { Test } from './expression.ts';
import { readFilter } from './filter.ts';
import { GraphError } from './graph-error.ts';
import { readSearch } from './search.ts';

/** A list request's query options, understood. */
export interface ListQuery {
  /** Undefined lets every row through. */
  readonly matches: Test | undefined;
  readonly counts: boolean;
  readonly orderBy: { readonly property: SortProperty; readonly descending: boolean } | undefined;
}

const UNSUPPORTED = 'Unsupported Query.';
const NEEDS_EVENTUAL =
  "Request with $search query parameter only works through MSGraph with a special request header: 'ConsistencyLevel: eventual'";

/** Whether the caller asked for the advanced query engine (wire reference G3). */
export function isEventual(http: HttpRequest): boolean {
  return String(http.headers.consistencylevel ?? '').toLowerCase() === 'eventual';
}

/** Reads `$search`, `$filter`, `$orderby` and `$count`. @throws GraphError 400 as in wire reference G3 */
export function readListQuery(http: HttpRequest, entity: EntityType): ListQuery {
  const { $search: search, $filter: filter, $orderby: orderBy, $count: count } = http.query;
  const eventual = isEventual(http);
  if (search !== undefined && !eventual) throw new GraphError('Request_UnsupportedQuery', NEEDS_EVENTUAL);
  const filtered = filter === undefined ? undefined : readFilter(filter, entity);
  const advanced = filtered?.advanced === true || (filtered !== undefined && orderBy !== undefined);
  if (advanced && !(eventual && count?.toLowerCase() === 'true'))
    throw new GraphError('Request_UnsupportedQuery', UNSUPPORTED);
  return {
    matches: both(search === undefined ? undefined : readSearch(search, entity), filtered?.test),
    counts: count?.toLowerCase() === 'true' && eventual,
    orderBy: orderBy === undefined ? undefined : readOrderBy(orderBy, entity),
  };
}

function both(one: Test | undefined, other: Test | undefined): Test | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return (row) => one(row) && other(row);
}

function readOrderBy(orderBy: string, { sortable = [] }: EntityType): ListQuery['orderBy'] {
  const [, name, direction = 'asc'] = /^\s*(\w+)(?:\s+(asc|desc))?\s*$/i.exec(orderBy) ?? [];
  const property = sortable.find((one) => one === name);
  if (property === undefined) throw new GraphError('Request_UnsupportedQuery', UNSUPPORTED);
  return { property, descending: direction.toLowerCase() === 'desc' };
}

/** The rows of a query by position, in its order; a position whose row does not match has none. */
export function rowsOf(
  { matches, orderBy }: ListQuery,
  collection: Collection,
): (position: number) => Row | undefined {
  const order = orderBy === undefined ? undefined : collection.order(orderBy.property);
  const last = collection.size - 1;
  const placeOf = (position: number): number => {
    if (order === undefined) return position;
    return order[orderBy?.descending === true ? last - position : position] ?? 0;
  };
  return (position) => {
    const row = collection.at(placeOf(position));
    return row !== undefined && (matches === undefined || matches(row)) ? row : undefined;
  };
}
