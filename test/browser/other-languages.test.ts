import { testInOtherLanguages } from './other-languages.ts';
import { APP_STATES } from './states.ts';

/** The pages with the most words, of each kind one; `npm run test:heavy` looks at every state. */
const WORDIEST = ['welcome', 'people', 'person', 'permissions-missing', 'export', 'unknown-code'];

testInOtherLanguages(APP_STATES.filter(({ name }) => WORDIEST.includes(name)));
