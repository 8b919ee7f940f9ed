import { UpstreamError } from '../../errors.ts';
import type { AccessTokenSource, CallGiven, GraphCall, GraphRequest } from '../client/index.ts';
import { readNextLink, readRows, readTotal } from '../lists/index.ts';
import { DIRECTORY_USER_SELECT, type DirectoryUser, readDirectoryUser } from './directory-user.ts';
import { searchModeOf, searchOption } from './people-search.ts';

/** What part of the directory to list. */
interface UsersQuery extends CallGiven {
  /** People on one page, 1 to 999. */
  top: number;
  /** Only people whose name or address matches this. */
  search?: string;
  /** Where a page begins: the `$skiptoken` of the link on the page before. */
  cursor?: string;
  /** Ask in the simplest way: without sorting and counting, and searching beginnings only. */
  plain?: boolean;
}

export interface UsersResponse {
  people: DirectoryUser[];
  /** Where the next page begins; absent on the last one. */
  cursor?: string;
  /** Rows that were no users were left out, or the link to the next page was refused. */
  incomplete: boolean;
  /** How many people match in all; Graph says so on the first page only, and not everywhere. */
  total?: number;
  /** Graph was asked in the simplest way, and so must the next page be. */
  plain: boolean;
}

const USERS_PATH = '/v1.0/users';
const MAX_CURSOR_CHARACTERS = 4_000;

/**
 * Lists one page of the directory's users (Microsoft Graph: List users), sorted and counted. A directory that cannot
 * do that (Azure AD B2C, for one) refuses the request; it is then asked in the simplest way.
 */
export async function listUsers(
  call: GraphCall,
  endpoint: string,
  token: AccessTokenSource,
  query: UsersQuery,
): Promise<UsersResponse> {
  const plain = query.plain ?? (query.search !== undefined && searchModeOf(query.search) === 'beginnings');
  const ask = async (asked: UsersQuery, isPlain: boolean) => {
    const { body } = await call(token, usersRequest(asked, isPlain));
    return { ...readUsers(body as Record<string, unknown>, endpoint), plain: isPlain };
  };
  try {
    return await pastEmptyPages(ask, query, plain);
  } catch (error) {
    if (plain || query.cursor !== undefined || !isUnsupported(error)) throw error;
    return await pastEmptyPages(ask, query, true);
  }
}

/** Graph may give pages without anybody before those with somebody; so many are passed by before a person is asked. */
const MOST_EMPTY_PAGES = 5;

async function pastEmptyPages(
  ask: (query: UsersQuery, plain: boolean) => Promise<UsersResponse>,
  query: UsersQuery,
  plain: boolean,
): Promise<UsersResponse> {
  const first = await ask(query, plain);
  let page = first;
  for (let passed = 0; passed < MOST_EMPTY_PAGES; passed += 1) {
    const { people, cursor, incomplete } = page;
    if (people.length > 0 || cursor === undefined) break;
    const next = await ask({ ...query, cursor }, plain);
    page = { ...next, incomplete: incomplete || next.incomplete };
  }
  return { ...page, ...(first.total === undefined ? {} : { total: first.total }) };
}

/** Path and headers of a list; sorting with counting and searching needs eventual consistency. */
export function usersRequest(
  { top, search, cursor, correlationId, signal }: UsersQuery,
  plain: boolean,
): GraphRequest {
  const options: [string, string][] = [['$select', DIRECTORY_USER_SELECT]];
  if (search !== undefined) options.push(searchOption(search, plain ? 'beginnings' : 'words'));
  if (!plain) options.push(['$orderby', 'displayName'], ['$count', 'true']);
  options.push(['$top', String(top)]);
  if (cursor !== undefined) options.push(['$skiptoken', cursor]);
  const parameters = options.map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return {
    path: `${USERS_PATH}?${parameters.join('&')}`,
    headers: plain ? {} : { ConsistencyLevel: 'eventual' },
    correlationId,
    ...(signal === undefined ? {} : { signal }),
  };
}

/** Whether Graph refused how it was asked, rather than who asked. */
export function isUnsupported(error: unknown): boolean {
  return (
    error instanceof UpstreamError && error.code === 'graph_refused_request' && error.upstream.status === 400
  );
}

/** Whether a text from a URL can be where a page begins. */
export function isCursor(text: string): boolean {
  return text.length <= MAX_CURSOR_CHARACTERS && /^[\x21-\x7e]+$/.test(text);
}

/** Reads a page of users; whatever does not look like one is left out and said. */
function readUsers(body: Record<string, unknown>, endpoint: string): Omit<UsersResponse, 'plain'> {
  const rows = readRows(body);
  const people = rows.map(readDirectoryUser).filter((user) => user !== undefined);
  const link = body['@odata.nextLink'];
  const cursor = skipTokenOf(readNextLink(link, endpoint, USERS_PATH));
  const hasNext = cursor !== undefined && isCursor(cursor);
  const lostLink = link !== undefined && link !== null && !hasNext;
  return {
    people,
    ...(hasNext ? { cursor } : {}),
    ...readTotal(body['@odata.count']),
    incomplete: lostLink || people.length < rows.length,
  };
}

/** The cursor of a link to a next page. Read by hand: `URLSearchParams` would turn a `+` of the token into a space. */
export function skipTokenOf(link: URL | undefined): string | undefined {
  const pairs = (link?.search.slice(1) ?? '').split('&').map((pair) => pair.split('=', 2));
  const [, encoded] = pairs.find(([name = '']) => /^(\$|%24)skiptoken$/i.test(name)) ?? [];
  try {
    return encoded === undefined ? undefined : decodeURIComponent(encoded);
  } catch {
    return undefined;
  }
}
