import { setTimeout as pause } from 'node:timers/promises';

/** What a busy machine may add to a time that the app promises. Rounds of `npm run test:heavy` allow nothing. */
export const BUSY_MS = 2_000;

/** For a store whose own limit is not what a test is about. */
export const PATIENT_MS = 15_000;

/** After this, what has not happened never will, even on a machine that is busy with everything else. */
const NEVER_MS = 60_000;

/**
 * Waits until something is so, looking again and again. A deadline of its own is for what is promised in such a time.
 * @throws Error after the deadline
 */
export async function until(
  isSo: () => boolean | Promise<boolean>,
  deadlineMs: number = NEVER_MS,
): Promise<void> {
  const end = Date.now() + deadlineMs;
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error(`it was not so within ${deadlineMs} ms: ${isSo}`);
    await pause(5);
  }
}
