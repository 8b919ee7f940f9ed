import { type DirectoryUser, readDirectoryUser } from './directory-user.ts';
import { type RowPage, readPages } from './pages.ts';
import { searchModeOf } from './people-search.ts';
import type { AccessTokenSource, GraphCall } from './request.ts';
import { isUnsupported, usersRequest } from './users.ts';

/** Whom to read, and what goes with every call. */
export interface AllUsersQuery {
  search?: string;
  correlationId: string;
  signal: AbortSignal;
}

/** Some of the people; `leftOut` rows were no users. */
export interface SomeUsers {
  people: DirectoryUser[];
  leftOut: number;
  /** How many there are in all; on the first page, where Graph says so. */
  total?: number;
}

/** The most that Graph gives at once. */
const TOP = 999;

/**
 * Reads everybody, or everybody who matches, page by page, each one only when it is wanted.
 * @throws UpstreamError after the last good page
 */
export async function* allUsers(
  call: GraphCall,
  endpoint: string,
  token: AccessTokenSource,
  query: AllUsersQuery,
): AsyncGenerator<SomeUsers, void, undefined> {
  const pagesOf = (plain: boolean) =>
    readPages(call, endpoint, token, usersRequest({ ...query, top: TOP }, plain));
  const isPlain = query.search !== undefined && searchModeOf(query.search) === 'beginnings';
  yield* unlessUnsupported(pagesOf(isPlain), () => pagesOf(true));
}

/** Asks in the other way where the first page is refused for how it was asked. */
async function* unlessUnsupported(
  pages: AsyncGenerator<RowPage>,
  otherwise: () => AsyncGenerator<RowPage>,
): AsyncGenerator<SomeUsers, void, undefined> {
  let begun = false;
  try {
    for await (const page of pages) {
      begun = true;
      yield usersOf(page);
    }
  } catch (error) {
    if (begun || !isUnsupported(error)) throw error;
    for await (const page of otherwise()) yield usersOf(page);
  }
}

function usersOf({ rows, total }: RowPage): SomeUsers {
  const people = rows.map(readDirectoryUser).filter((user) => user !== undefined);
  return { people, leftOut: rows.length - people.length, ...(total === undefined ? {} : { total }) };
}
