import type { Say } from '../streams/index.ts';

/** Without a loss for so long, writing works again. */
const CALM_MS = 1_000;

/**
 * Counts the lines that could not be written. Says once that lines are lost, and how many were when writing works again.
 * @param onWritable told then, so that the log has it too
 */
export function createLostLines(say: Say, onWritable: (lost: number) => void) {
  let total = 0;
  let unsaid = 0;
  let calm: NodeJS.Timeout | undefined;
  const again = () => {
    const lost = unsaid;
    unsaid = 0;
    say(`Standard output can be written again: ${counted(lost)}.`);
    onWritable(lost);
  };
  return {
    lost(lines: number, code: string): void {
      if (unsaid === 0) say(sentenceFor(code));
      total += lines;
      unsaid += lines;
      clearTimeout(calm);
      calm = undefined;
    },
    written(): void {
      if (unsaid > 0) calm ??= setTimeout(again, CALM_MS).unref();
    },
    /** Since the start. */
    total: () => total,
    /** Says what is left to say. */
    end(): void {
      clearTimeout(calm);
      if (unsaid > 0) say(`The log is not whole: ${counted(unsaid)}.`);
    },
  };
}

function sentenceFor(code: string): string {
  const what =
    code === 'EAGAIN'
      ? 'Nobody reads standard output fast enough'
      : `Standard output cannot be written (${code})`;
  return `${what}: log lines are dropped and counted until that changes. The app goes on.`;
}

function counted(lines: number): string {
  return lines === 1 ? '1 line was dropped' : `${lines} lines were dropped`;
}
