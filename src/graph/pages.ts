import { createHash } from 'node:crypto';
import { UpstreamError } from '../errors.ts';
import { readNextLink } from './next-link.ts';
import type { AccessTokenSource, GraphCall, GraphRequest } from './request.ts';
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
export type PagesRequest = Pick<GraphRequest, 'path' | 'headers' | 'correlationId' | 'signal'>;

/** More pages than any directory has: a list that never ends. */
const MAX_PAGES = 200_000;

/**
 * Reads a list page by page, each one only when it is wanted. Follows a link to the next page where it stays on the
 * endpoint and path of the list; each page once.
 * @throws UpstreamError `graph_answer_refused` after the last good page, for a link that may not be followed
 */
export async function* readPages(
  call: GraphCall,
  endpoint: string,
  token: AccessTokenSource,
  request: PagesRequest,
): AsyncGenerator<RowPage, void, undefined> {
  const { pathname } = new URL(request.path, endpoint);
  const seen = new Set<string>();
  let path: string | undefined = request.path;
  let before: RowPage | undefined;
  while (path !== undefined) {
    requireNew(path, seen);
    const { body } = await call(token, { ...request, path });
    const page = readPage(body as Record<string, unknown>, endpoint, pathname);
    if (before !== undefined) requireProgress(before, page);
    yield page;
    if (page.hasMore && page.nextPath === undefined)
      throw refused('The link to the next page leads elsewhere.');
    before = page;
    path = page.nextPath;
  }
}

function readPage(body: Record<string, unknown>, endpoint: string, pathname: string): RowPage {
  const rows = readRows(body).map(requireRow);
  const link = body['@odata.nextLink'];
  const hasMore = link !== undefined && link !== null;
  const next = readNextLink(link, endpoint, pathname);
  return {
    rows,
    hasMore,
    ...readTotal(body['@odata.count']),
    ...(next === undefined ? {} : { nextPath: `${next.pathname}${next.search}` }),
  };
}

function requireRow(row: unknown): Row {
  if (typeof row === 'object' && row !== null && !Array.isArray(row)) return row as Row;
  throw refused('A row in the list of Microsoft Graph is no object.');
}

/** Links are kept as digests: a link may have thousands of characters, and a list thousands of links. */
function requireNew(path: string, seen: Set<string>): void {
  const digest = createHash('sha256').update(path).digest('base64url').slice(0, 22);
  if (seen.has(digest) || seen.size >= MAX_PAGES) throw refused('The list of Microsoft Graph never ends.');
  seen.add(digest);
}

/** A page that begins with the row that the last one began with is the same page under another link. */
function requireProgress(before: RowPage, page: RowPage): void {
  const [one, other] = [before.rows[0]?.id, page.rows[0]?.id];
  if (one !== undefined && one === other) throw refused('The list of Microsoft Graph repeats itself.');
}

function refused(message: string): UpstreamError {
  return new UpstreamError('graph_answer_refused', 502, message);
}
