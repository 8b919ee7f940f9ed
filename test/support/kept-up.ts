import { setTimeout as pause } from 'node:timers/promises';
import type { SessionRecords } from '../../src/sessions/store/records.ts';

/** What became of people who signed in one after the other. */
export interface KeptUp {
  succeeded: number;
  /** How often each reason came. */
  failures: Record<string, number>;
  /** From the first failure to the last. */
  troubledMs: number;
}

/** Creates sessions and reads them back, so many a second, until it is told to end. */
export function keepUp(records: SessionRecords, perSecond = 50): { end(): Promise<KeptUp> } {
  let isOver = false;
  const failedAtMs: number[] = [];
  const result: KeptUp = { succeeded: 0, failures: {}, troubledMs: 0 };
  const one = async (id: string) => {
    try {
      const expiresAtMs = Date.now() + 60_000;
      await records.create(id, { session: id, tokens: 't', expiresAtMs, groups: [id] });
      const found = await records.read(id, 'session');
      if (found !== id) throw Object.assign(new Error(), { detail: `read ${found}` });
      result.succeeded += 1;
    } catch (error) {
      const reason = String((error as { detail?: string }).detail);
      result.failures[reason] = (result.failures[reason] ?? 0) + 1;
      failedAtMs.push(performance.now());
    }
  };
  const all: Promise<void>[] = [];
  const running = (async () => {
    for (let n = 0; !isOver; n += 1) {
      all.push(one(`kept${n}`));
      await pause(1_000 / perSecond);
    }
    await Promise.all(all);
  })();
  return {
    async end() {
      isOver = true;
      await running;
      return { ...result, troubledMs: Math.round((failedAtMs.at(-1) ?? 0) - (failedAtMs[0] ?? 0)) };
    },
  };
}
