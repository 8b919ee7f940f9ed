import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { inTime, startDeadline } from '../src/deadline.ts';

const LONG_MS = 60_000;
const late = () => new Error('late');
const never = new Promise<never>(() => undefined);

describe('a deadline', () => {
  test('ends when its time is over, and not after it was cleared', async () => {
    const [over, cleared] = [startDeadline(5), startDeadline(5)];
    cleared.clear();
    await wait(50);
    expect([over.signal.aborted, cleared.signal.aborted]).toEqual([true, false]);
  });

  test('ends when nobody wants it any more', () => {
    const visitor = new AbortController();
    const running = startDeadline(LONG_MS, visitor.signal);
    const cleared = startDeadline(LONG_MS, visitor.signal);
    cleared.clear();
    visitor.abort();
    const afterwards = startDeadline(LONG_MS, visitor.signal);
    const ended = [running, cleared, afterwards].map(({ signal }) => signal.aborted);
    for (const one of [running, afterwards]) one.clear();
    expect(ended).toEqual([true, false, true]);
  });
});

describe('in time', () => {
  test('work ends as it ends', async () => {
    expect(await inTime(Promise.resolve('done'), LONG_MS, late)).toBe('done');
    await expect(inTime(Promise.reject(new Error('its own')), LONG_MS, late)).rejects.toThrow('its own');
  });

  test('work that comes later is given up', async () => {
    await expect(inTime(never, 5, late)).rejects.toThrow('late');
    await expect(inTime(never, LONG_MS, late, AbortSignal.abort())).rejects.toThrow('late');
    await expect(
      inTime(
        wait(50).then(() => Promise.reject(new Error('unheard'))),
        5,
        late,
      ),
    ).rejects.toThrow('late');
    await wait(100); // nobody hears of its error any more, and nothing falls over
  });
});
