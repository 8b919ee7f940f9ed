export { inWords, type Trouble, wordsOf } from './administrator-words.ts';
export { failureText } from './failure-text.ts';
export {
  eachLanguage,
  isLanguage,
  LANGUAGE_NAMES,
  LANGUAGES,
  type Language,
  languageOf,
} from './language.ts';
export { needsRedirectUri, remedyOf, topicOf } from './remedies.ts';
export { type Action, type Remedy, TOPICS, type TopicName, topicOfCode } from './topics.ts';
