import { printableLines } from '../../printable.ts';
import type { DaemonArguments } from '../arguments/index.ts';
import { createProgressLine, NO_PROGRESS_LINE, type ProgressLine } from './progress-line.ts';

/** What is said beside the output, on standard error. */
export interface Messages {
  /** What went wrong, or cannot do without being read. */
  error(line: string): void;
  /** What is good to know. */
  note(sentence: string): void;
  /** A step, with `--verbose`. */
  step(sentence: string): void;
  progress: ProgressLine;
}

/** Where things are shown. */
export type Streams = Pick<NodeJS.Process, 'stdout' | 'stderr'>;

/** Speaks as much as the command line wants. A progress line shows only where it disturbs nothing. */
export function createMessages(
  { verbose, quiet, output }: DaemonArguments,
  { stdout, stderr }: Streams,
): Messages {
  const hasLine = stderr.isTTY && !quiet && !verbose && (output !== undefined || !stdout.isTTY);
  const write = (text: string) => void stderr.write(text);
  const progress = hasLine ? createProgressLine({ write, nowMs: () => performance.now() }) : NO_PROGRESS_LINE;
  const say = (line: string) => {
    progress.clear();
    write(`${printableLines(line)}\n`);
  };
  return {
    error: say,
    note: (sentence) => (quiet ? undefined : say(sentence)),
    step: (sentence) => (verbose ? say(sentence) : undefined),
    progress,
  };
}
