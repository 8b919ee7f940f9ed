/** What came of one attempt. */
type Outcome<Result> = { value: Result } | { error: unknown };

interface RetryRules<Result> {
  /** Waiting in all, in milliseconds. */
  maxWaitMs: number;
  /**
   * How long to wait before another attempt.
   * @param at how many attempts came after the first one so far, and how long may still be waited
   * @returns undefined where another one makes no sense
   */
  waitMsAfter(outcome: Outcome<Result>, at: { retry: number; leftMs: number }): number | undefined;
  wait(ms: number): Promise<unknown>;
}

/**
 * Does something again and again, for as long as that makes sense and there is time to wait.
 * @param attempt told how many there were before
 */
export async function retrying<Result>(
  attempt: (retry: number) => Promise<Result>,
  rules: RetryRules<Result>,
): Promise<Result> {
  let leftMs = rules.maxWaitMs;
  for (let retry = 0; ; retry += 1) {
    const outcome = await attempt(retry).then(succeeded, failed);
    const waitMs = rules.waitMsAfter(outcome, { retry, leftMs });
    if (waitMs === undefined || waitMs > leftMs) return resultOf(outcome);
    await rules.wait(waitMs);
    leftMs -= waitMs;
  }
}

const succeeded = <Result>(value: Result): Outcome<Result> => ({ value });
const failed = (error: unknown): { error: unknown } => ({ error });

function resultOf<Result>(outcome: Outcome<Result>): Result {
  if ('error' in outcome) throw outcome.error;
  return outcome.value;
}
