import { createReadStream, fstatSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { ConfigurationError } from '../../errors.ts';

const STANDARD_INPUT = 0;
/** A pipe that nobody writes to is no log: whatever started this left it open. */
const PATIENCE_MS = 2_000;

/**
 * The lines of a log.
 * @param file a path, or `-` for standard input; without one, standard input where something comes from there
 * @returns undefined where there is no log
 */
export async function logLines(file: string | undefined): Promise<AsyncIterable<string> | undefined> {
  if (file !== undefined && file !== '-') return linesOf(createReadStream(file), file);
  if (file === undefined && !(await hasInput())) return undefined;
  return linesOf(process.stdin, 'standard input');
}

async function hasInput(): Promise<boolean> {
  const status = fstatSync(STANDARD_INPUT);
  if (!status.isFile() && !status.isFIFO() && !status.isSocket()) return false;
  const { stdin } = process;
  const ready = new Promise<void>((resolve) => stdin.once('readable', resolve).once('end', resolve));
  await Promise.race([ready, pause(PATIENCE_MS, undefined, { ref: false })]);
  if (stdin.readableLength > 0) return true;
  stdin.destroy();
  return false;
}

/** @throws ConfigurationError where it cannot be read */
async function* linesOf(input: Readable, name: string): AsyncGenerator<string> {
  let rest = '';
  try {
    for await (const text of input.setEncoding('utf8')) {
      const lines = `${rest}${text}`.split('\n');
      rest = lines.pop() ?? '';
      yield* lines;
    }
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    throw new ConfigurationError([`${name} cannot be read (${code})`]);
  }
  if (rest !== '') yield rest;
}
