export { isLanguage, LANGUAGE_NAMES, LANGUAGES, type Language, negotiateLanguage } from './language.ts';
export { needsRedirectUri, type Remedy, remedyOf, topicOf } from './remedies.ts';
export { type Action, TOPICS, type TopicName } from './topics.ts';
export { loadWords, type Translate } from './translate.ts';
