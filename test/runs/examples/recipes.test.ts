import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';

const recipes = readFileSync('docs/recipes.md', 'utf8');
const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
/** Examples of the library, not of the emulator alone. */
const folders = readdirSync('examples', { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .filter((name) =>
    readFileSync(`examples/${name}/package.json`, 'utf8').includes('"ms-identity-typescript-webapp"'),
  );
const sources = readdirSync('examples', { recursive: true, encoding: 'utf8' })
  .map((name) => join('examples', name))
  .filter((name) => !name.includes('node_modules') && statSync(name).isFile())
  .map((name) => readFileSync(name, 'utf8'));

test('every example has its recipe, and what a recipe shows is in an example', () => {
  expect(folders.filter((name) => !recipes.includes(`](../examples/${name})`))).toEqual([]);
  const shown = [...recipes.matchAll(/```js\n([\s\S]*?)```/g)].map(([, code = '']) => code.trimEnd());
  expect(shown.length).toBeGreaterThanOrEqual(folders.length);
  expect(shown.filter((code) => !sources.some((source) => source.includes(code)))).toEqual([]);
});

test('the examples install the file that npm pack makes', () => {
  const named = sources.flatMap((source) => [...source.matchAll(/file:.*?-(\d+\.\d+\.\d+)\.tgz/g)]);
  expect(new Set(named.map(([, found]) => found))).toEqual(new Set([version]));
});

test('what docs/migration.md leads to is what the library has', () => {
  const migration = readFileSync('docs/migration.md', 'utf8');
  const known = ['docs/library.md', 'README.md'].map((file) => readFileSync(file, 'utf8')).join('');
  const led = [...migration.matchAll(/^\|[^|]*\|([^|]*)\|$/gm)].map(([, right = '']) => right).join('');
  const names = [...led.matchAll(/`([A-Z]+_[A-Z_]+)\b|`(?:request\.entra\.)?(\w+)(?=[(`])/g)];
  const missing = names
    .map(([, setting, member]) => setting ?? member ?? '')
    .filter((name) => !known.includes(name));
  expect(names.length).toBeGreaterThan(40);
  expect([...new Set(missing)]).toEqual([]);
});
