import { testInOtherLanguages } from './other-languages.ts';
import { APP_STATES } from './states.ts';

/** One for each template and each set of words; `npm run test:heavy` looks at every state. */
const ONE_OF_EACH = [
  ...['welcome', 'home', 'people', 'people-none', 'person', 'profile', 'permissions-missing'],
  ...['consent-failed', 'export', 'sign-out-question', 'throttled', 'unknown-code'],
];

testInOtherLanguages(APP_STATES.filter(({ name }) => ONE_OF_EACH.includes(name)));
