import { describe, expect, test } from '@jest/globals';
import { oneAhead } from '../../src/graph/one-ahead.ts';

/** Numbers from 1 on, and what was asked for so far. */
function numbers(last: number, failing?: number) {
  const asked: number[] = [];
  let ended = false;
  async function* make(): AsyncGenerator<number, void, undefined> {
    try {
      for (let number = 1; number <= last; number += 1) {
        asked.push(number);
        if (number === failing) throw new Error(`no ${number}`);
        yield number;
      }
    } finally {
      ended = true;
    }
  }
  return { values: make(), asked, hasEnded: () => ended };
}

describe('one ahead', () => {
  test('gives the same values in the same order, and asks for one more than was taken', async () => {
    const { values, asked } = numbers(4);
    const taken: [number, number][] = [];
    for await (const value of oneAhead(values)) {
      await new Promise((resolve) => setImmediate(resolve));
      taken.push([value, asked.length]);
    }
    expect(taken).toEqual([
      [1, 2],
      [2, 3],
      [3, 4],
      [4, 4],
    ]);
  });

  test('has asked before the value is used, however many steps an asking takes', async () => {
    const sent: number[] = [];
    async function* requests(): AsyncGenerator<number, void, undefined> {
      for (let number = 1; number <= 3; number += 1) {
        for (let step = 0; step < 20; step += 1) await new Promise<void>((done) => process.nextTick(done));
        sent.push(number);
        yield number;
      }
    }
    const sentWhenUsed: number[] = [];
    for await (const _value of oneAhead(requests())) sentWhenUsed.push(sent.length);
    expect(sentWhenUsed).toEqual([2, 3, 3]);
  });

  test('gives what came before a failure, then the failure', async () => {
    const taken: number[] = [];
    const reading = async () => {
      for await (const value of oneAhead(numbers(4, 3).values)) taken.push(value);
    };
    await expect(reading()).rejects.toThrow('no 3');
    expect(taken).toEqual([1, 2]);
  });

  test('ends the source where its reader stops, and a failure on the way is nobody’s', async () => {
    for (const failing of [undefined, 2]) {
      const { values, hasEnded } = numbers(9, failing);
      for await (const value of oneAhead(values)) if (value === 1) break;
      await new Promise((resolve) => setImmediate(resolve));
      expect(hasEnded()).toBe(true);
    }
  });

  test('gives nothing of nothing', async () => {
    expect((await oneAhead(numbers(0).values).next()).done).toBe(true);
  });
});
