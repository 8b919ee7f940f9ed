import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createExpiringTable } from '../../src/sessions/store/expiring-table.ts';

const KEYS = ['a', 'b', 'c', 'd', 'e', 'f'];

/** The same as the table, without its bounds: names and the times at which they end. */
function createModel() {
  const model = new Map<string, number>();
  let timeMs = 0;
  const table = createExpiringTable<number>({ now: () => timeMs, maxEntries: 100 });
  return {
    set(key: string, lifeMs: number) {
      table.set(key, lifeMs, timeMs + lifeMs);
      model.set(key, timeMs + lifeMs);
    },
    extend(key: string, lifeMs: number) {
      table.extend(key, timeMs + lifeMs);
      const endsMs = model.get(key);
      if (endsMs !== undefined && endsMs > timeMs) model.set(key, Math.max(endsMs, timeMs + lifeMs));
    },
    delete(key: string) {
      table.delete(key);
      model.delete(key);
    },
    wait(_key: string, lifeMs: number) {
      timeMs += lifeMs;
    },
    inTable: () => KEYS.filter((key) => table.get(key) !== undefined),
    inModel: () => KEYS.filter((key) => (model.get(key) ?? 0) > timeMs),
  };
}

const step = fc.record({
  does: fc.constantFrom('set' as const, 'extend' as const, 'delete' as const, 'wait' as const),
  key: fc.constantFrom(...KEYS),
  lifeMs: fc.integer({ min: 0, max: 50 }),
});

describe('an expiring table', () => {
  test('is a map whose entries end in time, whatever happens in whatever order', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const model = createModel();
        for (const { does, key, lifeMs } of steps) {
          model[does](key, lifeMs);
          expect(model.inTable()).toEqual(model.inModel());
        }
      }),
    );
  });

  test('drops in the order of expiry when full', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 1_000 }), { maxLength: 40 }), (times) => {
        const dropped: number[] = [];
        const onDropped = (_key: string, value: number): void => void dropped.push(value);
        const table = createExpiringTable<number>({ now: () => 0, maxEntries: times.length, onDropped });
        for (const time of times) table.set(`${time}`, time, time);
        for (const n of times.keys()) table.set(`last${n}`, 0, 2_000);
        expect(dropped).toEqual(times.toSorted((a, b) => a - b));
      }),
    );
  });
});
