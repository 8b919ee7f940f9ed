import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Emulator } from '../../src/emulator/emulator.ts';
import { stage } from './stage.ts';
import { ask } from './visitor.ts';

const page = readFileSync('docs/emulator.md', 'utf8');
const examples = [...page.matchAll(/```json\n([^`]+)```/g)].map(([, text = '']) => text.trim());

let emulator: Emulator;
beforeAll(async () => {
  emulator = await stage();
});
afterAll(() => emulator.close());

describe('docs/emulator.md', () => {
  test.each(examples)('%s is taken as it stands', async (example) => {
    const seen = await ask(`${emulator.baseUrl}/_emulator/faults`, { method: 'POST' }, example);
    expect([seen.status, seen.text]).toEqual([204, '']);
  });

  test('has an example of every kind of fault', async () => {
    const sources = ['http', 'aadsts', 'token', 'authorize', 'graph'].map((name) =>
      readFileSync(`src/emulator/faults-${name}.ts`, 'utf8'),
    );
    const kinds = [...sources.join('').matchAll(/faultKind\(\s*'([\w-]+)'/g)].map(([, kind]) => kind);
    const shown = examples.map((example) => JSON.parse(example).fault.kind);
    expect(kinds.length).toBeGreaterThan(15);
    expect([...new Set(kinds)].sort()).toEqual([...new Set(shown)].sort());
  });

  test('names every account', () => {
    for (const { username, kind } of emulator.accounts)
      expect(page).toContain(`| \`${username}\` | ${kind} |`);
  });
});
