import { describe, test } from '@jest/globals';
import { type SessionRecords, storeChecks } from '../../src/library/session-store.ts';

/** How the contract gets at one engine. */
interface Engine {
  /** Opens the engine, empty, with a clock that the contract turns. */
  open(now: () => number): Promise<SessionRecords>;
  /** Undoes what `open` made; the records were closed before. */
  dispose?(): Promise<void>;
}

/** The exported contract, in Jest. */
export function describeRecordsContract({ open, dispose }: Engine): void {
  describe('the contract of session records', () => {
    test.each(storeChecks().map(({ name, run }) => [name, run] as const))('%s', async (_name, run) => {
      await run(open).finally(() => dispose?.());
    });
  });
}
