import { createProgressLine, NO_PROGRESS_LINE, type ProgressLine } from '../../daemon/progress-line.ts';
import type { DaemonArguments } from './arguments.ts';

/** What is said beside the output, on standard error. */
export interface Console {
  /** What went wrong, or cannot do without being read. */
  error(line: string): void;
  /** What is good to know. */
  note(sentence: string): void;
  /** A step, with `--verbose`. */
  step(sentence: string): void;
  progress: ProgressLine;
}

/** Speaks as much as the command line wants. A progress line shows only where it disturbs nothing. */
export function createConsole({ verbose, quiet, output }: DaemonArguments): Console {
  const { stderr, stdout } = process;
  const hasLine = stderr.isTTY && !quiet && !verbose && (output !== undefined || !stdout.isTTY);
  const write = (text: string) => void stderr.write(text);
  const progress = hasLine ? createProgressLine({ write, nowMs: () => performance.now() }) : NO_PROGRESS_LINE;
  const say = (line: string) => {
    progress.clear();
    write(`${line}\n`);
  };
  return {
    error: say,
    note: (sentence) => (quiet ? undefined : say(sentence)),
    step: (sentence) => (verbose ? say(sentence) : undefined),
    progress,
  };
}
