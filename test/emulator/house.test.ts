import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';

const FOLDER = 'src/emulator';
const MAX_LINES = 40;

/** Top-level functions with how many lines they have. */
function functionsIn(source: string): readonly (readonly [string, number])[] {
  const found: [string, number][] = [];
  let open: { name: string; line: number } | undefined;
  source.split('\n').forEach((text, line) => {
    const [, name] = /^(?:export )?(?:async )?(?:function\*? |const )(\w+)[^;]*$/.exec(text) ?? [];
    if (name !== undefined) open = { name, line };
    if (/^[})\]]/.test(text) && /[};]$/.test(text) && open !== undefined) {
      found.push([open.name, line - open.line + 1]);
      open = undefined;
    }
  });
  return found;
}

/** Lists and tables are data: they are as long as they are. */
const isData = (name: string): boolean => /^[A-Z0-9_]+$/.test(name);

test('no handler of the stand-in is longer than forty lines', () => {
  const files = readdirSync(FOLDER).filter((name) => name.endsWith('.ts'));
  const all = files.flatMap((file) => functionsIn(readFileSync(`${FOLDER}/${file}`, 'utf8')));
  const functions = all.filter(([name]) => !isData(name));
  expect(functions.length).toBeGreaterThan(300);
  expect(functions.filter(([, lines]) => lines > MAX_LINES)).toEqual([]);
});
