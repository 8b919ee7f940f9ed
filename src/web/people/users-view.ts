import type { DirectoryUser } from '../../graph/index.ts';
import { MAX_SEARCH_CHARACTERS, PAGE_SIZE, PAGE_SIZES, type PageSize } from '../directory/index.ts';
import { localHref, numberText, type PageWords } from '../layout/index.ts';
import type { Translate } from '../words/index.ts';
import { type PersonView, personView } from './person-view.ts';

export interface UsersPage {
  /** What was searched for; absent where everybody is listed. */
  search?: string;
  /** The search is longer than any name, and nobody was asked. */
  tooLong?: boolean;
  /** The search went by the beginnings of names and addresses only. */
  beginningsOnly?: boolean;
  /** People on a page. */
  top?: PageSize;
  /** Graph stopped answering before the page was full. */
  brokeOff?: boolean;
  people: DirectoryUser[];
  /** How many people there are in all, or match, where Graph said so. */
  total?: number;
  /** Which page of the list this is, where that is known. */
  page?: number;
  /** Where this page is; absent: where everybody's begins. */
  url?: string;
  /** Where the next page is; absent on the last one. */
  nextUrl?: string;
  /** Where the page before is; absent on the first one, and where that is not known. */
  previousUrl?: string;
  /** Where the first page is; absent when this is it. */
  firstUrl?: string;
  /** Why the list may not be whole: rows that were no users were left out, or the link to the next page was refused. */
  incomplete: boolean;
}

/** Longer lists are drawn part by part: how high such a part is has to be guessed, which is felt where there are few. */
const LONG_PAGE = 1_000;
const GROUP = 50;

/** Whether there is nobody to look for, here or anywhere: then the page has other words and no search box. */
export function isNothingToSearch({ people, search, firstUrl, nextUrl }: UsersPage): boolean {
  return people.length === 0 && (search === undefined || firstUrl !== undefined || nextUrl !== undefined);
}

/** Words, choices and rows of the users page. */
export function usersView(given: PageWords, model: UsersPage) {
  const { t } = given;
  const people = model.people.map((user) => personView(user, t('users.nameless')));
  const isLong = people.length > LONG_PAGE;
  return {
    heading: headingOf(given, model),
    search: model.search ?? '',
    size: model.top ?? PAGE_SIZE,
    sizes: sizesOf(given, model.top ?? PAGE_SIZE),
    people,
    // so many to a part of the table that is drawn only when it comes near
    groups: groupsOf(people),
    advice: adviceOf(given, model),
    isLong,
    notes: notesOf(given, model),
    pageText: pageTextOf(given, model),
    nextHref: hrefOf(model.nextUrl),
    previousHref: hrefOf(model.previousUrl),
    firstHref: hrefOf(model.firstUrl),
  };
}

/** Where Graph gives fewer people than were asked for, nobody knows how many came before: then only the page is named. */
function pageTextOf({ language, t }: PageWords, model: UsersPage): string | undefined {
  const { people, total, top = PAGE_SIZE, page = model.firstUrl === undefined ? 1 : undefined } = model;
  if (page === undefined || people.length === 0) return undefined;
  const number = numberText(language, page);
  const named = model.page === undefined ? undefined : t('users.page', { number });
  if (total === undefined || top === 'all') return named;
  const before = (page - 1) * top;
  const last = before + people.length;
  const isWhole = model.nextUrl === undefined ? last === total : people.length === top && last < total;
  if (!isWhole) return named;
  const text = (value: number) => numberText(language, value);
  const range = t('users.range', { first: text(before + 1), last: text(last), total: text(total) });
  const pages = Math.ceil(total / top);
  return pages === 1 ? range : t('users.rangeOfPages', { range, number, pages: text(pages) });
}

function hrefOf(url: string | undefined): string | undefined {
  return url === undefined ? undefined : localHref(url);
}

function groupsOf(people: PersonView[]): PersonView[][] {
  if (people.length <= LONG_PAGE) return [people];
  const count = Math.ceil(people.length / GROUP);
  return Array.from({ length: count }, (_value, index) => people.slice(index * GROUP, (index + 1) * GROUP));
}

function notesOf({ language, t }: PageWords, model: UsersPage): string[] {
  const { people, top, nextUrl, incomplete, brokeOff = false, beginningsOnly = false } = model;
  const number = numberText(language, people.length);
  return [
    ...(incomplete ? [t('users.incomplete')] : []),
    ...(brokeOff ? [t('users.brokeOff', { number })] : []),
    ...(top === 'all' && nextUrl !== undefined && !brokeOff ? [t('users.moreThanAll', { number })] : []),
    ...(beginningsOnly ? [t('find.beginningsOnly')] : []),
  ];
}

function headingOf(
  { language, t }: PageWords,
  { people, total, search, tooLong, nextUrl }: UsersPage,
): string {
  const counted = total === undefined ? undefined : { count: total, number: numberText(language, total) };
  if (tooLong === true) return t('find.tooLongHeading');
  // Matches may stand on a page that follows.
  if (people.length === 0 && nextUrl !== undefined) return t('users.emptyHeading');
  if (search !== undefined) return searchHeading(t, people.length, isolated(search), counted);
  if (people.length === 0) return t('users.emptyHeading');
  return counted === undefined ? t('users.heading') : t('users.headingCounted', counted);
}

function searchHeading(
  t: Translate,
  shown: number,
  search: string,
  counted: { count: number; number: string } | undefined,
): string {
  if (shown === 0) return t('find.nobodyHeading', { search });
  return counted === undefined
    ? t('find.heading', { search })
    : t('find.headingCounted', { ...counted, search });
}

/** A text of another direction does not reorder the sentence around it (Unicode: first strong isolate). */
function isolated(text: string): string {
  return `\u2068${text}\u2069`;
}

function adviceOf({ language, t }: PageWords, { people, tooLong }: UsersPage): string | undefined {
  if (tooLong === true) return t('find.tooLong', { number: numberText(language, MAX_SEARCH_CHARACTERS) });
  return people.length === 0 ? t('find.nobody') : undefined;
}

function sizesOf({ language, t }: PageWords, top: PageSize) {
  const numbers = top === 'all' ? PAGE_SIZES : [...new Set([...PAGE_SIZES, top])];
  return [
    ...numbers
      .toSorted((one, other) => one - other)
      .map((value) => ({ value, text: numberText(language, value), chosen: value === top })),
    { value: 'all', text: t('find.all'), chosen: top === 'all' },
  ];
}
