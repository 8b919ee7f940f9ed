import { deFailures, deTopics } from './de/index.ts';
import { enFailures, enTopics } from './en/index.ts';
import type { Language } from './language.ts';
import { nlFailures, nlTopics } from './nl/index.ts';
import type { FailureCatalogue, TopicCatalogue } from './shape.ts';

/** The words for every failure, in every language. */
export const FAILURE_WORDS: Readonly<
  Record<Language, { failures: FailureCatalogue; topics: TopicCatalogue }>
> = {
  en: { failures: enFailures, topics: enTopics },
  nl: { failures: nlFailures, topics: nlTopics },
  de: { failures: deFailures, topics: deTopics },
};
