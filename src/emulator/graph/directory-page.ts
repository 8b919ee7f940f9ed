import { createHash } from 'node:crypto';
import type { Directory, DirectoryUser } from '../directory/index.ts';
import type { Fields, HttpRequest } from '../http/index.ts';
import type { Seal } from '../tokens/index.ts';
import { type DirectoryQuery, positionsOf, readDirectoryQuery } from './directory-query.ts';
import { GraphError } from './graph-error.ts';

/** One page of a directory: its people, how many there are in all if asked, and where the next page begins. */
export interface DirectoryPage {
  readonly users: readonly DirectoryUser[];
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
export function readPage(http: HttpRequest, directory: Directory, seal: Seal): DirectoryPage {
  const top = readTop(http.query.$top);
  const query = readDirectoryQuery(http);
  const start = readSkipToken(http.query, seal);
  const users: DirectoryUser[] = [];
  let next: number | undefined;
  const positions = positionsOf(query, directory);
  for (let at = start; at < positions.length; at++) {
    if (users.length === top) {
      next = at;
      break;
    }
    const user = positions.userAt(at);
    if (user !== undefined) users.push(user);
  }
  return {
    users,
    count: query.counts && start === 0 ? countOf(query, directory) : undefined,
    nextSkipToken:
      next === undefined ? undefined : seal.close({ position: next, query: fingerprint(http.query) }),
  };
}

/** How many people a query matches. */
export function countOf(query: DirectoryQuery, directory: Directory): number {
  if (query.matches === undefined) return directory.size;
  let count = 0;
  for (let at = 0; at < directory.size; at++) if (query.matches(directory.at(at))) count++;
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
