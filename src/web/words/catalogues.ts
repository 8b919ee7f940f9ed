import type { Language } from '../language.ts';
import { en } from './en.ts';
import { enFailures } from './en-failures.ts';
import { enTopics } from './en-topics.ts';
import type { FailureCatalogue, PageCatalogue, TopicCatalogue } from './shape.ts';

/** Every word of one language. */
export type Catalogue = PageCatalogue & { failures: FailureCatalogue; topics: TopicCatalogue };

/** Every word of every language. */
export const CATALOGUES: Readonly<Record<Language, Catalogue>> = {
  en: { ...en, failures: enFailures, topics: enTopics },
  nl: { ...en, failures: enFailures, topics: enTopics },
  de: { ...en, failures: enFailures, topics: enTopics },
};
