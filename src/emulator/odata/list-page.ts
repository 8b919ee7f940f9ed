import { createHash } from 'node:crypto';
import type { Fields, HttpRequest } from '../http/index.ts';
import type { Seal } from '../tokens/index.ts';
import type { Collection, EntityType, Row } from './entity.ts';
import { GraphError } from './graph-error.ts';
import { type ListQuery, readListQuery, rowsOf } from './list-query.ts';

/** One page of a list: its rows, how many there are in all if asked, and where the next page begins. */
interface ListPage {
  readonly rows: readonly Row[];
  readonly count: number | undefined;
  readonly nextSkipToken: string | undefined;
}

const DEFAULT_TOP = 100;
const MAX_TOP = 999;

/** What a skip token holds: how far the listing came, for this query and no other. */
interface SkipToken {
  readonly position: number;
  readonly query: string;
}

/** Reads one page (wire reference G3). @throws GraphError 400 for what Graph would refuse */
export function readPage(
  http: HttpRequest,
  collection: Collection,
  entity: EntityType,
  seal: Seal,
): ListPage {
  const top = readTop(http.query.$top);
  const query = readListQuery(http, entity);
  const start = readSkipToken(http.query, seal);
  const rows: Row[] = [];
  let next: number | undefined;
  const rowAt = rowsOf(query, collection);
  for (let at = start; at < collection.size; at++) {
    if (rows.length === top) {
      next = at;
      break;
    }
    const row = rowAt(at);
    if (row !== undefined) rows.push(row);
  }
  return {
    rows,
    count: query.counts && start === 0 ? countOf(query, collection) : undefined,
    nextSkipToken:
      next === undefined ? undefined : seal.close({ position: next, query: fingerprint(http.query) }),
  };
}

/** How many rows a query matches. */
export function countOf({ matches }: ListQuery, collection: Collection): number {
  if (matches === undefined) return collection.count;
  let count = 0;
  for (let at = 0; at < collection.size; at++) {
    const row = collection.at(at);
    if (row !== undefined && matches(row)) count++;
  }
  return count;
}

function readTop(top: string | undefined): number {
  if (top === undefined) return DEFAULT_TOP;
  const size = /^\d+$/.test(top) ? Number(top) : Number.NaN;
  if (size >= 1 && size <= MAX_TOP) return size;
  throw new GraphError(
    'Request_UnsupportedQuery',
    `Invalid page size specified: '${top}'. Must be between 1 and ${MAX_TOP} inclusive.`,
  );
}

function fingerprint(query: Fields): string {
  const { $skiptoken: _own, ...rest } = query;
  return createHash('sha256')
    .update(JSON.stringify(Object.entries(rest).sort()))
    .digest('base64url');
}

function readSkipToken(query: Fields, seal: Seal): number {
  if (query.$skip !== undefined)
    throw new GraphError('Request_BadRequest', "'$skip' is not supported by the service.");
  if (query.$skiptoken === undefined) return 0;
  const opened = seal.open(query.$skiptoken);
  if (isSkipToken(opened) && opened.query === fingerprint(query)) return opened.position;
  throw new GraphError('Request_BadRequest', 'The skip token is not valid for this request.');
}

function isSkipToken(value: unknown): value is SkipToken {
  return typeof value === 'object' && value !== null && 'position' in value && 'query' in value;
}
