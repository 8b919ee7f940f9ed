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

test.each([
  'https://login.microsoftonline.com/contoso.example',
  'https://login.microsoftonline.us/common/',
  'https://contoso.ciamlogin.com/',
  'https://contoso.b2clogin.com/contoso.onmicrosoft.com/B2C_1_signin',
  'https://contoso.b2clogin.com/tfp/contoso.onmicrosoft.com/B2C_1A_signin',
])('O67 %s is an authority', (authority) => {
  expect(problemsOf({ ...GOOD, AUTHORITY: authority })).toEqual([]);
});

function problemsOf(environment: Case['set']): readonly string[] {
  try {
    readConfig(environment);
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
}
