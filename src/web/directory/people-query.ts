import { RequestError } from '../../errors.ts';
import { isCursor } from '../../graph/index.ts';
import type { QueryParameters } from '../../http/index.ts';
import { PATHS } from '../layout/index.ts';

/** Which people a page shows; all of it stands in the page's address, so that it can be shared and reloaded. */
export interface PeopleQuery {
  search?: string;
  top: PageSize;
  cursor?: string;
  /** Which page of the list this is, from 2; absent on the first one, and where the address does not say. */
  page?: number;
  /** Where pages between the first and this one begin, the nearest last. */
  before?: readonly string[];
  /** What the first page said of the number of people; an address written by hand can hold any, so it is only shown. */
  total?: number;
  /** The directory has to be asked in its simplest way. */
  plain?: boolean;
}

/** How many people a page shows: a number of them, or as many as a page can hold. */
export type PageSize = number | 'all';

/** People on a page where the address does not say. */
export const PAGE_SIZE = 50;
/** What the page offers to choose from. */
export const PAGE_SIZES: readonly number[] = [25, 50, 100, 250];
/** Nobody's name or address is longer. */
export const MAX_SEARCH_CHARACTERS = 200;
const MAX_PAGE_SIZE = 999;

/** Reads the query of a list of people. @throws RequestError for what is no page of it */
export function readPeopleQuery(parameters: QueryParameters): PeopleQuery {
  const { cursor, plain, total = '' } = parameters;
  if (cursor !== undefined && !isCursor(cursor))
    throw new RequestError('bad_request', 400, 'There is no such page.');
  return {
    ...readSearch(parameters),
    top: readTop(parameters),
    ...(cursor === undefined ? {} : { cursor, ...readPlace(parameters) }),
    ...(cursor !== undefined && /^[1-9]\d{0,8}$/.test(total) ? { total: Number(total) } : {}),
    ...(plain === '1' ? { plain: true } : {}),
  };
}

/** An address written by hand can hold any number: it is shown, and says whether the page before is the first. */
function readPlace({ page = '', before = '' }: QueryParameters): Pick<PeopleQuery, 'page' | 'before'> {
  const passed = before.split(' ').filter((cursor) => cursor !== '' && isCursor(cursor));
  return {
    ...(/^([2-9]|[1-9]\d{1,5})$/.test(page) ? { page: Number(page) } : {}),
    ...(passed.length === 0 ? {} : { before: passed }),
  };
}

/** The text to search for, without what nobody means to search for: control characters and superfluous spaces. */
export function readSearch({ search }: QueryParameters): { search?: string } {
  const text = (search ?? '')
    .normalize('NFC')
    .replaceAll(/[\s\p{Cc}]+/gu, ' ')
    .trim();
  return text === '' ? {} : { search: text };
}

function readTop({ top }: QueryParameters): PageSize {
  if (top === 'all') return top;
  const size = top === undefined ? PAGE_SIZE : Number(top);
  if (Number.isInteger(size) && size >= 1 && size <= MAX_PAGE_SIZE) return size;
  throw new RequestError('bad_request', 400, `A page holds 1 to ${MAX_PAGE_SIZE} people.`);
}

/** The address of a page of people; what is as usual is left out. */
export function peopleUrl(query: PeopleQuery): string {
  const { search, top, cursor, page, before = [], total, plain } = query;
  const parameters = new URLSearchParams();
  if (search !== undefined) parameters.set('search', search);
  if (top !== PAGE_SIZE) parameters.set('top', String(top));
  if (plain === true) parameters.set('plain', '1');
  if (cursor !== undefined) parameters.set('cursor', cursor);
  if (cursor !== undefined && page !== undefined) parameters.set('page', String(page));
  if (before.length > 0) parameters.set('before', before.join(' '));
  if (cursor !== undefined && total !== undefined) parameters.set('total', String(total));
  return parameters.size === 0 ? PATHS.people : `${PATHS.people}?${parameters}`;
}
