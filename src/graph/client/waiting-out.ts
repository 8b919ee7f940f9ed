import { setTimeout as wait } from 'node:timers/promises';
import { UpstreamError } from '../../errors.ts';
import { retrying } from '../../retrying.ts';
import type { GraphCall } from './types.ts';

/** Where Graph does not say how long to wait. */
const USUAL_WAIT_MS = 5_000;

/**
 * A call that waits for as long as Graph asks for, again and again, where nobody sits in front of an empty page
 * meanwhile.
 * @param onWait told before each wait
 * @param maxWaitMs in all for one call; where Graph asks for more, its error is passed on
 */
export function waitingOut(
  call: GraphCall,
  maxWaitMs: number,
  onWait: (waitMs: number) => void = () => undefined,
): GraphCall {
  return (token, request) =>
    retrying(() => call(token, request), {
      maxWaitMs,
      waitMsAfter: (outcome) => ('error' in outcome ? waitMsOf(outcome.error) : undefined),
      wait(ms) {
        onWait(ms);
        return wait(ms, undefined, request.signal === undefined ? {} : { signal: request.signal });
      },
    });
}

/** Statuses that say of themselves that they pass. */
const PASSING_STATUSES = new Set([503, 504]);

function waitMsOf(error: unknown): number | undefined {
  if (!(error instanceof UpstreamError)) return undefined;
  const isPassing = error.code === 'graph_unavailable' && PASSING_STATUSES.has(error.upstream.status ?? 0);
  if (error.code !== 'graph_throttled' && !isPassing) return undefined;
  return error.retryAfterSeconds === undefined ? USUAL_WAIT_MS : error.retryAfterSeconds * 1_000;
}
