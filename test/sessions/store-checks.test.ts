import { expect, test } from '@jest/globals';
import { createMemoryRecords, type SessionRecords, storeChecks } from '../../src/library/session-store.ts';

type Open = (now: () => number) => Promise<SessionRecords>;

/** What is not kept, as anybody sees it who runs the checks: by name, without a test runner. */
async function brokenPromises(open: Open): Promise<string[]> {
  const names: string[] = [];
  for (const { name, run } of storeChecks()) await run(open).catch(() => names.push(name));
  return names;
}

const memory = (now: () => number) => createMemoryRecords({ now });

test('a store that keeps every promise passes', async () => {
  expect(await brokenPromises(async (now) => memory(now))).toEqual([]);
});

/** Mistakes that are easily made, each with a promise that it breaks. */
const mistakes: [string, (records: SessionRecords) => Partial<SessionRecords>, string][] = [
  [
    'writes whatever stands there',
    (records) => ({
      async replace(id, part, _expected, next, expiresAtMs) {
        const found = await records.read(id, part);
        return found !== undefined && records.replace(id, part, found, next, expiresAtMs);
      },
    }),
    'does not replace what is no longer as expected',
  ],
  [
    'lets a name be used again and again',
    () => ({ useOnce: async () => true }),
    'of 50 uses of one name one succeeds, until it expires',
  ],
  [
    'forgets groups',
    () => ({ removeGroup: async () => 0 }),
    'removing a group ends its sessions and no other',
  ],
  [
    'moves no session',
    () => ({ regroup: async () => undefined }),
    'moves a session to other groups, in which it lives on',
  ],
  [
    'counts notes as sessions',
    (records) => ({ count: async () => (await records.count()) + 1 }),
    'takes no note for a session, and no session for a note',
  ],
  [
    'ends no session',
    () => ({ remove: async () => undefined }),
    'removing ends one session and leaves its neighbours',
  ],
];

test.each(mistakes)('a store that %s is told so', async (_mistake, mistaken, promise) => {
  const broken = await brokenPromises(async (now) => {
    const records = memory(now);
    return { ...records, ...mistaken(records) };
  });
  expect(broken).toContain(promise);
});

test('a store that never forgets is told so', async () => {
  const broken = await brokenPromises(async () => memory(() => 0));
  expect(broken).toContain('an expired record counts as absent');
});
