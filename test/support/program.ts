import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { until } from './until.ts';

/** A built program, running as its own process. */
export interface Program {
  process: ChildProcess;
  /** What it wrote so far. */
  output: { stdout: string; stderr: string };
  /** Resolves with the exit status, or -1 after a signal. */
  exited: Promise<number>;
  /** Waits until standard error says this. */
  says(pattern: RegExp): Promise<void>;
  stop(signal?: NodeJS.Signals): Promise<number>;
}

export interface ProgramOptions {
  environment?: Record<string, string>;
  folder?: string;
  /** Where `dist` is. Default: here. */
  root?: string;
  /** Descriptors to write to, in place of `output`. */
  stdout?: number;
  stderr?: number;
  /** A command that runs another one: in a namespace, for example. */
  within?: readonly string[];
}

const here = fileURLToPath(new URL('../../', import.meta.url));

/** Starts `dist/main/NAME.js`, or the file of a path, with an environment of its own. */
export function startProgram(
  name: string,
  programArguments: string[],
  options: ProgramOptions = {},
): Program {
  const program = [
    process.execPath,
    name.endsWith('.js') ? join(here, name) : join(options.root ?? here, 'dist/main', `${name}.js`),
    ...programArguments,
  ];
  const [command = '', ...rest] = [...(options.within ?? []), ...program];
  const child = spawn(command, rest, {
    cwd: options.folder ?? here,
    env: { PATH: process.env.PATH ?? '', ...options.environment },
    stdio: ['ignore', options.stdout ?? 'pipe', options.stderr ?? 'pipe'],
  });
  const output = { stdout: '', stderr: '' };
  child.stdout?.on('data', (chunk: Buffer) => {
    output.stdout += chunk.toString();
  });
  child.stderr?.on('data', (chunk: Buffer) => {
    output.stderr += chunk.toString();
  });
  const exited = new Promise<number>((resolve) => child.once('close', (status) => resolve(status ?? -1)));
  return {
    process: child,
    output,
    exited,
    says: (pattern) => until(() => pattern.test(output.stderr)),
    stop(signal = 'SIGTERM') {
      child.kill(signal);
      return exited;
    },
  };
}
