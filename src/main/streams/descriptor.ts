import { constants, fstatSync, openSync } from 'node:fs';
import { isatty } from 'node:tty';
import { doNotWaitForTerminal } from './patient-terminal.ts';

/** A standard stream that a program writes. */
export type Descriptor = 1 | 2;

export const STANDARD_OUTPUT = 1;
export const STANDARD_ERROR = 2;

const { O_WRONLY, O_NONBLOCK, O_NOCTTY } = constants;

/**
 * A descriptor for a standard stream on which a write never waits for the reader: it fails with EAGAIN instead. A
 * pipe and a terminal are opened once more for that, because their flags are shared with every other process that
 * writes there, such as npm or a shell. A file stays as it is: it is nobody's to read, and has one place to write at.
 */
export function descriptorOf(stream: Descriptor): number {
  if (!mayWait(stream)) return stream;
  const places = isatty(stream) ? [`/proc/self/fd/${stream}`, '/dev/tty'] : [`/proc/self/fd/${stream}`];
  for (const place of places) {
    const opened = openedAnew(place);
    if (opened !== undefined) return opened;
  }
  return madeNotToWait(stream);
}

function mayWait(stream: Descriptor): boolean {
  const status = fstatSync(stream);
  return isatty(stream) || status.isFIFO() || status.isSocket();
}

/** @returns undefined where that is another user's, a socket, or a system without such a place */
function openedAnew(place: string): number | undefined {
  try {
    return openSync(place, O_WRONLY | O_NONBLOCK | O_NOCTTY);
  } catch {
    return undefined;
  }
}

/** Node makes a pipe or socket non-blocking when its stream is first asked for, and a terminal when it is told to. */
function madeNotToWait(stream: Descriptor): number {
  doNotWaitForTerminal(stream === STANDARD_OUTPUT ? process.stdout : process.stderr);
  return stream;
}
