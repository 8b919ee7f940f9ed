import { inTime } from '../../deadline.ts';
import { UpstreamError } from '../../errors.ts';

/** Both engines are back within two seconds of what kept them from answering. */
const RETRY_AFTER_SECONDS = 2;

/**
 * The one error of a session store that does not answer.
 * @param detail for the log: never a URL, a key or a value
 * @param explanation why, and what to do, for the people who run the app
 */
export function storeUnavailable(detail: string, cause?: unknown, explanation?: string): UpstreamError {
  return new UpstreamError('store_unavailable', 503, 'The session store does not answer.', {
    detail,
    explanation,
    retryAfterSeconds: RETRY_AFTER_SECONDS,
    cause,
  });
}

/** The promise's own end, or after the given time `storeUnavailable`: a late end of it is then ignored. */
export function withinTime<Result>(promise: Promise<Result>, timeoutMs: number): Promise<Result> {
  return inTime(promise, timeoutMs, () => storeUnavailable(`no response within ${timeoutMs} ms`));
}
