import type { AccessTokenSource, GraphCall } from '../client/index.ts';
import { type RowPage, readPages } from '../lists/index.ts';
import { type DirectoryUser, readDirectoryUser } from './directory-user.ts';
import { searchModeOf } from './people-search.ts';
import { isCursor, isUnsupported, skipTokenOf, usersRequest } from './users.ts';

/** Where an interrupted reading goes on. */
export interface Continuation {
  cursor: string;
  plain: boolean;
}

/** Whom to read, and what goes with every call. */
export interface AllUsersQuery {
  search?: string;
  /** Where to begin; absent: with the first. */
  from?: Continuation;
  /** Asks for each page before the one at hand is used, even if nobody will want it. */
  ahead?: boolean;
  correlationId: string;
  signal: AbortSignal;
}

/** Some of the people; `leftOut` rows were no users. */
export interface SomeUsers {
  people: DirectoryUser[];
  leftOut: number;
  /** How many there are in all; on the first page, where Graph says so. */
  total?: number;
  /** What comes next; absent on the last page. */
  next?: Continuation;
  /** Graph was asked in the simplest way. */
  plain: boolean;
}

/** The most that Graph gives at once. */
const TOP = 999;

/**
 * Reads everybody, or everybody who matches, page by page.
 * @throws UpstreamError after the last good page
 */
export async function* allUsers(
  call: GraphCall,
  endpoint: string,
  token: AccessTokenSource,
  { from, ahead = false, ...query }: AllUsersQuery,
): AsyncGenerator<SomeUsers, void, undefined> {
  const isPlain = from?.plain ?? (query.search !== undefined && searchModeOf(query.search) === 'beginnings');
  const cursor = from === undefined ? {} : { cursor: from.cursor };
  const read = (plain: boolean) =>
    readPages(call, endpoint, token, usersRequest({ ...query, ...cursor, top: TOP }, plain), { ahead });
  let begun = false;
  try {
    for await (const page of read(isPlain)) {
      begun = true;
      yield usersOf(page, isPlain);
    }
  } catch (error) {
    if (begun || isPlain || from !== undefined || !isUnsupported(error)) throw error;
    for await (const page of read(true)) yield usersOf(page, true);
  }
}

function usersOf({ rows, total, nextPath }: RowPage, plain: boolean): SomeUsers {
  const people = rows.map(readDirectoryUser).filter((user) => user !== undefined);
  const cursor = nextPath === undefined ? undefined : skipTokenOf(new URL(nextPath, 'https://graph.invalid'));
  return {
    people,
    leftOut: rows.length - people.length,
    plain,
    ...(total === undefined ? {} : { total }),
    ...(cursor === undefined || !isCursor(cursor) ? {} : { next: { cursor, plain } }),
  };
}
