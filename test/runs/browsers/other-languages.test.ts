import { testInOtherLanguages } from '../../browser/other-languages.ts';
import { APP_STATES } from '../../browser/states.ts';

/** Every state in one of the two languages in turn: both would take twice as long, and `npm run test:heavy` has them. */
testInOtherLanguages({
  nl: APP_STATES.filter((_state, index) => index % 2 === 0),
  de: APP_STATES.filter((_state, index) => index % 2 === 1),
});
