import { testInOtherLanguages } from '../../browser/other-languages.ts';
import { brokenRules } from '../../browser/probes.ts';
import { APP_STATES } from '../../browser/states.ts';

testInOtherLanguages({ nl: APP_STATES, de: APP_STATES }, brokenRules);
