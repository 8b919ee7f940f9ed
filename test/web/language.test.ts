import { describe, expect, test } from '@jest/globals';
import express, { type Request } from 'express';
import fc from 'fast-check';
import { LANGUAGES, languageOf } from '../../src/failures/language.ts';
import { anyCharacter } from '../support/any-character.ts';

/** As Express makes it of a request with this header. */
function accepting(header: string | undefined): Request {
  const request: Request = Object.create(express.request);
  return Object.assign(request, { headers: header === undefined ? {} : { 'accept-language': header } });
}

describe('languageOf', () => {
  test.each([
    [undefined, 'en'],
    ['', 'en'],
    ['nl', 'nl'],
    ['NL-be', 'nl'],
    ['de-CH-1996', 'de'],
    ['fr-FR,fr;q=0.9,de;q=0.5,nl;q=0.4', 'de'],
    ['de;q=0.4, nl ; q=0.5', 'nl'],
    ['nl,de', 'nl'],
    ['de,nl', 'de'],
    ['en;q=0,nl;q=0.1', 'nl'],
    ['nl;q=0', 'en'],
    ['fr', 'en'],
    ['*', 'en'],
    ['nl;q=0.3,*;q=0.9', 'en'],
    ['en;q=0,*;q=0.5', 'nl'],
    ['nl;q=2,de;q=0.1', 'nl'],
    ['nl;q=-1,de;q=0.1', 'de'],
    ['nl;level=1,de;q=0.1', 'nl'],
    ['nlx,de;q=0.1', 'de'],
    ['__proto__,constructor,nl', 'nl'],
    [';;;,,,=,q=1,nl;q=0.2', 'nl'],
  ])('%p is answered in %s', (header, language) => {
    expect(languageOf(accepting(header))).toBe(language);
  });

  test.each([
    ['de', 'de'],
    ['fr', 'nl'],
    ['DE', 'nl'],
    ['toString', 'nl'],
    ['', 'nl'],
  ])('the remembered %p with a header for Dutch gives %s', (remembered, language) => {
    expect(languageOf(accepting('nl'), remembered)).toBe(language);
  });

  test('anything at all gives a language of ours', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter }), fc.string(), (header, remembered) => {
        expect(LANGUAGES).toContain(languageOf(accepting(header), remembered));
      }),
    );
  });

  test.each([
    ['many ranges', 'de;q=0.1,'.repeat(65_000)],
    ['one range', 'a-'.repeat(327_680)],
    ['white space', `nl${' '.repeat(650_000)};q=1`],
    ['weights', `nl;q=0.${'1'.repeat(650_000)}`],
  ])('a header ten times as long as any that arrives, made of %s, costs next to nothing', (_name, header) => {
    const start = performance.now();
    expect(LANGUAGES).toContain(languageOf(accepting(header)));
    expect(performance.now() - start).toBeLessThan(10_000);
  });
});
