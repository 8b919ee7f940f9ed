import { FAILURE_WORDS } from '../../src/failures/catalogues.ts';
import { eachLanguage } from '../../src/failures/index.ts';
import { CATALOGUES as PAGES } from '../../src/web/words/catalogues.ts';

/** Every word of every language: those of the pages, and those of failures. */
export const CATALOGUES = eachLanguage((language) => ({ ...PAGES[language], ...FAILURE_WORDS[language] }));
