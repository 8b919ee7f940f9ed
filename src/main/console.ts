import type { ExitStatus } from '../exit-status.ts';
import { doNotWaitForTerminal } from './streams/index.ts';

/** What a console program has of its process. */
export function consoleOf({ env: environment, stdout, stderr }: NodeJS.Process) {
  for (const stream of [stdout, stderr]) {
    stream.on('error', () => undefined); // a write that fails says so itself; what has no reader any more needs no stack
    doNotWaitForTerminal(stream);
  }
  return {
    environment,
    stdout,
    stderr,
    onInterrupt(end: () => ExitStatus): void {
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
        process.on(signal, () => process.exit(end()));
    },
  };
}

/** Ends when all is written. Connections that are kept would hold up the end. */
export function exitWritten(status: ExitStatus): void {
  process.stdout.write('', () => process.exit(status));
}
