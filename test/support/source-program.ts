import { type ChildProcess, spawn } from 'node:child_process';

/** A small program of the tests that runs sources of ours as they are. */
export interface SourceProgram {
  process: ChildProcess;
  /** What it said on standard error so far. */
  said(): string;
  /** Resolves with the exit status, or -1 after a signal. */
  exited: Promise<number>;
}

/** Starts a TypeScript file in a process of its own. @param stdout a descriptor; by default nobody reads it */
export function startSource(
  file: string,
  given: string[] = [],
  stdout: number | 'pipe' = 'pipe',
): SourceProgram {
  const child = spawn(process.execPath, ['--import', 'tsx', file, ...given], {
    stdio: ['ignore', stdout, 'pipe'],
  });
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  return {
    process: child,
    said: () => said,
    exited: new Promise((resolve) => child.once('exit', (status) => resolve(status ?? -1))),
  };
}
