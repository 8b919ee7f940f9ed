import { expect, test } from '@jest/globals';
import {
  type EntraOptions,
  entra,
  type ProtectApiOptions,
  protectApi,
  protectedResourceMetadata,
  requiresGroup,
  requiresRole,
  requiresSignIn,
} from '../../src/sign-in/index.ts';

const GOOD = {
  clientId: '11111111-1111-4111-8111-111111111111',
  clientSecret: 'CANARY-client-secret-0123456789-abcdef',
  authority: 'http://localhost:1/common',
  baseUrl: 'http://localhost:2',
};

/** What somebody wrote in JavaScript. */
const written = <Type>(value: unknown): Type => value as Type;

test.each([
  [{ scopes: 'CANARY.Read' }, 'scopes must be texts in a list'],
  [{ optionalScopes: [7] }, 'optionalScopes must be texts in a list'],
  [{ neverReturnTo: '/CANARY' }, 'neverReturnTo must be texts in a list'],
  [{ store: 'CANARY' }, "store must be 'memory', { folder }, { redisUrl }, or a SessionRecords"],
  [{ store: {} }, "store must be 'memory', { folder }, { redisUrl }, or a SessionRecords"],
  [{ store: { folder: 7 } }, "store must be 'memory', { folder }, { redisUrl }, or a SessionRecords"],
  [
    { apis: { a: { baseUrl: 'https://a.example' } } },
    'apis must be an object of APIs: { orders: { baseUrl, scopes } }',
  ],
  [{ apis: [] }, 'apis must be an object of APIs: { orders: { baseUrl, scopes } }'],
  [
    { apis: { graph: { baseUrl: 'https://a.example', scopes: ['a'] } } },
    'apis.graph is there already: GRAPH_ENDPOINT moves it',
  ],
  [
    { apis: { a: { baseUrl: 'http://CANARY.example', scopes: ['a'] } } },
    'apis.a.baseUrl must begin with https://, or be on this machine',
  ],
  [{ groups: 'CANARY' }, "groups must be 'as-claimed' or 'resolve-overage'"],
  [{ logger: 'CANARY' }, 'logger must be an object with info, warn and error, as pino has them'],
  [{ onEvent: {}, renderFailure: true }, 'onEvent must be a function\nrenderFailure must be a function'],
  [{ name: 7 }, 'name must be a text'],
  [
    { clientSecret: { CANARY: 1 } },
    'clientSecret must be a text, a number, true or false, or texts in a list',
  ],
  [{ toString: 'CANARY' }, 'toString is no option of entra(): see docs/library.md'],
])(
  'an option of a kind that it cannot be is refused at the start, without its value: %j',
  (options, said) => {
    expect(() => entra(written<EntraOptions>({ ...GOOD, ...options }))).toThrow(
      expect.objectContaining({ message: said }),
    );
  },
);

test.each([
  [{ audience: 'api://a', scope: ['a'] }, 'scope is no option of protectApi(): see docs/library.md'],
  [{ audience: 'api://a', scopes: 'CANARY' }, 'scopes must be texts in a list'],
  [{ scopes: ['a'] }, 'audience must name the API'],
])('so is one of protectApi(): %j', (options, said) => {
  expect(() => protectApi(written<ProtectApiOptions>({ ...GOOD, ...options }))).toThrow(
    expect.objectContaining({ message: said }),
  );
});

test('a guard that is not called, or named something else than texts, is refused where it is written', () => {
  expect(() => requiresRole(written(['Admin', 'Auditor']))).toThrow("requiresRole('one', 'another')");
  expect(() => requiresRole('')).toThrow('takes texts');
  expect(() => requiresGroup(written(['an-id']))).toThrow("requiresGroup('one', 'another')");
  expect(() => requiresSignIn(written({ ...GOOD }))).toThrow(/clientId is no option of requiresSignIn/);
  expect(() => requiresSignIn(written({ scopes: 'Calendars.Read' }))).toThrow(
    'scopes must be texts in a list',
  );
});

test.each([
  ['orders', ['https://issuer.example']],
  ['http://orders.example', ['https://issuer.example']],
  ['https://orders.example/#a', ['https://issuer.example']],
  ['https://orders.example', []],
])('an API that describes itself as %s, with %j, is refused', (resource, authorizationServers) => {
  expect(() => protectedResourceMetadata({ resource, authorizationServers })).toThrow(/must/);
});
