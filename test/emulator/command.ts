import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';

let running: ChildProcessWithoutNullStreams[] = [];

/** Ends every emulator that was started; for `afterEach`. */
export async function endAll(): Promise<void> {
  const ends = running.filter((one) => one.exitCode === null && one.signalCode === null);
  await Promise.all(ends.map((one) => [one.kill('SIGKILL'), once(one, 'exit')][1]));
  running = [];
}

/** How a program ended. */
export interface Ended {
  readonly status: number | null;
  readonly stderr: string;
}

/** Starts the built emulator as a process. */
export function emulator(args: readonly string[], environment: Record<string, string> = {}) {
  const { NODE_ENV: _jest, HOST: _host, EMULATOR_PORT: _port, ...inherited } = process.env;
  const child = spawn(process.execPath, ['dist/main/emulator.js', ...args], {
    env: { ...inherited, ...environment },
  });
  running.push(child);
  return child;
}

/** Waits for the end. */
export async function ended(child: ChildProcessWithoutNullStreams): Promise<Ended> {
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  await once(child, 'exit');
  return { status: child.exitCode, stderr };
}

/** The first words that an emulator says, which hold its address. */
export async function started(
  child: ChildProcessWithoutNullStreams,
): Promise<{ baseUrl: string; text: string }> {
  let text = '';
  for await (const chunk of child.stdout) {
    text += String(chunk);
    const [, baseUrl] = /runs at (https?:\/\/localhost:\d+)\n/.exec(text) ?? [];
    if (baseUrl !== undefined && text.includes('curl')) return { baseUrl, text };
  }
  throw new Error(`it ended instead of starting: ${text}`);
}
