import { createHash } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import { isObject } from '../../json-object.ts';
import {
  type AccessTokenSource,
  type GraphCall,
  type GraphRequest,
  type GraphResponse,
  responseRefused,
} from '../client/index.ts';
import { readNextLink } from './next-link.ts';
import { readRows, readTotal } from './rows.ts';

/** An object of a list, with the properties that Graph gave it. */
export type Row = Readonly<Record<string, unknown>>;

export interface RowPage {
  rows: readonly Row[];
  /** Graph says that there are more rows, whether or not its link is one that may be followed. */
  hasMore: boolean;
  /** Path and query of the next page; absent on the last one and where the link was refused. */
  nextPath?: string;
  /** How many rows the whole list has, where Graph says so. */
  total?: number;
}

/** Where and how to read: `path` with its query, and what goes with every page. */
type PagesRequest = Pick<GraphRequest, 'path' | 'headers' | 'correlationId' | 'signal'>;

/** More pages than any directory has: a list that never ends. */
const MAX_PAGES = 200_000;

/**
 * Reads a list page by page. Follows a link to the next page where it stays on the endpoint and path of the list; each
 * page once.
 * @param ahead asks for each page before the one at hand is used, even if nobody will want it; else only when it is
 *   wanted
 * @throws UpstreamError `graph_answer_refused` after the last good page, for a link that may not be followed
 */
export async function* readPages(
  call: GraphCall,
  endpoint: string,
  token: AccessTokenSource,
  request: PagesRequest,
  { ahead = false } = {},
): AsyncGenerator<RowPage, void, undefined> {
  const { pathname } = new URL(request.path, endpoint);
  const ask = asking((path) => call(token, { ...request, path }));
  let coming = ask(request.path);
  const once = eachOnce();
  let before: RowPage | undefined;
  while (coming !== undefined) {
    const { body } = await coming;
    const page = readPage(body as Record<string, unknown>, endpoint, pathname);
    if (before !== undefined) requireProgress(before, page);
    const next = ahead ? ask(page.nextPath) : undefined;
    if (next !== undefined) await turn(); // lets the request go out: what follows takes all of the thread for a while
    yield { ...page, rows: once(page.rows) };
    requireFollowable(page);
    before = page;
    coming = ahead ? next : ask(page.nextPath);
  }
}

/** So many pages are looked back over: Graph puts somebody on two pages when the directory changes in between. */
const PAGES_LOOKED_BACK = 20;

/** Leaves out objects that stood on one of the last pages already. */
function eachOnce(): (rows: readonly Row[]) => Row[] {
  const pages: Set<unknown>[] = [];
  return (rows) => {
    const kept = rows.filter(({ id }) => id === undefined || !pages.some((ids) => ids.has(id)));
    pages.push(new Set(kept.map(({ id }) => id)));
    if (pages.length > PAGES_LOOKED_BACK) pages.shift();
    return kept;
  };
}

/** Asks for pages, each once; for none where there is no path. */
function asking(
  fetchPage: (path: string) => Promise<GraphResponse>,
): (path: string | undefined) => Promise<GraphResponse> | undefined {
  const seen = new Set<string>();
  const fetchNew = async (path: string) => {
    requireNew(path, seen);
    return fetchPage(path);
  };
  return (path) => {
    if (path === undefined) return undefined;
    const response = fetchNew(path);
    response.catch(() => undefined); // a reader who stopped does not hear of it
    return response;
  };
}

function nextPathOf(link: unknown, endpoint: string, path: string): string | undefined {
  const next = readNextLink(link, endpoint, path);
  return next === undefined ? undefined : `${next.pathname}${next.search}`;
}

function readPage(body: Record<string, unknown>, endpoint: string, pathname: string): RowPage {
  const rows = readRows(body).map(requireRow);
  const link = body['@odata.nextLink'];
  const hasMore = link !== undefined && link !== null;
  const nextPath = nextPathOf(link, endpoint, pathname);
  return {
    rows,
    hasMore,
    ...readTotal(body['@odata.count']),
    ...(nextPath === undefined ? {} : { nextPath }),
  };
}

function requireRow(row: unknown): Row {
  if (isObject(row)) return row;
  throw responseRefused('A row in the list of Microsoft Graph is no object.');
}

/** Links are kept as digests: a link may have thousands of characters, and a list thousands of links. */
function requireNew(path: string, seen: Set<string>): void {
  const digest = createHash('sha256').update(path).digest('base64url').slice(0, 22);
  if (seen.has(digest) || seen.size >= MAX_PAGES)
    throw responseRefused('The list of Microsoft Graph never ends.');
  seen.add(digest);
}

/** A page that begins with the row that the last one began with is the same page under another link. */
function requireProgress(before: RowPage, page: RowPage): void {
  const [one, other] = [before.rows[0]?.id, page.rows[0]?.id];
  if (one !== undefined && one === other)
    throw responseRefused('The list of Microsoft Graph repeats itself.');
}

function requireFollowable({ hasMore, nextPath }: RowPage): void {
  if (hasMore && nextPath === undefined) throw responseRefused('The link to the next page leads elsewhere.');
}
