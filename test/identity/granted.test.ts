import { describe, expect, test } from '@jest/globals';
import { accessTokensIn, grantedOf, readGranted } from '../../src/identity/cached-tokens.ts';
import { missingScopes, resourceOf, scopesFor } from '../../src/identity/scopes.ts';

const cacheOf = (...tokens: object[]): string =>
  JSON.stringify({ AccessToken: Object.fromEntries(tokens.map((token, index) => [`key-${index}`, token])) });

describe('what was granted', () => {
  test('is read from the newest access token', () => {
    const cache = cacheOf(
      { target: 'Old', cached_at: '100', expires_on: '200', secret: 'x' },
      { target: 'User.Read openid', cached_at: '1000', expires_on: '1700000000', secret: 'y' },
    );
    expect(readGranted(accessTokensIn(cache))).toEqual({
      scopes: ['User.Read', 'openid'],
      expiresAt: new Date('2023-11-14T22:13:20Z'),
    });
  });

  test('is read from the newest access token of each API', () => {
    const cache = cacheOf(
      { target: 'api://orders/Read', cached_at: '900', expires_on: '1600000000' },
      { target: 'User.Read openid', cached_at: '1000', expires_on: '1700000000' },
      { target: 'https://graph.microsoft.com/Mail.Read', cached_at: '800', expires_on: '1' },
    );
    expect(readGranted(accessTokensIn(cache))).toEqual({
      scopes: ['User.Read', 'openid', 'api://orders/Read'],
      expiresAt: new Date('2023-11-14T22:13:20Z'),
    });
  });

  test.each([
    '',
    '{',
    'null',
    '[]',
    '7',
    '{"AccessToken":null}',
    '{"AccessToken":{"a":null,"b":7}}',
    cacheOf({ target: 7, expires_on: {}, cached_at: [] }),
    cacheOf({ target: '', expires_on: '-1' }),
    cacheOf({ expires_on: '9'.repeat(40) }),
  ])('is nothing for %s', (cache) => {
    expect(readGranted(accessTokensIn(cache))).toEqual({ scopes: [], expiresAt: undefined });
  });
});

test.each([
  [['User.Read'], ['https://graph.microsoft.com/user.read'], []],
  [['https://graph.microsoft.com/User.Read'], ['User.Read'], []],
  [['User.Read', 'Mail.Read'], ['User.Read', 'openid'], ['Mail.Read']],
  [['User.Read'], [], ['User.Read']],
  [['User.Read'], ['User.Read.All'], ['User.Read']],
  [['User.Read'], ['api://orders/User.Read'], ['User.Read']],
  [['api://orders/Read'], ['User.Read', 'API://Orders/read'], []],
  [['https://graph.microsoft.us/User.Read'], ['user.read'], []],
])('of %j with %j granted, %j is missing', (asked, granted, missing) => {
  expect(missingScopes(asked, granted)).toEqual(missing);
});

test.each([
  [['User.Read', 'Mail.Read'], 'user.read openid', ['User.Read']],
  [['User.Read', 'Mail.Read'], 'User.Read Mail.Read', ['User.Read', 'Mail.Read']],
  [['User.Read', 'Mail.Read'], 'openid', ['User.Read', 'Mail.Read']],
])('of %j with %s granted, tokens are renewed for %j', (asked, target, renewed) => {
  expect(grantedOf(asked, accessTokensIn(cacheOf({ target, cached_at: '1' })))).toEqual(renewed);
});

test.each([
  [['openid', 'profile'], ''],
  [['User.Read'], ''],
  [['offline_access', 'api://orders/Read'], 'api://orders'],
  [['https://management.azure.com//user_impersonation'], 'https://management.azure.com'],
  [['00000003-0000-0000-c000-000000000000/User.Read'], ''],
])('the scopes %j are for the resource "%s"', (scopes, resource) => {
  expect(resourceOf(scopes)).toBe(resource);
});

test('the scopes for one API leave out the others', () => {
  const scopes = ['openid', 'User.Read', 'api://orders/Read', 'https://graph.microsoft.com/Mail.Read'];
  expect(scopesFor('', scopes)).toEqual(['openid', 'User.Read', 'https://graph.microsoft.com/Mail.Read']);
  expect(scopesFor('api://orders', scopes)).toEqual(['openid', 'api://orders/Read']);
});
