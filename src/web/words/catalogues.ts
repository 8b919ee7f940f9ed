import {
  FAILURE_WORDS,
  type FailureCatalogue,
  type Language,
  type TopicCatalogue,
} from '../../failures/index.ts';
import { de, deAccess, deDirectory } from './de/index.ts';
import type { AccessCatalogue, DirectoryCatalogue, PageCatalogue } from './en/index.ts';
import { en, enAccess, enDirectory } from './en/index.ts';
import { nl, nlAccess, nlDirectory } from './nl/index.ts';

/** Every word of one language. */
type Catalogue = PageCatalogue &
  AccessCatalogue &
  DirectoryCatalogue & { failures: FailureCatalogue; topics: TopicCatalogue };

/** Every word of every language. */
export const CATALOGUES: Readonly<Record<Language, Catalogue>> = {
  en: { ...en, ...enAccess, ...enDirectory, ...FAILURE_WORDS.en },
  nl: { ...nl, ...nlAccess, ...nlDirectory, ...FAILURE_WORDS.nl },
  de: { ...de, ...deAccess, ...deDirectory, ...FAILURE_WORDS.de },
};
