import { deAccess } from './de/access.ts';
import { deDirectory } from './de/directory.ts';
import { deFailures } from './de/failures.ts';
import { de } from './de/pages.ts';
import { deTopics } from './de/topics.ts';
import { enAccess } from './en/access.ts';
import { enDirectory } from './en/directory.ts';
import { enFailures } from './en/failures.ts';
import { en } from './en/pages.ts';
import { enTopics } from './en/topics.ts';
import type { Language } from './language.ts';
import { nlAccess } from './nl/access.ts';
import { nlDirectory } from './nl/directory.ts';
import { nlFailures } from './nl/failures.ts';
import { nl } from './nl/pages.ts';
import { nlTopics } from './nl/topics.ts';
import type {
  AccessCatalogue,
  DirectoryCatalogue,
  FailureCatalogue,
  PageCatalogue,
  TopicCatalogue,
} from './shape.ts';

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
