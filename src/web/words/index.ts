export { loadWords, type Translate } from './translate.ts';
