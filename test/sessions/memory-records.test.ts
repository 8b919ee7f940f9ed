import { describe, expect, test } from '@jest/globals';
import { createMemoryRecords } from '../../src/sessions/store/memory-records.ts';
import { describeRecordsContract } from './records-contract.ts';

describeRecordsContract({ open: async (now) => createMemoryRecords({ now }) });

describe('memory records', () => {
  const record = (expiresAtMs: number) => ({ session: 's', tokens: 't', expiresAtMs, groups: ['g'] });

  test('when full, the session that would expire soonest makes room', async () => {
    const records = createMemoryRecords({ now: () => 0, maxRecords: 3 });
    await records.create('late', record(4_000));
    await records.create('soonest', record(1_000));
    await records.create('soon', record(2_000));
    await records.replace('soonest', 'session', 's', 's', 3_000);
    await records.create('new', record(5_000));
    expect(await records.count()).toBe(3);
    expect(await records.read('soon', 'session')).toBeUndefined();
    expect(await records.read('soonest', 'session')).toBe('s');
    expect(await records.removeGroup('g')).toBe(3);
  });

  test('expired sessions are cleared a little with each write, their groups with them', async () => {
    let timeMs = 0;
    const records = createMemoryRecords({ now: () => timeMs });
    for (let n = 0; n < 100; n += 1) await records.create(`old${n}`, record(1_000));
    timeMs = 1_000;
    await records.create('new0', record(9_000));
    expect(await records.count()).toBe(93);
    for (let n = 1; n <= 15; n += 1) await records.create(`new${n}`, record(9_000));
    expect(await records.count()).toBe(16);
    expect(await records.removeGroup('g')).toBe(16);
  });

  test('claims are bounded too', async () => {
    const records = createMemoryRecords({ now: () => 0, maxRecords: 2 });
    for (const name of ['a', 'b', 'c']) expect(await records.useOnce(name, 1_000)).toBe(true);
    expect(await records.useOnce('c', 1_000)).toBe(false);
  });

  test('notes are bounded too, and take no room from sessions', async () => {
    const records = createMemoryRecords({ now: () => 0, maxRecords: 2 });
    await records.create('session', record(500));
    for (const [n, name] of ['a', 'b', 'c'].entries()) await records.notes.write(name, name, 1_000 + n);
    expect(await records.notes.read('a')).toBeUndefined();
    expect([await records.notes.read('b'), await records.notes.read('c')]).toEqual(['b', 'c']);
    expect(await records.read('session', 'tokens')).toBe('t');
  });

  test('memory does not grow with sessions that came and went', async () => {
    const records = createMemoryRecords({ now: () => 0 });
    for (let n = 0; n < 5_000; n += 1) {
      await records.create(`id${n}`, record(1_000));
      await records.remove(`id${n}`);
    }
    expect(await records.count()).toBe(0);
  });
});
