import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'dotenv';
import { withVariables } from '../../src/config/index.ts';

describe('variables go into an .env', () => {
  test.each([
    ['', 'A=1\n'],
    ['B=2', 'B=2\nA=1\n'],
    ['A=\nB=2\n', 'A=1\nB=2\n'],
    ['A=old # why\n', 'A=1 # why\n'],
    ['A=# why\n', 'A=1 # why\n'],
    ["A='o#ld'\n", 'A=1\n'],
    ['A="two\nlines"\nB=2\n', 'A=1\nB=2\n'],
    ['export A=old\n', 'export A=1\n'],
    ['#A=old\n', '#A=old\nA=1\n'],
    ['AA=old\nB_A=x\n', 'AA=old\nB_A=x\nA=1\n'],
    ['A=old\r\nB=2\r\n', 'A=1\r\nB=2\r\n'],
    ["B='A=old'\n", "B='A=old'\nA=1\n"],
  ])('%j becomes %j', (before, after) => {
    expect(withVariables(before, { A: '1' })).toBe(after);
  });

  test.each(['se cret', 'se#cret', 'a"b', 'a$b', "~.-_+/='", '\\n'])(
    '%j is read back as it was written',
    (value) => {
      expect(parse(withVariables('A=\nB=2\n', { A: value }))).toEqual({ A: value, B: '2' });
    },
  );

  test.each(["it's # both", 'two\r\nlines', 'a\'b`c"d #'])(
    'what cannot stand there is refused: %j',
    (value) => {
      const attempt = () => withVariables('', { A: value });
      const written = (() => {
        try {
          return parse(attempt());
        } catch (error) {
          return (error as Error).message;
        }
      })();
      expect([{ A: value }, 'A cannot be written to .env']).toContainEqual(written);
      expect(String(written)).not.toContain(value);
    },
  );

  test('the example keeps every comment', () => {
    const example = readFileSync('.env.example', 'utf8');
    const changed = withVariables(example, { CLIENT_ID: 'x', CLIENT_SECRET: 'y', SESSION_SECRET: 'z' });
    expect(
      changed
        .replace('CLIENT_ID=x', 'CLIENT_ID=')
        .replace('CLIENT_SECRET=y', 'CLIENT_SECRET=')
        .replace('SESSION_SECRET=z', 'SESSION_SECRET='),
    ).toBe(example);
  });
});
