/** Runs something once at the soonest of the times that were asked for. Keeps no process alive. */
export function createSoonest(run: () => void) {
  let timer: NodeJS.Timeout | undefined;
  let dueAtMs = Number.POSITIVE_INFINITY;
  const due = () => {
    dueAtMs = Number.POSITIVE_INFINITY;
    run();
  };
  return {
    in(ms: number): void {
      const atMs = performance.now() + ms;
      if (atMs >= dueAtMs) return;
      clearTimeout(timer);
      dueAtMs = atMs;
      timer = setTimeout(due, ms).unref();
    },
  };
}
