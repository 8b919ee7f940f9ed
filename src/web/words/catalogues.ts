import { de, deAccess, deDirectory, deFailures, deTopics } from './de/index.ts';
import type { AccessCatalogue, DirectoryCatalogue, PageCatalogue } from './en/index.ts';
import { en, enAccess, enDirectory, enFailures, enTopics } from './en/index.ts';
import type { Language } from './language.ts';
import { nl, nlAccess, nlDirectory, nlFailures, nlTopics } from './nl/index.ts';
import type { FailureCatalogue, TopicCatalogue } from './shape.ts';

/** Every word of one language. */
export type Catalogue = PageCatalogue &
  AccessCatalogue &
  DirectoryCatalogue & { failures: FailureCatalogue; topics: TopicCatalogue };

/** Every word of every language. */
export const CATALOGUES: Readonly<Record<Language, Catalogue>> = {
  en: { ...en, ...enAccess, ...enDirectory, failures: enFailures, topics: enTopics },
  nl: { ...nl, ...nlAccess, ...nlDirectory, failures: nlFailures, topics: nlTopics },
  de: { ...de, ...deAccess, ...deDirectory, failures: deFailures, topics: deTopics },
};
