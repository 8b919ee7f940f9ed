import { expect, test } from '@jest/globals';
import { readConfig } from '../../src/config/config.ts';
import { ConfigurationError } from '../../src/errors.ts';
import { CASES, type Case, GOOD, MORE, VALUES } from './support/bad-settings.ts';

/** A certificate that is not there is found when it is read, after the settings. */
const RULES = [...CASES, ...MORE].filter(({ name }) => name !== 'a certificate that is not there');

test.each(RULES.map((one) => [one.name, one] as const))(
  'O67 %s is a problem of its own',
  (_name, { set, names }) => {
    const told = problemsOf({ ...GOOD, ...set });
    expect([...new Set(told.map((line) => line.split(' ', 1)[0]))].sort()).toEqual([...names].sort());
    expect(told.filter((line) => VALUES.test(line))).toEqual([]);
  },
);

test('O67 the settings that the others are made from are good', () => {
  expect(problemsOf(GOOD)).toEqual([]);
});

test.each(['/getAToken', '/auth/callback', '/signin-oidc', '/loginDone'])(
  'O67 %s is a redirect path as good as another',
  (path) => {
    expect(problemsOf({ ...GOOD, REDIRECT_PATH: path })).toEqual([]);
  },
);

function problemsOf(environment: Case['set']): readonly string[] {
  try {
    readConfig(environment);
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
}
