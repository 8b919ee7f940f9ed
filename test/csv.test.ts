import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import Papa from 'papaparse';
import { csvLine, csvLines } from '../src/csv.ts';
import { anyCharacter } from './support/any-character.ts';

const FORMS = [
  { lineEnd: '\r\n', separator: ',' },
  { lineEnd: '\r\n', separator: ';' },
  { lineEnd: '\n', separator: undefined },
] as const;
const STARTS = [...'=+-@＝＋－＠﹦﹢﹣﹫⁼⁺⁻₌₊−'];
const BETWEEN = [
  ';',
  ',',
  '\t',
  '\n',
  '\r',
  '\r\n',
  '\0',
  '|',
  '\v',
  '\f',
  '\u2028',
  '; ',
  ';"',
  ';\u00a0',
  ';\u200b',
  ';\ufeff',
  ',\t',
  '\n\0',
];
const BEFORE = ['', ' ', '\t', '\r', '\n', '\0', '\u00a0', '\u200b', '\ufeff', '"', '\u0007', ' \n '];

const hostile = [
  'Ops;=1+1;x',
  ...STARTS.flatMap((start) => BEFORE.map((before) => `${before}${start}1+1`)),
  ...STARTS.flatMap((start) => BETWEEN.map((between) => `Ops${between}${start}cmd|' /C calc'!A0${between}x`)),
];

/** Cells as a program reads them that was told of a separator, and as one does that knows no quotation marks. */
const readings = (text: string): string[] => [
  ...[',', ';', '\t'].flatMap((delimiter) =>
    Papa.parse<string[]>(text, { delimiter, quoteChar: '"' }).data.flat(),
  ),
  ...text.split(/[,;|\t\r\n\0\v\f\u2028\u2029]/),
];
const runs = (cell: string): boolean =>
  new RegExp(`^[\\s\\p{C}\\p{Z}"]*[${STARTS.join('').replace('-', '\\-')}]`, 'u').test(cell);

describe.each(FORMS)('a file with %j', (form) => {
  test('runs nothing that stands in it, whatever separator it is opened with', () => {
    const text = csvLines(
      hostile.map((cell) => ['Ada', cell, cell, '']),
      form,
    );
    expect(readings(text).filter(runs)).toEqual([]);
  });

  test('runs nothing, whatever stands in it', () => {
    const piece = fc.oneof(
      fc.constantFrom(...STARTS, ...BETWEEN, ...BEFORE, "'", 'a', '1'),
      fc.string({ unit: anyCharacter, maxLength: 3 }),
    );
    const cell = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(
        fc.array(fc.array(cell, { minLength: 2, maxLength: 3 }), { minLength: 1, maxLength: 3 }),
        (records) => {
          expect(readings(csvLines(records, form)).filter(runs)).toEqual([]);
        },
      ),
      { seed: 20261125, numRuns: 2_000 },
    );
  });

  test('holds ordinary text as it is, every cell in quotation marks', () => {
    const records = [
      ['Ada Lovelace', 'ada-l@contoso.example', 'a "b", c; d', 'two\nlines', '李 伟', 'O’Brien - x = y', ''],
      ['1', "it's", '', '50 %', 'x@y', 'tab\tinside', 'Zoë'],
    ];
    const text = csvLines(records, form);
    const delimiter = form.separator ?? ',';
    expect(Papa.parse<string[]>(text.trimEnd(), { delimiter }).data).toEqual(records);
    expect(
      text
        .split(form.lineEnd)[0]
        ?.startsWith(`"Ada Lovelace"${delimiter}"ada-l@contoso.example"${delimiter}`),
    ).toBe(true);
    expect(csvLines([['a', '', 'b']], form)).toBe(`"a"${delimiter}${delimiter}"b"${form.lineEnd}`);
  });

  test('has a line of names in quotation marks where they need them, and no line for nobody', () => {
    const delimiter = form.separator ?? ',';
    expect(csvLine(['id', 'a,b;c', '=x'], form)).toMatch(/^id.*'=x"?\r?\n$/);
    expect(
      Papa.parse<string[]>(csvLine(['id', `a${delimiter}b`], form).trimEnd(), { delimiter }).data,
    ).toEqual([['id', `a${delimiter}b`]]);
    expect(csvLines([], form)).toBe('');
  });
});

test('a text of a hundred thousand separators takes no time', () => {
  const startedAtMs = performance.now();
  for (const cell of ['\t'.repeat(100_000), '; '.repeat(50_000), '"'.repeat(100_000), ';='.repeat(50_000)])
    csvLines([[cell]], { lineEnd: '\n' });
  expect(performance.now() - startedAtMs).toBeLessThan(2_000);
});
