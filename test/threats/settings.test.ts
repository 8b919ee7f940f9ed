import { expect, test } from '@jest/globals';
import { readConfig } from '../../src/config/config.ts';
import { ConfigurationError } from '../../src/errors.ts';
import { readEntraSettings } from '../../src/sign-in/options/entra-options.ts';
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

test.each(['/run/app/app.sock', String.raw`\\.\pipe\6b2f1c90-app`, '443'])(
  'O67 %s is where an app may listen',
  (PORT) => {
    expect(problemsOf({ ...GOOD, PORT, BASE_URL: 'https://app.example' })).toEqual([]);
  },
);

test.each(['run/app.sock', '/run/', String.raw`\\server\share`, '/'])(
  'O67 %s is nowhere to listen',
  (PORT) => {
    expect(problemsOf({ ...GOOD, PORT, BASE_URL: 'https://app.example' })).toHaveLength(1);
  },
);

test.each(['/getAToken', '/auth/callback', '/signin-oidc', '/loginDone'])(
  'O67 %s is a redirect path as good as another',
  (path) => {
    expect(problemsOf({ ...GOOD, REDIRECT_PATH: path })).toEqual([]);
  },
);

test('O67 tokens for Redis: of one tenant, of a managed identity whatever the tenant, and in an option of the library', () => {
  const tokens = { ...GOOD, REDIS_AUTH: 'entra', REDIS_URL: 'rediss://redis.example:6380' };
  const AUTHORITY = 'https://login.microsoftonline.us/contoso.example';
  expect(problemsOf({ ...tokens, AUTHORITY })).toEqual([]);
  expect(problemsOf({ ...tokens, CLIENT_SECRET: undefined, CLIENT_MANAGED_IDENTITY: 'system' })).toEqual([]);
  const open = (redisUrl: string) => () =>
    readEntraSettings({ redisAuth: 'entra', store: { redisUrl } }, { ...GOOD, AUTHORITY });
  expect(open('rediss://redis.example:6380')().config.redisAuth).toBe('entra');
  expect(open('rediss://:CANARY@redis.example:6380')).toThrow(ConfigurationError);
});

test.each([
  'https://login.microsoftonline.com/contoso.example',
  'https://login.microsoftonline.us/common/',
  'https://contoso.ciamlogin.com/',
  'https://contoso.b2clogin.com/contoso.onmicrosoft.com/B2C_1_signin',
  'https://contoso.b2clogin.com/tfp/contoso.onmicrosoft.com/B2C_1A_signin',
  'https://contoso.b2clogin.cn/contoso.partner.onmschina.cn/B2C_1_signin',
  'https://contoso.ciamlogin.com/contoso.onmicrosoft.com',
  'http://localhost:5001/common',
  'https://127.0.0.1:5001/contoso.example/',
  'http://[::1]:5001/organizations',
])('O67 %s is an authority', (authority) => {
  expect(problemsOf({ ...GOOD, AUTHORITY: authority })).toEqual([]);
});

test('O67 a domain of one’s own is an authority where the settings say so', () => {
  const own = { ...GOOD, AUTHORITY_CUSTOM_DOMAIN: 'TRUE' };
  for (const authority of [
    'https://login.contoso.example/contoso.example',
    'https://login.contoso.example:8443/contoso.example/B2C_1_signin',
    'https://login.microsoftonline.com/common',
  ])
    expect(problemsOf({ ...own, AUTHORITY: authority })).toEqual([]);
});

test.each([
  [
    'https://login.windows.net/Common',
    'https://login.microsoftonline.com/common',
    'https://graph.microsoft.com',
  ],
  [
    'https://login.usgovcloudapi.net/common',
    'https://login.microsoftonline.us/common',
    'https://graph.microsoft.us',
  ],
  [
    'https://login.chinacloudapi.cn/common',
    'https://login.partner.microsoftonline.cn/common',
    'https://microsoftgraph.chinacloudapi.cn',
  ],
  ['http://localhost:5001/common', 'http://localhost:5001/common', 'http://localhost:5001'],
  ['https://contoso.ciamlogin.com/', 'https://contoso.ciamlogin.com', 'https://graph.microsoft.com'],
])('O67 %s is %s, and Graph is at %s', (given, authority, graphEndpoint) => {
  expect(readConfig({ ...GOOD, AUTHORITY: given })).toMatchObject({ authority, graphEndpoint });
});

test('O67 scopes of one API are good, however they name it', () => {
  for (const scope of [
    'openid profile email offline_access User.Read Mail.Read',
    'https://graph.microsoft.com/User.Read Mail.Read',
    '00000003-0000-0000-c000-000000000000/User.Read https://graph.microsoft.com/Mail.Read',
    'api://one/read API://one/write openid',
  ])
    expect([scope, problemsOf({ ...GOOD, SCOPE: scope })]).toEqual([scope, []]);
});

test('O67 what copying brings along is no part of a setting', () => {
  const plain = readConfig({ ...GOOD, ALLOWED_TENANTS: 'a1c0b5e2-7d34-4f6a-9b8e-0c2d4e6f8a10' });
  const copied = Object.entries(GOOD).map(([name, value]) => [name, `\uFEFF\u00A0${value}\u200B\r\n`]);
  expect(
    readConfig({
      ...Object.fromEntries(copied),
      CLIENT_ID: `\u200E${GOOD.CLIENT_ID.toUpperCase()}\u2060`,
      ALLOWED_TENANTS: '\u200Ba1c0b5e2-7d34-4f6a-9b8e-0c2d4e6f8a10\u200E,\u00A0',
    }),
  ).toEqual(plain);
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
