import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import type { ErrorCode } from '../../src/errors.ts';
import { FAILURE_WORDS, remedyOf } from '../../src/failures/index.ts';

const WHO = {
  you: 'the person',
  administrator: 'an administrator',
  developer: 'the people who run the app',
  time: 'time',
};

/** A code without words does not compile, so these are all of them. */
const codes = Object.keys(FAILURE_WORDS.en.failures) as ErrorCode[];

test('docs/library.md lists every code, with what it means and who can put it right', () => {
  const text = readFileSync('docs/library.md', 'utf8');
  const table = text.slice(text.indexOf('## Codes'));
  const rows = table.match(/^\| `[a-z_]+` \|.*$/gm) ?? [];
  const expected = codes.map((code) => {
    const { what } = FAILURE_WORDS.en.failures[code];
    return `| \`${code}\` | ${what} | ${WHO[remedyOf(code, undefined).who]} |`;
  });
  expect(rows).toEqual(expected);
});
