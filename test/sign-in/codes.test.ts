import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import type { ErrorCode } from '../../src/errors.ts';
import { FAILURE_WORDS } from '../../src/failures/catalogues.ts';
import { remedyOf } from '../../src/failures/index.ts';
import { SETTING_KINDS } from '../../src/sign-in/options/index.ts';

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

test('docs/library.md has every setting, and every name that the package shows', () => {
  const text = readFileSync('docs/library.md', 'utf8');
  const shown = ['sign-in', 'graph', 'session-store'].flatMap((face) => {
    const [, names = ''] = /\{([^}]*)\}/s.exec(facesOf(face)) ?? [];
    return names.split(',').map((name) => name.replace('type ', '').trim());
  });
  const variables = Object.keys(SETTING_KINDS).map((name) => name.replaceAll(/[A-Z]/g, '_$&').toUpperCase());
  const names = [...shown, ...variables].filter((name) => name !== '');
  expect(names.length).toBeGreaterThan(40);
  expect(names.filter((name) => !new RegExp(`\`[^\`]*\\b${name}\\b`).test(text))).toEqual([]);
});

/** All exports of a face as those of one file. */
function facesOf(face: string): string {
  const text = readFileSync(`src/library/${face}.ts`, 'utf8');
  return `{${[...text.matchAll(/export \{([^}]*)\}/gs)].map(([, names]) => names).join(',')}}`;
}
