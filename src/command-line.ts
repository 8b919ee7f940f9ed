import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { EXIT, type ExitStatus } from './exit-status.ts';
import { printableLines } from './printable.ts';

export { type Command, InvalidArgumentError, Option } from 'commander';

type Streams = Record<'stdout' | 'stderr', { write(text: string): unknown }>;

/**
 * A command that writes to these streams and never ends the process. What was typed comes back as text, so that a
 * terminal does not obey it.
 */
export function createCommand(name: string, { stdout, stderr }: Streams): Command {
  return new Command(name)
    .configureOutput({
      writeOut: (text) => void stdout.write(printableLines(text)),
      writeErr: (text) => void stderr.write(printableLines(text)),
      outputError: (text, write) => write(`${text.trimEnd()} (see --help)\n`),
    })
    .allowExcessArguments(false)
    .exitOverride();
}

/** Reads a command line. @returns the exit status where help was given or the command line is wrong, which was said then */
export function orExitStatus<Read extends object>(read: () => Read): Read | ExitStatus {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? EXIT.done : EXIT.usage;
  }
}

/** Reads a number of an option. @throws InvalidArgumentError */
export function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value;
    throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
  };
}
