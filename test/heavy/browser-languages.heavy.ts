import { testInOtherLanguages } from '../browser/other-languages.ts';
import { APP_STATES } from '../browser/states.ts';

testInOtherLanguages(APP_STATES);
