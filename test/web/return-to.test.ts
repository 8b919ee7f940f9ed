import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { safeReturnTo } from '../../src/http/return-to.ts';
import { anyCharacter } from '../support/any-character.ts';
import { HOSTILE_TARGETS } from '../support/hostile-targets.ts';

describe('where the app redirects to', () => {
  test.each([
    ['/', '/'],
    ['/graphcall', '/graphcall'],
    ['/graphcall?top=10&cursor=abc', '/graphcall?top=10&cursor=abc'],
    ['/graphcall?search=a%20b#row', '/graphcall?search=a%20b#row'],
    ['/graphcall?next=https://evil.example', '/graphcall?next=https://evil.example'],
    ['/graphcall?search=%0d%0a', '/graphcall?search=%0d%0a'],
  ])('%s is a page of the app', (target, expected) => {
    expect(safeReturnTo(target)).toBe(expected);
  });

  test.each(['/login', '/LOGIN', '/logout', '/getAToken?code=x', '/language?to=nl', '/./logout'])(
    '%s is an action and no page to come back to',
    (target) => {
      expect(safeReturnTo(target)).toBe('/');
    },
  );

  test.each(['/auth/Back', '/AUTH/back/', '/auth/back//?code=x'])(
    'the redirect path %s neither',
    (target) => {
      expect(safeReturnTo(target, { redirectPath: '/auth/Back' })).toBe('/');
    },
  );

  test('the corpus holds at least 200 different hostile targets', () => {
    expect(new Set(HOSTILE_TARGETS).size).toBeGreaterThanOrEqual(200);
  });

  test.each(HOSTILE_TARGETS.map((target) => [JSON.stringify(target).slice(0, 100), target]))(
    '%s stays on the origin',
    (_name, target) => {
      expect(leavesOrigin(safeReturnTo(target))).toBe(false);
    },
  );

  test('no text whatever leaves the origin', () => {
    const pieces = fc.constantFrom(
      '/',
      '\\',
      '//',
      '%2f',
      '%5c',
      '..',
      '.',
      '@',
      ':',
      'evil.example',
      'https:',
      '\t',
      '\n',
      '%00',
      '?',
      '#',
      ' ',
      '／',
      '%09',
      'javascript:',
    );
    const targets = fc.oneof(
      fc.string({ unit: anyCharacter }),
      fc.array(pieces, { maxLength: 12 }).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(targets, (target) => !leavesOrigin(safeReturnTo(target))),
      { seed: 20261120, numRuns: 5_000 },
    );
  });

  test.each([[['/a', '/b']], [{ a: '/b' }], [undefined], [null], [7]])('%j is no target', (target) => {
    expect(safeReturnTo(target)).toBe('/');
  });
});

/** Judged by the parser of browsers, before and after one decode. */
function leavesOrigin(target: string): boolean {
  const app = 'http://localhost:5000';
  const decoded = (() => {
    try {
      return decodeURIComponent(target);
    } catch {
      return target;
    }
  })();
  return [target, decoded.split(/[?#]/)[0] ?? ''].some(
    (text) => !/^\/(?![/\\])/.test(text) || new URL(text, app).origin !== app,
  );
}
