import { spawnSync } from 'node:child_process';
import { closeSync, constants, openSync, readSync } from 'node:fs';

/** A named pipe whose reader is this test: it reads when it likes, or goes away. */
export interface Fifo {
  /** For whoever writes. */
  readonly writeEnd: number;
  /** Everything that is in the pipe now. */
  read(): string;
  /** Closes the end that is read: writing fails with EPIPE from now on. */
  leave(): void;
  close(): void;
}

const { O_NONBLOCK, O_RDONLY, O_WRONLY } = constants;

/** Makes a pipe of that name. @param waits whether a write waits when the pipe is full, as in a shell's pipe */
export function createFifo(path: string, waits = true): Fifo {
  const { status, stderr } = spawnSync('mkfifo', [path], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  const readEnd = openSync(path, O_RDONLY | O_NONBLOCK);
  const writeEnd = openSync(path, waits ? O_WRONLY : O_WRONLY | O_NONBLOCK);
  const open = new Set([readEnd, writeEnd]);
  const close = (descriptor: number) => {
    if (open.delete(descriptor)) closeSync(descriptor);
  };
  return {
    writeEnd,
    read: () => readAll(readEnd),
    leave: () => close(readEnd),
    close() {
      close(readEnd);
      close(writeEnd);
    },
  };
}

function readAll(descriptor: number): string {
  const parts: Buffer[] = [];
  for (;;) {
    const part = readPart(descriptor);
    if (part === undefined) return Buffer.concat(parts).toString();
    parts.push(part);
  }
}

/** @returns undefined where there is nothing now */
function readPart(descriptor: number): Buffer | undefined {
  const buffer = Buffer.alloc(65_536);
  try {
    const length = readSync(descriptor, buffer);
    return length === 0 ? undefined : buffer.subarray(0, length);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return undefined;
    throw error;
  }
}
