import { numberText } from './formats.ts';
import type { Language } from './language.ts';
import { exportHref, localHref } from './links.ts';
import type { UsersPage } from './page-models.ts';
import { MAX_SEARCH_CHARACTERS, PAGE_SIZE, PAGE_SIZES } from './people-query.ts';
import { type PersonView, personView } from './person-view.ts';
import type { Translate } from './words/translate.ts';

interface Given {
  language: Language;
  t: Translate;
}

/** The users page as its templates show it. */
export interface UsersView {
  heading: string;
  search: string;
  sizes: { value: number; text: string; chosen: boolean }[];
  people: PersonView[];
  /** What to do where nobody is shown. */
  advice: string | undefined;
  notes: string[];
  /** For the script that follows an export: it fills in what stands in braces. */
  progressWords: [name: string, words: string][];
  exports: { href: string; label: string }[];
  nextHref: string | undefined;
  firstHref: string | undefined;
  [more: string]: unknown;
}

/** Whether there is nobody to look for, here or anywhere: then the page has other words and no search box. */
export function isNothingToSearch({ people, search, firstUrl, nextUrl }: UsersPage): boolean {
  return people.length === 0 && (search === undefined || firstUrl !== undefined || nextUrl !== undefined);
}

/** Words, choices and rows of the users page. */
export function usersView(given: Given, model: UsersPage): UsersView {
  const { t } = given;
  return {
    heading: headingOf(given, model),
    search: model.search ?? '',
    sizes: sizesOf(given, model.top ?? PAGE_SIZE),
    people: model.people.map((user) => personView(user, t('users.nameless'))),
    advice: adviceOf(given, model),
    notes: [
      ...(model.incomplete ? [t('users.incomplete')] : []),
      ...(model.beginningsOnly === true ? [t('find.beginningsOnly')] : []),
    ],
    progressWords: progressWords(t),
    exports: [
      { href: exportHref('csv', model.search), label: t('export.csv') },
      { href: exportHref('json', model.search), label: t('export.json') },
    ],
    nextHref: model.nextUrl === undefined ? undefined : localHref(model.nextUrl),
    firstHref: model.firstUrl === undefined ? undefined : localHref(model.firstUrl),
  };
}

function progressWords(t: Translate): UsersView['progressWords'] {
  const values = { number: '{number}', total: '{total}', rate: '{rate}', duration: '{duration}' };
  return [
    ['begun', t('export.begun')],
    ['some', t('export.some', values)],
    ['of', t('export.of', values)],
    ['waiting', t('export.waiting', values)],
    ['complete', t('export.complete', values)],
    ['incomplete', t('export.incomplete', values)],
  ];
}

function headingOf({ language, t }: Given, { people, total, search, tooLong }: UsersPage): string {
  const counted = total === undefined ? undefined : { count: total, number: numberText(language, total) };
  if (tooLong === true) return t('find.tooLongHeading');
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

function adviceOf({ language, t }: Given, { people, tooLong }: UsersPage): string | undefined {
  if (tooLong === true) return t('find.tooLong', { number: numberText(language, MAX_SEARCH_CHARACTERS) });
  return people.length === 0 ? t('find.nobody') : undefined;
}

function sizesOf({ language }: Given, top: number): UsersView['sizes'] {
  const values = [...new Set([...PAGE_SIZES, top])].sort((one, other) => one - other);
  return values.map((value) => ({ value, text: numberText(language, value), chosen: value === top }));
}
