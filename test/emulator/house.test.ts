import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
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

test('no handler of the emulator is longer than forty lines', () => {
  const files = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ts'),
  );
  const all = files.flatMap((file) => functionsIn(readFileSync(`${FOLDER}/${file}`, 'utf8')));
  const functions = all.filter(([name]) => !isData(name));
  expect(functions.length).toBeGreaterThan(300);
  expect(functions.filter(([, lines]) => lines > MAX_LINES)).toEqual([]);
});

/** The rooms from the ground, as docs/emulator.md lists them; files of the folder itself stand between the last two. */
const ROOMS = [...readFileSync('docs/emulator.md', 'utf8').matchAll(/^\| (?:`(\w+)\/`|\(root\)) \|/gm)].map(
  ([, room = '']) => room,
);

const roomOf = (file: string): string => (file.includes('/') ? (file.split('/')[0] ?? '') : '');

/** Every import inside the emulator, as the importing and the imported file. */
function importsInside(): readonly (readonly [string, string])[] {
  const files = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ts'),
  );
  return files.flatMap((file) =>
    [...readFileSync(`${FOLDER}/${file}`, 'utf8').matchAll(/(?:from|import\() ?'(\.[^']+)'/g)].map(
      ([, specifier = '']) => [file, normalize(join(dirname(file), specifier))] as const,
    ),
  );
}

test('docs/emulator.md lists every room', () => {
  const folders = readdirSync(FOLDER, { withFileTypes: true }).filter((one) => one.isDirectory());
  expect([...ROOMS].sort()).toEqual(['', ...folders.map((one) => one.name)].sort());
});

test('rooms import rooms nearer to the ground, by their index.ts only', () => {
  const all = importsInside().filter(([file, target]) => file !== 'index.ts' && !target.startsWith('..'));
  const between = all.filter(([file, target]) => roomOf(file) !== roomOf(target));
  expect(between.length).toBeGreaterThan(100);
  const upward = between.filter(
    ([file, target]) => ROOMS.indexOf(roomOf(target)) > ROOMS.indexOf(roomOf(file)),
  );
  const pastTheDoor = between.filter(([, target]) => roomOf(target) !== '' && !target.endsWith('/index.ts'));
  expect({ upward, pastTheDoor }).toEqual({ upward: [], pastTheDoor: [] });
});
