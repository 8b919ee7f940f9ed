import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';

const recipes = readFileSync('docs/recipes.md', 'utf8');
const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
const sources = readdirSync('examples', { recursive: true, encoding: 'utf8' })
  .map((name) => join('examples', name))
  .filter((name) => !name.includes('node_modules') && statSync(name).isFile())
  .map((name) => readFileSync(name, 'utf8'));

test('every example has its recipe, and what a recipe shows is in an example', () => {
  const folders = readdirSync('examples', { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(folders.filter(({ name }) => !recipes.includes(`](../examples/${name})`))).toEqual([]);
  const shown = [...recipes.matchAll(/```js\n([\s\S]*?)```/g)].map(([, code = '']) => code.trimEnd());
  expect(shown.length).toBeGreaterThanOrEqual(folders.length);
  expect(shown.filter((code) => !sources.some((source) => source.includes(code)))).toEqual([]);
});

test('the examples install the file that npm pack makes', () => {
  const named = sources.flatMap((source) => [...source.matchAll(/file:.*?-(\d+\.\d+\.\d+)\.tgz/g)]);
  expect(new Set(named.map(([, found]) => found))).toEqual(new Set([version]));
});
