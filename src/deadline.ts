/** The end of something: its time is over, or nobody wants it any more. */
interface Deadline {
  signal: AbortSignal;
  /** To be called when it is through. */
  clear(): void;
}

/** A timer of its own: `AbortSignal.timeout` and `AbortSignal.any` cost a call as much as its headers do. */
export function startDeadline(timeoutMs: number, gone?: AbortSignal): Deadline {
  const controller = new AbortController();
  const end = () => controller.abort();
  const timer = setTimeout(end, timeoutMs);
  gone?.addEventListener('abort', end, { once: true });
  if (gone?.aborted) end();
  return {
    signal: controller.signal,
    clear() {
      clearTimeout(timer);
      gone?.removeEventListener('abort', end);
    },
  };
}

/**
 * The work's own end where it comes in time; how a later one ends is ignored.
 * @param tooLate what is thrown when the time is over, or nobody wants it any more
 */
export function inTime<Result>(
  work: Promise<Result>,
  timeoutMs: number,
  tooLate: () => Error,
  gone?: AbortSignal,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    const { signal, clear } = startDeadline(timeoutMs, gone);
    const giveUp = () => {
      clear();
      reject(tooLate());
    };
    if (signal.aborted) giveUp();
    signal.addEventListener('abort', giveUp, { once: true });
    work.finally(clear).then(resolve, reject);
  });
}
