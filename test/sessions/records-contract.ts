import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { NewRecord, SessionRecords } from '../../src/sessions/store/records.ts';

/** How the contract gets at one engine. */
export interface Engine {
  /** Opens the engine, empty, with a clock that the contract turns. */
  open(now: () => number): Promise<SessionRecords>;
  /** Undoes what `open` made; the records were closed before. */
  dispose?(): Promise<void>;
}

const START_MS = 1_800_000_000_000;
const HOUR_MS = 3_600_000;
/** Every byte there is, as the sealer writes them. */
const ALL_BYTES = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte)).toString('latin1');

/** What every engine promises, as `records.ts` says it. */
export function describeRecordsContract(engine: Engine): void {
  describe('the contract of session records', () => {
    let timeMs = START_MS;
    let records: SessionRecords;
    const inOneHour = (): number => timeMs + HOUR_MS;
    const start = (id: string, given: Partial<NewRecord> = {}): Promise<void> =>
      records.create(id, { session: 's1', tokens: 't1', expiresAtMs: inOneHour(), groups: [], ...given });
    const readBoth = async (id: string): Promise<(string | undefined)[]> => [
      await records.read(id, 'session'),
      await records.read(id, 'tokens'),
    ];

    beforeEach(async () => {
      timeMs = START_MS;
      records = await engine.open(() => timeMs);
    });

    afterEach(async () => {
      await records.close();
      await engine.dispose?.();
    });

    test('reads back each part, and nothing of a session that never was', async () => {
      const tokens = ALL_BYTES.repeat(40);
      await start('a', { session: ALL_BYTES, tokens });
      expect(await readBoth('a')).toEqual([ALL_BYTES, tokens]);
      expect(await readBoth('b')).toEqual([undefined, undefined]);
    });

    test('keeps empty texts', async () => {
      await start('a', { session: '', tokens: '' });
      expect(await readBoth('a')).toEqual(['', '']);
      expect(await records.replace('a', 'tokens', '', 't2', inOneHour())).toBe(true);
      expect(await readBoth('a')).toEqual(['', 't2']);
    });

    test('creating again writes the record whole, places in groups included', async () => {
      await start('a', { groups: ['old'] });
      await start('a', { session: 's2', tokens: 't2', groups: ['new'] });
      expect(await readBoth('a')).toEqual(['s2', 't2']);
      expect(await records.removeGroup('old')).toBe(0);
      expect(await readBoth('a')).toEqual(['s2', 't2']);
      expect(await records.removeGroup('new')).toBe(1);
    });

    test('replaces one part where it is as expected, and leaves the other', async () => {
      await start('a');
      expect(await records.replace('a', 'tokens', 't1', 't2', inOneHour())).toBe(true);
      expect(await readBoth('a')).toEqual(['s1', 't2']);
      expect(await records.replace('a', 'session', 's1', 's2', inOneHour())).toBe(true);
      expect(await readBoth('a')).toEqual(['s2', 't2']);
    });

    test('does not replace what is no longer as expected', async () => {
      await start('a');
      await records.replace('a', 'tokens', 't1', 't2', inOneHour());
      expect(await records.replace('a', 'tokens', 't1', 't3', inOneHour())).toBe(false);
      expect(await readBoth('a')).toEqual(['s1', 't2']);
    });

    test('of 50 writers who read the same text one wins', async () => {
      await start('a');
      const wins = await Promise.all(
        Array.from({ length: 50 }, (_, n) => records.replace('a', 'tokens', 't1', `n${n}`, inOneHour())),
      );
      const winner = wins.indexOf(true);
      expect(wins.filter(Boolean)).toHaveLength(1);
      expect(await records.read('a', 'tokens')).toBe(`n${winner}`);
    });

    test('a late write does not revive an ended session', async () => {
      await start('a', { groups: ['g'] });
      await records.remove('a');
      expect(await records.replace('a', 'session', 's1', 's2', inOneHour())).toBe(false);
      expect(await records.replace('a', 'tokens', 't1', 't2', inOneHour())).toBe(false);
      expect(await readBoth('a')).toEqual([undefined, undefined]);
      expect(await records.removeGroup('g')).toBe(0);
    });

    test('a write in flight while the session ends does not revive it', async () => {
      for (let round = 0; round < 50; round += 1) {
        await start('a');
        await Promise.all([
          records.replace('a', 'session', 's1', 's2', inOneHour()),
          records.remove('a'),
          records.replace('a', 'tokens', 't1', 't2', inOneHour()),
        ]);
        expect(await readBoth('a')).toEqual([undefined, undefined]);
      }
    });

    test('an expired record counts as absent', async () => {
      await start('a', { groups: ['g'] });
      timeMs += HOUR_MS - 1;
      expect(await readBoth('a')).toEqual(['s1', 't1']);
      timeMs += 1;
      expect(await readBoth('a')).toEqual([undefined, undefined]);
      expect(await records.replace('a', 'session', 's1', 's2', inOneHour())).toBe(false);
      expect(await records.removeGroup('g')).toBe(0);
    });

    test.each(['session', 'tokens'] as const)(
      'replacing the %s part lets both parts live on',
      async (part) => {
        await start('a', { groups: ['g'] });
        timeMs += HOUR_MS / 2;
        expect(await records.replace('a', part, part === 'session' ? 's1' : 't1', 'x', inOneHour())).toBe(
          true,
        );
        timeMs += (HOUR_MS * 3) / 4;
        expect(await readBoth('a')).toEqual(part === 'session' ? ['x', 't1'] : ['s1', 'x']);
        expect(await records.removeGroup('g')).toBe(1);
        expect(await readBoth('a')).toEqual([undefined, undefined]);
      },
    );

    test('an earlier expiry than the one kept is ignored', async () => {
      await start('a');
      await records.replace('a', 'session', 's1', 's2', timeMs + 1_000);
      timeMs += HOUR_MS / 2;
      expect(await readBoth('a')).toEqual(['s2', 't1']);
    });

    test('removing ends one session and leaves its neighbours', async () => {
      await start('a', { groups: ['g'] });
      await start('b', { groups: ['g'] });
      await records.remove('a');
      await records.remove('a');
      await records.remove('never');
      expect(await readBoth('a')).toEqual([undefined, undefined]);
      expect(await readBoth('b')).toEqual(['s1', 't1']);
      expect(await records.removeGroup('g')).toBe(1);
    });

    test('removing a group ends its sessions and no other', async () => {
      await start('a', { groups: ['person 1', 'sid {x}'] });
      await start('b', { groups: ['person 1'] });
      await start('c', { groups: ['person 2', 'sid {x} '] });
      expect(await records.removeGroup('person 1')).toBe(2);
      expect(await readBoth('a')).toEqual([undefined, undefined]);
      expect(await readBoth('b')).toEqual([undefined, undefined]);
      expect(await readBoth('c')).toEqual(['s1', 't1']);
      expect(await records.removeGroup('person 1')).toBe(0);
      expect(await records.removeGroup('sid {x}')).toBe(0);
      expect(await records.removeGroup('never')).toBe(0);
    });

    test('moves a session to other groups, in which it lives on', async () => {
      await start('a', { groups: ['old', 'both'] });
      await start('b', { groups: ['old'] });
      await records.regroup('a', ['both', 'new']);
      expect(await records.removeGroup('old')).toBe(1);
      expect(await readBoth('a')).toEqual(['s1', 't1']);
      timeMs += HOUR_MS / 2;
      await records.replace('a', 'session', 's1', 's2', inOneHour());
      timeMs += (HOUR_MS * 3) / 4;
      expect(await records.removeGroup('new')).toBe(1);
      expect(await records.removeGroup('both')).toBe(0);
      expect(await readBoth('a')).toEqual([undefined, undefined]);
    });

    test('moves no session that is over', async () => {
      await start('a', { groups: ['old'] });
      await start('b', { groups: ['old'] });
      await records.remove('a');
      await records.regroup('a', ['new']);
      timeMs += HOUR_MS;
      await records.regroup('b', ['new']);
      expect(await records.removeGroup('new')).toBe(0);
      expect(await readBoth('a')).toEqual([undefined, undefined]);
      expect(await readBoth('b')).toEqual([undefined, undefined]);
    });

    test('ends a group of 500 sessions', async () => {
      const ids = Array.from({ length: 500 }, (_, n) => `id${n}`);
      await Promise.all(ids.map((id) => start(id, { groups: ['g'] })));
      await start('other', { groups: ['h'] });
      expect(await records.removeGroup('g')).toBe(500);
      expect(await records.count()).toBe(1);
    });

    test('of 50 claims of one name one succeeds, until it expires', async () => {
      const claimAll = (): Promise<boolean[]> =>
        Promise.all(Array.from({ length: 50 }, () => records.useOnce('code {1}', timeMs + 1_000)));
      expect((await claimAll()).filter(Boolean)).toHaveLength(1);
      expect(await records.useOnce('code {1}', timeMs + 1_000)).toBe(false);
      expect(await records.useOnce('code {2}', timeMs + 1_000)).toBe(true);
      timeMs += 1_000;
      expect((await claimAll()).filter(Boolean)).toHaveLength(1);
    });

    test('keeps notes, each until it expires, is replaced or removed', async () => {
      const { notes } = records;
      expect(await notes.read('n')).toBeUndefined();
      await notes.write('n', ALL_BYTES, timeMs + 1_000);
      expect(await notes.read('n')).toBe(ALL_BYTES);
      await notes.write('n', 'first', timeMs + 1_000);
      expect(await notes.replace('n', 'other', 'second', timeMs + 2_000)).toBe(false);
      expect(await notes.replace('n', 'first', 'second', timeMs + 2_000)).toBe(true);
      timeMs += 1_000;
      expect(await notes.read('n')).toBe('second');
      timeMs += 1_000;
      expect(await notes.read('n')).toBeUndefined();
      expect(await notes.replace('n', 'second', 'third', inOneHour())).toBe(false);
      await notes.write('n', 'again', inOneHour());
      await notes.remove('n');
      await notes.remove('n');
      expect(await notes.read('n')).toBeUndefined();
      expect(await notes.replace('n', 'again', 'third', inOneHour())).toBe(false);
    });

    test('takes no note for a session, and no session for a note', async () => {
      await start('a', { groups: ['g'] });
      for (let n = 0; n < 5; n += 1) await records.notes.write(`note${n}`, 'text', inOneHour());
      await records.notes.write('a', 'text', inOneHour());
      expect(await records.count()).toBe(1);
      expect(await readBoth('note0')).toEqual([undefined, undefined]);
      expect(await records.notes.read('a')).toBe('text');
      expect(await records.removeGroup('g')).toBe(1);
      expect(await records.notes.read('a')).toBe('text');
      await start('a');
      await records.notes.remove('a');
      expect(await readBoth('a')).toEqual(['s1', 't1']);
    });

    test('counts sessions, not claims or groups', async () => {
      expect(await records.count()).toBe(0);
      await start('a', { groups: ['g', 'h'] });
      await start('b', { groups: ['g'] });
      await records.useOnce('c', inOneHour());
      expect(await records.count()).toBe(2);
      await records.remove('a');
      expect(await records.count()).toBe(1);
    });

    test('checks and closes, twice if need be', async () => {
      await expect(records.check()).resolves.toBeUndefined();
      await records.close();
      await expect(records.close()).resolves.toBeUndefined();
    });
  });
}
