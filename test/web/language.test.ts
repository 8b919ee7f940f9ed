import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { LANGUAGES, negotiateLanguage } from '../../src/failures/language.ts';

describe('negotiateLanguage', () => {
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
    ['nl;q=2,de;q=0.1', 'de'],
    ['nl;q=-1,de;q=0.1', 'de'],
    ['nl;level=1,de;q=0.1', 'de'],
    ['nlx,de;q=0.1', 'de'],
    ['__proto__,constructor,nl', 'nl'],
    [';;;,,,=,q=1,nl;q=0.2', 'nl'],
  ])('%p is answered in %s', (header, language) => {
    expect(negotiateLanguage(header, undefined)).toBe(language);
  });

  test.each([
    ['de', 'de'],
    ['fr', 'nl'],
    ['DE', 'nl'],
    ['toString', 'nl'],
    ['', 'nl'],
  ])('the remembered %p with a header for Dutch gives %s', (remembered, language) => {
    expect(negotiateLanguage('nl', remembered)).toBe(language);
  });

  test('anything at all gives a language of ours', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (header, remembered) => {
        expect(LANGUAGES).toContain(negotiateLanguage(header, remembered));
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
    expect(LANGUAGES).toContain(negotiateLanguage(header, undefined));
    expect(performance.now() - start).toBeLessThan(10_000);
  });
});
