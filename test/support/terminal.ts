import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { until } from './until.ts';

/** A command with a pseudo-terminal of its own, which util-linux's `script` makes. */
export interface OnTerminal {
  /** What the terminal showed so far. */
  shown(): string;
  /** Waits until the terminal shows this. */
  shows(pattern: RegExp): Promise<void>;
  /** Presses keys: \x03 is Ctrl-C, \x13 is Ctrl-S. */
  press(keys: string): void;
  /** Stops looking at the terminal, so that it fills, and looks again. */
  lookAway(): void;
  lookAgain(): void;
  /** The process on the terminal: the shell, or what it became by `exec`. */
  pid(): number;
  /** Resolves with the exit status of the command. */
  exited: Promise<number>;
  /** Takes the terminal away. */
  close(): Promise<void>;
}

export interface TerminalOptions {
  environment?: Record<string, string>;
  folder?: string;
}

export const CTRL_C = '\x03';
export const CTRL_S = '\x13';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** The command line of a built program. */
export const builtProgram = (name: string) => `exec ${process.execPath} ${root}dist/main/${name}.js`;

/** Runs a shell's command line on a terminal that is 80 columns wide. */
export function startOnTerminal(commandLine: string, options: TerminalOptions = {}): OnTerminal {
  const child = spawn('script', ['-qec', `stty cols 80; ${commandLine}`, '/dev/null'], {
    cwd: options.folder ?? root,
    env: { PATH: process.env.PATH ?? '', SHELL: '/bin/sh', ...options.environment },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let shown = '';
  child.stdout.on('data', (chunk: Buffer) => {
    shown += chunk.toString();
  });
  child.stdin.on('error', () => undefined); // it may have ended before a key is pressed
  const exited = new Promise<number>((resolve) => child.once('close', (status) => resolve(status ?? -1)));
  return {
    shown: () => shown,
    shows: (pattern) => until(() => pattern.test(shown)),
    press: (keys) => void child.stdin.write(keys),
    lookAway: () => void child.kill('SIGSTOP'),
    lookAgain: () => void child.kill('SIGCONT'),
    pid: () => Number(readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8').trim()),
    exited,
    async close() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}
