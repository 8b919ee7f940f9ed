import type { Layout, PageWords } from '../layout/index.ts';
import { exportHref, exportPageHref } from './export-links.ts';
import { progressWords } from './progress-words.ts';

/** The list that a page shows. */
interface ListAtHand {
  search?: string;
  /** Where the page is; absent: where everybody's begins. */
  url?: string;
}

/** What a page of a list says about its export: the files, the page of one, and the words of its progress. */
type ExportOffer = (words: PageWords, list: ListAtHand) => Readonly<Record<string, unknown>>;

/** Makes what is the same on every page once. */
export function createExportOffer(layout: Layout): ExportOffer {
  const followed = layout.inEachLanguage(progressWords);
  return ({ language, t }, { search, url }) => ({
    exports: [
      { href: exportHref('csv', language, search), label: t('export.csv') },
      { href: exportHref('json', language, search), label: t('export.json') },
    ],
    exportPageHref: exportPageHref(search, url),
    progressWords: followed[language],
  });
}
