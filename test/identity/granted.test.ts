import { describe, expect, test } from '@jest/globals';
import { accessTokensIn } from '../../src/identity/cached-tokens.ts';
import { grantedOf, missingScopes, readGranted } from '../../src/identity/granted.ts';

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
