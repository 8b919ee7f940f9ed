import type { Language } from '../../failures/index.ts';
import { MAX_RETURN_CHARACTERS, type QueryParameters } from '../../http/index.ts';
import { allOf, searchQuery } from '../directory/index.ts';
import { PATHS, type PageWords } from '../layout/index.ts';

/** What the address of an export's page says. */
export interface ExportAddress {
  /** Whom to export, and by which name the export is followed: a query. */
  query: string;
  /** The list that the page was reached from. */
  listUrl: string;
  /** It was asked not to renew itself. */
  isStill: boolean;
}

/** Where decimals have a comma, Excel separates by semicolons: it would show a file with commas in one column. */
const HAS_SEMICOLONS: Readonly<Record<Language, boolean>> = { en: false, nl: true, de: true };

const FILES = [
  { path: PATHS.exportCsv, label: 'export.csv', isForSpreadsheets: true },
  { path: PATHS.exportJson, label: 'export.json', isForSpreadsheets: false },
];

/** The files that a query is about: everybody, or everybody who matches a search. */
export function filesOf({ language, t }: PageWords, query: URLSearchParams) {
  return FILES.map(({ path, label, isForSpreadsheets }) => {
    const parameters = new URLSearchParams(query);
    if (isForSpreadsheets && HAS_SEMICOLONS[language]) parameters.set('separator', 'semicolon');
    return { href: `${path}${parameters.size === 0 ? '' : `?${parameters}`}`, label: t(label) };
  });
}

/** The page that shows how far such a file is, and leads back to a page of the list. */
export function exportPageHref(search: string | undefined, listUrl = allOf(search)): string {
  return exportPageUrl({ query: searchQuery(search).slice(1), listUrl, isStill: false });
}

/** The page of an export, with what it was told; the way back is left out where the address would get too long. */
export function exportPageUrl({ query, listUrl, isStill }: ExportAddress): string {
  const parameters = new URLSearchParams(query);
  const isUsual = listUrl === allOf(parameters.get('search') ?? undefined);
  if (isStill) parameters.set('renew', 'no');
  const usual = parameters.size === 0 ? PATHS.exportPage : `${PATHS.exportPage}?${parameters}`;
  parameters.set('returnTo', listUrl);
  const whole = `${PATHS.exportPage}?${parameters}`;
  return isUsual || whole.length > MAX_RETURN_CHARACTERS ? usual : whole;
}

/** How many people the files have after which another one goes on. */
export function readAfter({ after = '' }: QueryParameters): number | undefined {
  return /^[1-9]\d{0,8}$/.test(after) ? Number(after) : undefined;
}
