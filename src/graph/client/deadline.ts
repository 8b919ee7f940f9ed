/** The end of a call: its time is over, or its visitor is gone. */
export interface Deadline {
  signal: AbortSignal;
  /** To be called when the call is through. */
  clear(): void;
}

/** A timer of its own: `AbortSignal.timeout` and `AbortSignal.any` cost a call as much as its headers do. */
export function startDeadline(timeoutMs: number, gone: AbortSignal | undefined): Deadline {
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
