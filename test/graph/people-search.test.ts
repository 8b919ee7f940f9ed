import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { searchModeOf, searchOption } from '../../src/graph/users/people-search.ts';
import { usersRequest } from '../../src/graph/users/users.ts';

/** One quoted clause for each property, each text a quoted string that ends where it should. */
const SEARCH = /^("\w+:(?:[^"\\]|\\["\\])*")(?: OR ("\w+:(?:[^"\\]|\\["\\])*")){4}$/;
const FILTER = /^(startswith\(\w+,'(?:[^']|'')*'\))(?: or (startswith\(\w+,'(?:[^']|'')*'\))){4}$/;
const anything = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 });

describe('whatever people search for', () => {
  test('stays inside its quotes', () => {
    fc.assert(
      fc.property(fc.oneof(anything, fc.stringMatching(/^["'\\: ()]{1,12}$/)), (text) => {
        expect(searchOption(text, 'words')[1]).toMatch(SEARCH);
        expect(searchOption(text, 'beginnings')[1]).toMatch(FILTER);
      }),
    );
  });

  test('is one value of the address', () => {
    fc.assert(
      fc.property(anything, fc.boolean(), (search, plain) => {
        const { path } = usersRequest({ top: 5, search, correlationId: 'x' }, plain);
        const { searchParams } = new URL(path, 'https://graph.example');
        expect(searchParams.get('$top')).toBe('5');
        expect(searchParams.get(plain ? '$filter' : '$search')).toBe(
          searchOption(search, plain ? 'beginnings' : 'words')[1],
        );
        expect([...searchParams.keys()]).toHaveLength(plain ? 3 : 5);
      }),
    );
  });
});

test.each([
  ['Ada', 'words'],
  ['7', 'words'],
  ['李', 'words'],
  ['"a"', 'words'],
  ['😀', 'beginnings'],
  ['":\\', 'beginnings'],
] as const)('%s is searched for by %s', (text, mode) => {
  expect(searchModeOf(text)).toBe(mode);
});
