import type { Language } from '../language.ts';
import { de } from './de.ts';
import { deFailures } from './de-failures.ts';
import { deTopics } from './de-topics.ts';
import { en } from './en.ts';
import { enFailures } from './en-failures.ts';
import { enTopics } from './en-topics.ts';
import { nl } from './nl.ts';
import { nlFailures } from './nl-failures.ts';
import { nlTopics } from './nl-topics.ts';
import type { FailureCatalogue, PageCatalogue, TopicCatalogue } from './shape.ts';

/** Every word of one language. */
export type Catalogue = PageCatalogue & { failures: FailureCatalogue; topics: TopicCatalogue };

/** Every word of every language. */
export const CATALOGUES: Readonly<Record<Language, Catalogue>> = {
  en: { ...en, failures: enFailures, topics: enTopics },
  nl: { ...nl, failures: nlFailures, topics: nlTopics },
  de: { ...de, failures: deFailures, topics: deTopics },
};
