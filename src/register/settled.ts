import { ApiError } from '../graph/index.ts';
import { retrying } from '../retrying.ts';

const PAUSE_MS = 2_000;
const MOST_MS = 30_000;

/**
 * Makes a change again where a registration that was made a moment ago is not known everywhere yet: Graph then says that
 * it is not there, or that its application is not. Nothing was carried out in that case.
 */
export function settled(
  make: () => Promise<void>,
  { isNew, wait }: { isNew: boolean; wait(ms: number): Promise<unknown> },
): Promise<void> {
  return retrying(make, {
    maxWaitMs: MOST_MS,
    waitMsAfter: (outcome) =>
      isNew && 'error' in outcome && isUnknownYet(outcome.error) ? PAUSE_MS : undefined,
    wait,
  });
}

function isUnknownYet(error: unknown): boolean {
  return error instanceof ApiError && (error.status === 404 || error.code === 'Request_BadRequest');
}
