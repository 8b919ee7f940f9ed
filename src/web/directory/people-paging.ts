import { MAX_USER_ID_CHARACTERS } from '../../graph/index.ts';
import { MAX_RETURN_CHARACTERS } from '../../http/index.ts';
import { type PeopleQuery, peopleUrl } from './people-query.ts';

/** The addresses of the people on a page carry its own, and can be come back to as well. */
const MAX_CHARACTERS = MAX_RETURN_CHARACTERS - '/users/'.length - MAX_USER_ID_CHARACTERS;

/** Addresses of the pages around a page of people; absent where there is none, or none that is known. */
interface PagesAround {
  nextUrl?: string;
  previousUrl?: string;
  firstUrl?: string;
}

/**
 * Where one can go from a page of people. A page of Graph's knows where the next one begins and nothing else, so the
 * address of each page carries where those before it begin.
 * @param nextCursor where the next page begins; absent on the last one
 */
export function pagesAround(shown: PeopleQuery, nextCursor: string | undefined): PagesAround {
  const { cursor, page, before = [], ...list } = shown;
  const { total: _total, plain: _plain, ...first } = list;
  const around: PagesAround = {};
  if (nextCursor !== undefined) {
    const passed = cursor === undefined ? [] : [...before, cursor];
    const number = cursor === undefined ? 1 : page;
    around.nextUrl = fittingUrl({ ...list, cursor: nextCursor, before: passed, ...numbered(number, 1) });
  }
  if (cursor === undefined) return around;
  around.firstUrl = peopleUrl(first);
  const nearest = before.at(-1);
  if (page === 2) around.previousUrl = around.firstUrl;
  else if (nearest !== undefined)
    around.previousUrl = fittingUrl({
      ...list,
      cursor: nearest,
      before: before.slice(0, -1),
      ...numbered(page, -1),
    });
  return around;
}

function numbered(page: number | undefined, step: 1 | -1): { page?: number } {
  return page === undefined ? {} : { page: page + step };
}

/**
 * Forgets the pages furthest back, so that a sign-in or another language can come back to the address. Each page is
 * measured once and by itself: an address written by hand can name thousands.
 */
function fittingUrl(query: PeopleQuery): string {
  const { before = [], ...rest } = query;
  let room = MAX_CHARACTERS - peopleUrl({ ...rest, before: [''] }).length;
  let kept = 0;
  for (const cursor of before.toReversed()) {
    room -= encodedLength(cursor) + (kept === 0 ? 0 : 1);
    if (room < 0) break;
    kept += 1;
  }
  return peopleUrl({ ...rest, before: before.slice(before.length - kept) });
}

/** In a query, as `URLSearchParams` writes it. */
function encodedLength(text: string): number {
  return new URLSearchParams([['', text]]).toString().length - 1;
}
