import { describe, expect, test } from '@jest/globals';
import { displayWidth, fitTo } from '../../src/daemon/formats/display-width.ts';
import { printable } from '../../src/printable.ts';

describe('displayWidth', () => {
  test.each([
    ['Adele', 5],
    ['李 伟', 5],
    ['ｶﾅ', 2],
    ['カナ', 4],
    ['김지우', 6],
    ['Zoe\u0308', 3],
    ['👩‍👩‍👧', 2],
    ['ＡＢ', 4],
    ['', 0],
  ])('%s takes %d columns', (text, columns) => {
    expect(displayWidth(text)).toBe(columns);
  });
});

test('a cut never splits a character, and what remains is filled', () => {
  expect([fitTo('Adele', 7), fitTo('Adele', 4), fitTo('東京都', 4), fitTo('東京都', 6)]).toEqual([
    'Adele  ',
    'Ade…',
    '東… ',
    '東京都',
  ]);
});

test('a terminal gets nothing that it would obey', () => {
  expect(printable('a\u001b[2Jb\u009bc\nd\u202ee')).toBe('a\ufffd[2Jb\ufffdc\ufffdd\ufffde');
});
