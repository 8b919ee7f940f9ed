import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { languageHref, localHref, loginHref, mailHref, webHref } from '../../src/web/layout/links.ts';
import { anyCharacter } from '../support/any-character.ts';

describe('localHref', () => {
  test.each(['/', '/graphcall', '/graphcall?cursor=a%20b&top=5', '/a#b'])('keeps %s', (path) => {
    expect(localHref(path)).toBe(path);
  });

  test.each([
    '',
    'graphcall',
    '//evil.example',
    '/\\evil.example',
    '\\\\evil',
    'https://evil.example',
    'javascript:1',
    '/a\n',
    '/\t/evil',
  ])('turns %p into the home page', (path) => {
    expect(localHref(path)).toBe('/');
  });
});

describe('links of the app itself', () => {
  test('a sign-in carries where it comes back to, encoded', () => {
    expect(loginHref('/graphcall?a=1&b=2')).toBe('/login?returnTo=%2Fgraphcall%3Fa%3D1%26b%3D2');
    expect(loginHref('/', 'select_account')).toBe('/login?prompt=select_account&returnTo=%2F');
  });

  test('the language switch carries the page it came from', () => {
    expect(languageHref('nl', '/graphcall')).toBe('/language?to=nl&returnTo=%2Fgraphcall');
  });

  test('half a surrogate pair does no harm', () => {
    expect(loginHref('/\ud800')).toBe('/login?returnTo=%2F%EF%BF%BD');
  });
});

describe('webHref', () => {
  test.each([
    ['https://login.example/x?a=b', 'https://login.example/x?a=b'],
    ['http://localhost:5001/consent', 'http://localhost:5001/consent'],
    ['javascript:alert(1)', undefined],
    ['data:text/html,x', undefined],
    ['/local', undefined],
    [undefined, undefined],
  ])('%p becomes %p', (address, href) => {
    expect(webHref(address)).toBe(href);
  });
});

describe('mailHref', () => {
  test.each([
    ['adele@contoso.example', 'mailto:adele@contoso.example'],
    ["o'neil+tag@contoso.example", "mailto:o'neil%2Btag@contoso.example"],
    ['a?cc=b&c%20@contoso.example', 'mailto:a%3Fcc%3Db%26c%2520@contoso.example'],
    ['jürgen@bücher.example', 'mailto:j%C3%BCrgen@b%C3%BCcher.example'],
  ])('%s can be written to', (mail, href) => {
    expect(mailHref(mail)).toBe(href);
  });

  test.each([
    undefined,
    '',
    'adele',
    'javascript:alert(1)',
    'javascript:alert(1)//@x.example',
    'data:text/html,<b>@x.example',
    'a@b@c.example',
    'a b@contoso.example',
    'a@contoso.example\r\nbcc:x@y.example',
    '\ud800@contoso.example',
    `${'a'.repeat(65)}@contoso.example`,
  ])('%p can not', (mail) => {
    expect(mailHref(mail)).toBeUndefined();
  });

  test('whatever comes out is one mailto: address without a header', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter }), fc.string({ unit: 'binary' }), (local, domain) => {
        expect(mailHref(`${local}@${domain}`) ?? 'mailto:x@y').toMatch(/^mailto:[^?&#\s@]+@[^?&#\s@]+$/);
      }),
    );
  });
});
