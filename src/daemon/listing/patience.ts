import { AppError } from '../../errors.ts';
import { retrying } from '../../retrying.ts';

/** Does something that may fail for a while, again and again, until it works or waiting makes no sense. */
export type Patience = <T>(attempt: () => Promise<T>) => Promise<T>;

interface PatienceSettings {
  /** Waiting in all for one thing that is tried, in milliseconds; 0 tries once. */
  maxWaitMs: number;
  wait: (ms: number) => Promise<void>;
  /** From 0 up to, not including, 1. */
  random: () => number;
  /** Told before each wait. */
  onWait?: (waitMs: number, reason: AppError) => void;
}

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;
/** Many clients that were told the same number of seconds should not all come back at once. */
const JITTER = 0.1;
/** While nothing ever worked, a fault of the network is more likely a wrong setting than a passing one. */
const RETRIES_BEFORE_ANYTHING_WORKED = 2;

const THROTTLED = new Set(['graph_throttled', 'authority_throttled']);
const TIMEOUTS = new Set(['graph_timeout', 'authority_timeout']);
const UNAVAILABLE = new Set(['graph_unavailable', 'authority_unavailable']);
const FAULTS = new Set(['graph_unreachable', 'authority_unreachable', ...UNAVAILABLE, ...TIMEOUTS]);
/** Server errors that say of themselves that they pass. */
const PASSING_STATUSES = new Set([503, 504]);
/** Server errors that another try does not change. */
const LASTING_STATUSES = new Set([501, 505]);

/**
 * Makes a patience that honours Retry-After, adds jitter, backs off where nothing was asked for, and remembers
 * whether anything worked before: the first request is given up sooner.
 */
export function createPatience(settings: PatienceSettings): Patience {
  let worked = false;
  return (attempt) =>
    retrying(attempt, {
      maxWaitMs: settings.maxWaitMs,
      waitMsAfter(outcome, at) {
        worked ||= 'value' in outcome;
        if ('value' in outcome) return undefined;
        const waitMs = waitAfter(outcome.error, { ...at, worked }, settings);
        if (waitMs !== undefined) settings.onWait?.(waitMs, outcome.error as AppError);
        return waitMs;
      },
      wait: settings.wait,
    });
}

/** @returns undefined where another try makes no sense, or would come too late */
function waitAfter(
  error: unknown,
  { retry, worked, leftMs }: { retry: number; worked: boolean; leftMs: number },
  { random }: PatienceSettings,
): number | undefined {
  if (!(error instanceof AppError) || !isPassing(error, retry, worked)) return undefined;
  const askedMs = askedWaitMs(error, retry);
  if (leftMs <= 0 || askedMs > leftMs) return undefined;
  return Math.min(askedMs * (1 + JITTER * random()), leftMs);
}

function isPassing(error: AppError, retry: number, worked: boolean): boolean {
  const { status } = error.upstream;
  if (THROTTLED.has(error.code)) return true;
  if (UNAVAILABLE.has(error.code) && PASSING_STATUSES.has(status ?? 0)) return true;
  const isRefusal = status !== undefined && (status < 500 || LASTING_STATUSES.has(status));
  if (!FAULTS.has(error.code) || isRefusal) return false;
  if (worked) return true;
  return retry < RETRIES_BEFORE_ANYTHING_WORKED && !TIMEOUTS.has(error.code);
}

function askedWaitMs(error: AppError, retry: number): number {
  if (error.retryAfterSeconds !== undefined) return error.retryAfterSeconds * 1_000;
  return Math.min(FIRST_WAIT_MS * 2 ** retry, LONGEST_WAIT_MS);
}
