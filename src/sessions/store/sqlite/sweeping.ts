import { setTimeout as pause } from 'node:timers/promises';

/** Pauses of the look for what is over: while more is left, and when nothing is. */
export interface SweepPauses {
  batchMs: number;
  roundMs: number;
}

const DEFAULT_PAUSES: SweepPauses = { batchMs: 250, roundMs: 30_000 };

/**
 * Has what is over removed again and again, a little at a time. Never keeps the process alive.
 * @param sweep whether more is left to remove; where it fails, such as on a full disk, the next round tries again
 * @returns stops it
 */
export function startSweeping(
  sweep: () => Promise<boolean>,
  { batchMs, roundMs }: SweepPauses = DEFAULT_PAUSES,
): () => void {
  const timer = setInterval(async () => {
    while (await sweep().catch(() => false)) await pause(batchMs, undefined, { ref: false });
  }, roundMs);
  timer.unref();
  return () => clearInterval(timer);
}
