const HOUR_MS = 3_600_000;

/** Passes a message on, and none after it for an hour. @param now in milliseconds */
export function hourly(
  warn: (message: string) => void,
  now = () => performance.now(),
): (message: string) => void {
  let warnedAtMs = Number.NEGATIVE_INFINITY;
  return (message) => {
    if (now() - warnedAtMs < HOUR_MS) return;
    warnedAtMs = now();
    warn(message);
  };
}
