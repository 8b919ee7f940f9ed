import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/** Has the write-ahead log of one opening of the file written into the file. */
export interface Checkpointer {
  /** To be told of each write. */
  wrote(): void;
  /** Has it done soon, such as when no more room is left for the log. */
  ask(): void;
  /** Resolves when the thread has let go of the file. */
  close(): Promise<void>;
}

export interface CheckpointerOptions {
  file: string;
  /** How long the thread may wait for readers and writers. */
  timeoutMs: number;
  onWarning(message: string): void;
}

/** Some 300 pages, a little over 1 MiB. */
const WRITES_PER_CHECKPOINT = 32;

/** Begins its thread with the first checkpoint. Where the thread fails, SQLite makes checkpoints within writes. */
export function createCheckpointer({ file, timeoutMs, onWarning }: CheckpointerOptions): Checkpointer {
  let thread: Worker | undefined;
  let writes = 0;
  let closed = false;

  function begin(): Worker {
    const begun = new Worker(new URL('./checkpoints.js', import.meta.url), {
      workerData: { file, timeoutMs },
      execArgv: [],
    });
    begun.unref();
    begun.on('error', ({ message }) => {
      closed = true;
      onWarning(`The session store writes with pauses now, for its thread failed (${message}).`);
    });
    return begun;
  }

  function ask(): void {
    if (closed) return;
    writes = 0;
    thread ??= begin();
    thread.postMessage('checkpoint');
  }

  return {
    ask,
    wrote() {
      writes += 1;
      if (writes >= WRITES_PER_CHECKPOINT) ask();
    },
    async close() {
      if (thread === undefined || closed) return;
      closed = true;
      const ended = once(thread, 'exit');
      thread.ref();
      thread.postMessage('close');
      await ended;
    },
  };
}
