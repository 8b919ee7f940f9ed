import { DIRECTORY_USER_SELECT, type DirectoryUser, readDirectoryUser } from './directory-user.ts';
import { readNextLink } from './next-link.ts';
import type { AccessTokenSource, GraphCall } from './request.ts';
import { readRows } from './rows.ts';

/** What part of the directory to list. */
export interface UsersQuery {
  /** People on one page, 1 to 999. */
  top: number;
  /** Where a page begins: the `$skiptoken` of the link on the page before. */
  cursor?: string;
  correlationId: string;
  signal?: AbortSignal;
}

export interface UsersAnswer {
  people: DirectoryUser[];
  /** Where the next page begins; absent on the last one. */
  cursor?: string;
  /** Rows that were no users were left out, or the link to the next page was refused. */
  incomplete: boolean;
}

const USERS_PATH = '/v1.0/users';
const MAX_CURSOR_CHARACTERS = 4_000;

/** Lists one page of the directory's users (Microsoft Graph: List users). */
export async function listUsers(
  call: GraphCall,
  endpoint: string,
  token: AccessTokenSource,
  query: UsersQuery,
): Promise<UsersAnswer> {
  const { body } = await call(token, {
    path: usersPath(query),
    correlationId: query.correlationId,
    ...(query.signal === undefined ? {} : { signal: query.signal }),
  });
  return readUsers(body as Record<string, unknown>, endpoint);
}

/** Whether a text from a URL can be where a page begins. */
export function isCursor(text: string): boolean {
  return text.length <= MAX_CURSOR_CHARACTERS && /^[\x21-\x7e]+$/.test(text);
}

function usersPath({ top, cursor }: UsersQuery): string {
  const parameters = [`$select=${DIRECTORY_USER_SELECT}`, `$top=${top}`];
  if (cursor !== undefined) parameters.push(`$skiptoken=${encodeURIComponent(cursor)}`);
  return `${USERS_PATH}?${parameters.join('&')}`;
}

/** Reads a page of users; whatever does not look like one is left out and said. */
export function readUsers(body: Record<string, unknown>, endpoint: string): UsersAnswer {
  const rows = readRows(body);
  const people = rows.map(readDirectoryUser).filter((user) => user !== undefined);
  const link = body['@odata.nextLink'];
  const cursor = skipTokenOf(readNextLink(link, endpoint, USERS_PATH));
  const hasNext = cursor !== undefined && isCursor(cursor);
  const lostLink = link !== undefined && link !== null && !hasNext;
  return { people, ...(hasNext ? { cursor } : {}), incomplete: lostLink || people.length < rows.length };
}

/** Read by hand: `URLSearchParams` would turn a `+` of the token into a space. */
function skipTokenOf(link: URL | undefined): string | undefined {
  const pairs = (link?.search.slice(1) ?? '').split('&').map((pair) => pair.split('=', 2));
  const [, encoded] = pairs.find(([name = '']) => /^(\$|%24)skiptoken$/i.test(name)) ?? [];
  try {
    return encoded === undefined ? undefined : decodeURIComponent(encoded);
  } catch {
    return undefined;
  }
}
