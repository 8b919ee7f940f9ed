/** One line on a terminal that says how far things are; written over itself. */
export interface ProgressLine {
  users(count: number): void;
  waiting(ms: number): void;
  /** Makes room for another line. */
  clear(): void;
}

interface ProgressSettings {
  write: (text: string) => void;
  /** Milliseconds that only go up. */
  nowMs: () => number;
}

/** Not more often than this, in milliseconds: a terminal is slow, and so are eyes. */
const SHORTEST_INTERVAL_MS = 100;
/** Carriage return, then "erase to the end of the line" (ECMA-48). */
const ERASE = '\r\u001b[K';

/** A line for a terminal. */
export function createProgressLine({ write, nowMs }: ProgressSettings): ProgressLine {
  const startedAtMs = nowMs();
  let shownAtMs = Number.NEGATIVE_INFINITY;
  let total = 0;
  const rate = () => Math.round(total / Math.max((nowMs() - startedAtMs) / 1_000, 0.001));
  const counted = () => `${grouped(total)} users, ${grouped(rate())} a second`;
  return {
    users(count) {
      total = count;
      if (nowMs() - shownAtMs < SHORTEST_INTERVAL_MS) return;
      shownAtMs = nowMs();
      write(`${ERASE}${counted()}`);
    },
    waiting: (ms) => write(`${ERASE}${counted()}, waiting ${Math.ceil(ms / 1_000)} s as Graph asks`),
    clear: () => write(ERASE),
  };
}

/** Where there is no terminal. */
export const NO_PROGRESS_LINE: ProgressLine = {
  users: () => undefined,
  waiting: () => undefined,
  clear: () => undefined,
};

function grouped(count: number): string {
  return count.toLocaleString('en-US');
}
