import { searchQuery } from '../directory/index.ts';
import type { Layout, PageWords } from '../layout/index.ts';
import { exportPageHref, filesOf } from './export-links.ts';
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
  return (words, { search, url }) => ({
    exports: filesOf(words, new URLSearchParams(searchQuery(search))),
    exportPageHref: exportPageHref(search, url),
    progressWords: followed[words.language],
  });
}
