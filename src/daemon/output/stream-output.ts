import type { Writable } from 'node:stream';
import { ClosedPipe, type Output } from './output.ts';

/** Writes to a stream such as standard output, which stays open, no faster than it is read. */
export function createStreamOutput(stream: Writable): Output {
  let users = 0;
  let hasWritten = false;
  stream.on('error', () => undefined); // each write learns of it by its own callback
  const write = (text: string) =>
    new Promise<void>((resolve, reject) => {
      stream.write(text, (error) => (error ? reject(translated(error)) : resolve()));
    });
  return {
    write: async (text) => {
      if (text === '') return;
      hasWritten = true;
      await write(text);
    },
    async pageDone({ state }) {
      users = state.rows;
    },
    startAgain: async () => !hasWritten,
    finish: async () => undefined,
    abandon: () => (users === 0 ? undefined : `${users} users were written, and the list is not complete`),
  };
}

function translated(error: NodeJS.ErrnoException): Error {
  return error.code === 'EPIPE' ? new ClosedPipe() : error;
}
