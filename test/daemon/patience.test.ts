import { describe, expect, test } from '@jest/globals';
import { createPatience } from '../../src/daemon/listing/patience.ts';
import { type ErrorCode, UpstreamError } from '../../src/errors.ts';

const fails = (code: ErrorCode, given: { status?: number; retryAfterSeconds?: number } = {}) =>
  new UpstreamError(code, 502, code, {
    upstream: { status: given.status },
    retryAfterSeconds: given.retryAfterSeconds,
  });

/** Tries a thing that fails with these, one after the other, and then works. */
async function attempt(faults: Error[], maxWaitMs = 60_000, workedBefore = false) {
  const waits: number[] = [];
  const patience = createPatience({
    maxWaitMs,
    random: () => 0.5,
    wait: async (ms) => void waits.push(ms),
  });
  if (workedBefore) await patience(async () => 'before');
  const left = [...faults];
  const outcome = await patience(async () => {
    const fault = left.shift();
    if (fault !== undefined) throw fault;
    return 'worked';
  }).catch((error: Error) => error.message);
  return { outcome, waits };
}

describe('patience', () => {
  test('waits as long as it is asked to, and a little more', async () => {
    const throttled = fails('graph_throttled', { retryAfterSeconds: 10 });
    expect(await attempt([throttled, throttled])).toEqual({ outcome: 'worked', waits: [10_500, 10_500] });
  });

  test('backs off where nothing was asked for', async () => {
    const faults = Array.from({ length: 8 }, () => fails('graph_throttled', { status: 503 }));
    expect((await attempt(faults, 600_000)).waits).toEqual([
      525, 1_050, 2_100, 4_200, 8_400, 16_800, 31_500, 31_500,
    ]);
  });

  test('never waits longer than it may, all waits together', async () => {
    const throttled = fails('graph_throttled', { retryAfterSeconds: 10 });
    expect(await attempt([throttled], 9_999)).toEqual({ outcome: 'graph_throttled', waits: [] });
    expect(await attempt([throttled], 10_000)).toEqual({ outcome: 'worked', waits: [10_000] });
    expect(await attempt([throttled, throttled], 20_000)).toEqual({
      outcome: 'graph_throttled',
      waits: [10_500],
    });
    expect(await attempt([throttled], 0)).toEqual({ outcome: 'graph_throttled', waits: [] });
  });

  test.each<[ErrorCode, number | undefined, number, number]>([
    ['graph_unreachable', undefined, 2, 3],
    ['graph_unreachable', 502, 2, 3],
    ['graph_unreachable', 501, 0, 0],
    ['graph_timeout', undefined, 0, 3],
    ['authority_unreachable', 400, 0, 0],
    ['authority_timeout', undefined, 0, 3],
    ['graph_forbidden', 403, 0, 0],
    ['client_refused', 401, 0, 0],
    ['graph_answer_refused', 502, 0, 0],
  ])(
    '%s with status %p is tried again %d times at first, %d times later',
    async (code, status, first, later) => {
      const faults = Array.from({ length: 3 }, () => fails(code, status === undefined ? {} : { status }));
      expect((await attempt(faults)).waits).toHaveLength(first);
      expect((await attempt(faults, 60_000, true)).waits).toHaveLength(later);
    },
  );

  test('an error that is none of ours goes on at once', async () => {
    expect(await attempt([new Error('a bug')])).toEqual({ outcome: 'a bug', waits: [] });
  });
});
