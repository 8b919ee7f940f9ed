export { inWords, type Trouble, wordsOf } from './administrator-words.ts';
export { FAILURE_WORDS } from './catalogues.ts';
export { failureText } from './failure-text.ts';
export {
  eachLanguage,
  isLanguage,
  LANGUAGE_NAMES,
  LANGUAGES,
  type Language,
  languageOf,
} from './language.ts';
export { headingKeyOf, needsRedirectUri, type Remedy, remedyOf, topicOf } from './remedies.ts';
export type { FailureCatalogue, TopicCatalogue } from './shape.ts';
export { type Action, TOPICS, type TopicName, topicOfCode } from './topics.ts';
