import { expect, test } from '@jest/globals';
import { accountOf } from '../../src/identity/account.ts';
import type { IdTokenClaims } from '../../src/identity/id-token.ts';

const TENANT = 'a1c0b5e2-7d34-4f6a-9b8e-0c2d4e6f8a10';
const OTHER = 'c3e2d7a4-9f56-4b8c-9da0-2e4f6a8bac32';
const OID = '11111111-2222-4333-8444-555555555555';

const claims = (more: object): IdTokenClaims => ({
  iss: `https://login.microsoftonline.com/${TENANT}/v2.0`,
  sub: 's',
  tid: TENANT,
  oid: OID,
  exp: 2,
  iat: 1,
  preferred_username: 'ada@contoso.example',
  name: 'Ada',
  ...more,
});
const msal = (homeAccountId = `${OID}.${TENANT}`, environment = 'login.microsoftonline.com') => ({
  homeAccountId,
  environment,
  tenantId: TENANT,
  username: '',
  localAccountId: OID,
});

test.each([
  ['its own people, whose token names no provider', {}, 'work'],
  ['its own people by the older issuer', { idp: `https://sts.windows.net/${TENANT}/` }, 'work'],
  ['its own people by the newer issuer', { idp: `https://login.microsoftonline.com/${TENANT}/v2.0` }, 'work'],
  ['whoever gets a code by e-mail', { idp: 'mail' }, 'guest'],
  ['whoever comes by Google', { idp: 'google.com' }, 'guest'],
  ['whoever comes by SAML', { idp: 'https://saml.partner.example/idp' }, 'guest'],
  ['another organisation', { idp: `https://sts.windows.net/${OTHER}/` }, 'guest'],
  ['a personal account', { idp: 'live.com' }, 'guest'],
])('a tenant says of %s: %j is %s', (_who, more, kind) => {
  expect(accountOf(claims(more), msal()).kind).toBe(kind);
});

test('customers who come by another provider are no guests of their own directory', () => {
  for (const host of ['contoso.ciamlogin.com', 'contoso.b2clogin.us', 'contoso.b2clogin.cn']) {
    const customer = msal(undefined, host);
    expect(accountOf(claims({ idp: 'google.com' }), customer).kind).toBe('work');
  }
});

test.each(['', ' ', '\u200b', '\u200e\u2060', '\ufeff', '\u3164'])(
  'a name that shows nothing is none: %j',
  (name) => {
    expect(accountOf(claims({ name }), msal()).displayName).toBe('ada@contoso.example');
  },
);
