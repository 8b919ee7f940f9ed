import { expect, test } from '@jest/globals';
import { retrying } from '../src/retrying.ts';

/** Tries what ends so, one after the other; waits as long as each number says. */
async function tries(ends: (number | string)[], maxWaitMs: number) {
  const waits: number[] = [];
  const left = [...ends];
  const attempt = async (retry: number) => {
    const end = left.shift();
    if (typeof end === 'number') throw end;
    return `${end} after ${retry}`;
  };
  const outcome = await retrying(attempt, {
    maxWaitMs,
    waitMsAfter: (one) => ('error' in one ? Number(one.error) : undefined),
    wait: async (ms) => void waits.push(ms),
  }).catch((error: unknown) => error);
  return { outcome, waits };
}

test.each<[(number | string)[], number, unknown, number[]]>([
  [['done'], 0, 'done after 0', []],
  [[5, 7, 'done'], 12, 'done after 2', [5, 7]],
  [[5, 7, 'done'], 11, 7, [5]],
  [[0, 0, 'done'], 0, 'done after 2', [0, 0]],
])('%j within %d ms', async (ends, maxWaitMs, outcome, waits) => {
  expect(await tries(ends, maxWaitMs)).toEqual({ outcome, waits });
});

test('a value may be tried again, and is what remains when the time is over', async () => {
  const answers = [503, 503, 200];
  const sent = (maxWaitMs: number) =>
    retrying(async (retry) => answers[retry] ?? 0, {
      maxWaitMs,
      waitMsAfter: (one) => ('value' in one && one.value === 503 ? 10 : undefined),
      wait: async () => undefined,
    });
  expect([await sent(20), await sent(19)]).toEqual([200, 503]);
});
