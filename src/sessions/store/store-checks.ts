import { deepEqual, equal } from 'node:assert/strict';
import type { NewRecord, SessionRecords } from './records.ts';

/** One promise of a store, to be run by any test runner; rejects with what was expected instead. */
export interface StoreCheck {
  name: string;
  /** @param open opens the store, empty, with the clock that it is given: Unix time in milliseconds */
  run(open: (now: () => number) => Promise<SessionRecords>): Promise<void>;
}

/** An open store, and what its checks do with it. */
interface Scene {
  records: SessionRecords;
  clock: { timeMs: number };
  start(id: string, given?: Partial<NewRecord>): Promise<void>;
  readBoth(id: string): Promise<(string | undefined)[]>;
  inOneHour(): number;
}

const START_MS = 1_800_000_000_000;
const HOUR_MS = 3_600_000;
/** Every byte there is, as the sealer writes them. */
const ALL_BYTES = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte)).toString('latin1');

/**
 * What every store of sessions promises, as `SessionRecords` says it. Each check opens a store of its own, and closes it:
 * `for (const { name, run } of storeChecks()) test(name, () => run(openEmptyStore));`
 */
export function storeChecks(): readonly StoreCheck[] {
  return PROMISES.map(({ name, check }) => ({
    name,
    async run(open) {
      const clock = { timeMs: START_MS };
      const records = await open(() => clock.timeMs);
      try {
        await check(sceneOf(records, clock));
      } finally {
        await records.close();
      }
    },
  }));
}

function sceneOf(records: SessionRecords, clock: Scene['clock']): Scene {
  const inOneHour = () => clock.timeMs + HOUR_MS;
  return {
    records,
    clock,
    inOneHour,
    start: (id, given = {}) =>
      records.create(id, { session: 's1', tokens: 't1', expiresAtMs: inOneHour(), groups: [], ...given }),
    readBoth: async (id) => [await records.read(id, 'session'), await records.read(id, 'tokens')],
  };
}

/** A promise, and what shows that it is kept. */
interface Promised {
  name: string;
  check(scene: Scene): Promise<void>;
}

const PROMISES: readonly Promised[] = [
  {
    name: 'reads back each part, and nothing of a session that never was',
    async check({ start, readBoth }) {
      const tokens = ALL_BYTES.repeat(40);
      await start('a', { session: ALL_BYTES, tokens });
      deepEqual(await readBoth('a'), [ALL_BYTES, tokens]);
      deepEqual(await readBoth('b'), [undefined, undefined]);
    },
  },
  {
    name: 'keeps empty texts',
    async check({ records, start, readBoth, inOneHour }) {
      await start('a', { session: '', tokens: '' });
      deepEqual(await readBoth('a'), ['', '']);
      equal(await records.replace('a', 'tokens', '', 't2', inOneHour()), true);
      deepEqual(await readBoth('a'), ['', 't2']);
    },
  },
  {
    name: 'creating again writes the record whole, places in groups included',
    async check({ records, start, readBoth }) {
      await start('a', { groups: ['old'] });
      await start('a', { session: 's2', tokens: 't2', groups: ['new'] });
      deepEqual(await readBoth('a'), ['s2', 't2']);
      equal(await records.removeGroup('old'), 0);
      deepEqual(await readBoth('a'), ['s2', 't2']);
      equal(await records.removeGroup('new'), 1);
    },
  },
  {
    name: 'replaces one part where it is as expected, and leaves the other',
    async check({ records, start, readBoth, inOneHour }) {
      await start('a');
      equal(await records.replace('a', 'tokens', 't1', 't2', inOneHour()), true);
      deepEqual(await readBoth('a'), ['s1', 't2']);
      equal(await records.replace('a', 'session', 's1', 's2', inOneHour()), true);
      deepEqual(await readBoth('a'), ['s2', 't2']);
    },
  },
  {
    name: 'does not replace what is no longer as expected',
    async check({ records, start, readBoth, inOneHour }) {
      await start('a');
      await records.replace('a', 'tokens', 't1', 't2', inOneHour());
      equal(await records.replace('a', 'tokens', 't1', 't3', inOneHour()), false);
      deepEqual(await readBoth('a'), ['s1', 't2']);
    },
  },
  {
    name: 'of 50 writers who read the same text one wins',
    async check({ records, start, inOneHour }) {
      await start('a');
      const wins = await Promise.all(
        Array.from({ length: 50 }, (_, n) => records.replace('a', 'tokens', 't1', `n${n}`, inOneHour())),
      );
      const winner = wins.indexOf(true);
      equal(wins.filter(Boolean).length, 1);
      equal(await records.read('a', 'tokens'), `n${winner}`);
    },
  },
  {
    name: 'a late write does not revive an ended session',
    async check({ records, start, readBoth, inOneHour }) {
      await start('a', { groups: ['g'] });
      await records.remove('a');
      equal(await records.replace('a', 'session', 's1', 's2', inOneHour()), false);
      equal(await records.replace('a', 'tokens', 't1', 't2', inOneHour()), false);
      deepEqual(await readBoth('a'), [undefined, undefined]);
      equal(await records.removeGroup('g'), 0);
    },
  },
  {
    name: 'a write in flight while the session ends does not revive it',
    async check({ records, start, readBoth, inOneHour }) {
      for (let round = 0; round < 50; round += 1) {
        await start('a');
        await Promise.all([
          records.replace('a', 'session', 's1', 's2', inOneHour()),
          records.remove('a'),
          records.replace('a', 'tokens', 't1', 't2', inOneHour()),
        ]);
        deepEqual(await readBoth('a'), [undefined, undefined]);
      }
    },
  },
  {
    name: 'an expired record counts as absent',
    async check({ records, clock, start, readBoth, inOneHour }) {
      await start('a', { groups: ['g'] });
      clock.timeMs += HOUR_MS - 1;
      deepEqual(await readBoth('a'), ['s1', 't1']);
      clock.timeMs += 1;
      deepEqual(await readBoth('a'), [undefined, undefined]);
      equal(await records.replace('a', 'session', 's1', 's2', inOneHour()), false);
      equal(await records.removeGroup('g'), 0);
    },
  },
  ...(['session', 'tokens'] as const).map((part) => ({
    name: `replacing the ${part} part lets both parts live on`,
    async check({ records, clock, start, readBoth, inOneHour }: Scene) {
      await start('a', { groups: ['g'] });
      clock.timeMs += HOUR_MS / 2;
      const read = part === 'session' ? 's1' : 't1';
      equal(await records.replace('a', part, read, 'x', inOneHour()), true);
      clock.timeMs += (HOUR_MS * 3) / 4;
      deepEqual(await readBoth('a'), part === 'session' ? ['x', 't1'] : ['s1', 'x']);
      equal(await records.removeGroup('g'), 1);
      deepEqual(await readBoth('a'), [undefined, undefined]);
    },
  })),
  {
    name: 'an earlier expiry than the one kept is ignored',
    async check({ records, clock, start, readBoth }) {
      await start('a');
      await records.replace('a', 'session', 's1', 's2', clock.timeMs + 1_000);
      clock.timeMs += HOUR_MS / 2;
      deepEqual(await readBoth('a'), ['s2', 't1']);
    },
  },
  {
    name: 'removing ends one session and leaves its neighbours',
    async check({ records, start, readBoth }) {
      await start('a', { groups: ['g'] });
      await start('b', { groups: ['g'] });
      await records.remove('a');
      await records.remove('a');
      await records.remove('never');
      deepEqual(await readBoth('a'), [undefined, undefined]);
      deepEqual(await readBoth('b'), ['s1', 't1']);
      equal(await records.removeGroup('g'), 1);
    },
  },
  {
    name: 'lists the sessions of a group that live, and no other',
    async check({ records, clock, start, inOneHour }) {
      const listed = async (group: string) => [...(await records.listGroup(group))].sort();
      await start('a', { groups: ['person 1', 'sid {x}'] });
      await start('b', { groups: ['person 1'], expiresAtMs: clock.timeMs + 1_000 });
      await start('c', { groups: ['person 2'] });
      await start('d', { groups: ['person 1'] });
      deepEqual(await listed('person 1'), ['a', 'b', 'd']);
      deepEqual([await listed('sid {x}'), await listed('never')], [['a'], []]);
      clock.timeMs += 1_000;
      await records.remove('d');
      deepEqual(await listed('person 1'), ['a']);
      await records.replace('a', 'session', 's1', 's2', inOneHour() + HOUR_MS);
      clock.timeMs += HOUR_MS;
      deepEqual(await listed('person 1'), ['a']);
      await records.regroup('a', ['person 2']);
      deepEqual([await listed('person 1'), await listed('person 2')], [[], ['a']]);
    },
  },
  {
    name: 'removing a group ends its sessions and no other',
    async check({ records, start, readBoth }) {
      await start('a', { groups: ['person 1', 'sid {x}'] });
      await start('b', { groups: ['person 1'] });
      await start('c', { groups: ['person 2', 'sid {x} '] });
      equal(await records.removeGroup('person 1'), 2);
      deepEqual(await readBoth('a'), [undefined, undefined]);
      deepEqual(await readBoth('b'), [undefined, undefined]);
      deepEqual(await readBoth('c'), ['s1', 't1']);
      equal(await records.removeGroup('person 1'), 0);
      equal(await records.removeGroup('sid {x}'), 0);
      equal(await records.removeGroup('never'), 0);
    },
  },
  {
    name: 'moves a session to other groups, in which it lives on',
    async check({ records, clock, start, readBoth, inOneHour }) {
      await start('a', { groups: ['old', 'both'] });
      await start('b', { groups: ['old'] });
      await records.regroup('a', ['both', 'new']);
      equal(await records.removeGroup('old'), 1);
      deepEqual(await readBoth('a'), ['s1', 't1']);
      clock.timeMs += HOUR_MS / 2;
      await records.replace('a', 'session', 's1', 's2', inOneHour());
      clock.timeMs += (HOUR_MS * 3) / 4;
      equal(await records.removeGroup('new'), 1);
      equal(await records.removeGroup('both'), 0);
      deepEqual(await readBoth('a'), [undefined, undefined]);
    },
  },
  {
    name: 'moves no session that is over',
    async check({ records, clock, start, readBoth }) {
      await start('a', { groups: ['old'] });
      await start('b', { groups: ['old'] });
      await records.remove('a');
      await records.regroup('a', ['new']);
      clock.timeMs += HOUR_MS;
      await records.regroup('b', ['new']);
      equal(await records.removeGroup('new'), 0);
      deepEqual(await readBoth('a'), [undefined, undefined]);
      deepEqual(await readBoth('b'), [undefined, undefined]);
    },
  },
  {
    name: 'ends a group of 500 sessions',
    async check({ records, start }) {
      const ids = Array.from({ length: 500 }, (_, n) => `id${n}`);
      await Promise.all(ids.map((id) => start(id, { groups: ['g'] })));
      await start('other', { groups: ['h'] });
      equal(await records.removeGroup('g'), 500);
      equal(await records.count(), 1);
    },
  },
  {
    name: 'of 50 uses of one name one succeeds, until it expires',
    async check({ records, clock }) {
      const useAll = (): Promise<boolean[]> =>
        Promise.all(Array.from({ length: 50 }, () => records.useOnce('code {1}', clock.timeMs + 1_000)));
      equal((await useAll()).filter(Boolean).length, 1);
      equal(await records.useOnce('code {1}', clock.timeMs + 1_000), false);
      equal(await records.useOnce('code {2}', clock.timeMs + 1_000), true);
      clock.timeMs += 1_000;
      equal((await useAll()).filter(Boolean).length, 1);
    },
  },
  {
    name: 'keeps notes, each until it expires, is replaced or removed',
    async check({ records, clock, inOneHour }) {
      const { notes } = records;
      equal(await notes.read('n'), undefined);
      await notes.write('n', ALL_BYTES, clock.timeMs + 1_000);
      equal(await notes.read('n'), ALL_BYTES);
      await notes.write('n', 'first', clock.timeMs + 1_000);
      equal(await notes.replace('n', 'other', 'second', clock.timeMs + 2_000), false);
      equal(await notes.replace('n', 'first', 'second', clock.timeMs + 2_000), true);
      clock.timeMs += 1_000;
      equal(await notes.read('n'), 'second');
      clock.timeMs += 1_000;
      equal(await notes.read('n'), undefined);
      equal(await notes.replace('n', 'second', 'third', inOneHour()), false);
      await notes.write('n', 'again', inOneHour());
      await notes.remove('n');
      await notes.remove('n');
      equal(await notes.read('n'), undefined);
      equal(await notes.replace('n', 'again', 'third', inOneHour()), false);
    },
  },
  {
    name: 'takes no note for a session, and no session for a note',
    async check({ records, start, readBoth, inOneHour }) {
      await start('a', { groups: ['g'] });
      for (let n = 0; n < 5; n += 1) await records.notes.write(`note${n}`, 'text', inOneHour());
      await records.notes.write('a', 'text', inOneHour());
      equal(await records.count(), 1);
      deepEqual(await readBoth('note0'), [undefined, undefined]);
      equal(await records.notes.read('a'), 'text');
      equal(await records.removeGroup('g'), 1);
      equal(await records.notes.read('a'), 'text');
      await start('a');
      await records.notes.remove('a');
      deepEqual(await readBoth('a'), ['s1', 't1']);
    },
  },
  {
    name: 'counts sessions, not used names or groups',
    async check({ records, start, inOneHour }) {
      equal(await records.count(), 0);
      await start('a', { groups: ['g', 'h'] });
      await start('b', { groups: ['g'] });
      await records.useOnce('c', inOneHour());
      equal(await records.count(), 2);
      await records.remove('a');
      equal(await records.count(), 1);
    },
  },
  {
    name: 'checks and closes, twice if need be',
    async check({ records }) {
      await records.check();
      await records.close();
      await records.close();
    },
  },
];
