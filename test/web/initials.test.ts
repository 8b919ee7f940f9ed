import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { HUES, hueOf, initialsOf } from '../../src/web/layout/initials.ts';
import { anyCharacter } from '../support/any-character.ts';

describe('initialsOf', () => {
  test.each([
    ['Adele Vance', 'AV'],
    ['maría del Carmen núñez', 'MN'],
    ['Łukasz Żółkiewski', 'ŁŻ'],
    ['Vance, Adele', 'VA'],
    ["Anne-Marie d'Arc", 'AD'],
    ['Nguyễn Thị Ánh', 'NÁ'],
    ['J. R. R. Tolkien', 'JT'],
    ['Ada  Lovelace', 'AL'],
    [' Ada', 'A'],
    ['Иван Петров', 'ИП'],
    ['Cher', 'C'],
    ['山田 太郎', '山'],
    ['محمد الهاشمي', 'م'],
    ['  (Contractor) Jo  ', 'CJ'],
    ['e\u0301mile Zola', 'E\u0301Z'],
    ['\u202eevil', 'E'],
    ['7 Dwarfs', '7'],
    ['', ''],
    ['🙂 –', ''],
  ])('%p shows %p', (name, initials) => {
    expect(initialsOf(name)).toBe(initials);
  });

  test('stay short, whatever the name', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter, maxLength: 500 }), (name) => {
        expect(initialsOf(name).length).toBeLessThanOrEqual(24);
      }),
    );
    expect(initialsOf(`a${'\u0301'.repeat(1_000)}`).length).toBeLessThanOrEqual(4);
  });
});

describe('hueOf', () => {
  test('is the same every time, and uses all the hues about evenly', () => {
    const counts = new Map<string, number>();
    for (let index = 0; index < 8_000; index += 1) {
      const hue = hueOf(`00000000-0000-4000-8000-${String(index).padStart(12, '0')}`);
      counts.set(hue, (counts.get(hue) ?? 0) + 1);
    }
    expect(hueOf('adele')).toBe(hueOf('adele'));
    expect([...counts.keys()].sort()).toEqual(Array.from({ length: HUES }, (_, hue) => `hue-${hue}`));
    expect(Math.min(...counts.values())).toBeGreaterThan(700);
  });
});
