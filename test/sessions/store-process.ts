import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Asked } from './sqlite-process.ts';

/**
 * Starts a process of its own over a store of SQLite.
 * @param within a command that runs another one, in a namespace for example
 */
export async function startStoreProcess(
  folder: string,
  onWarning: (message: unknown) => void,
  within: readonly string[] = [],
): Promise<ChildProcess> {
  const [command = '', ...rest] = [...within, process.execPath];
  const program = ['--import', 'tsx', 'test/sessions/sqlite-process.ts', folder];
  const child = spawn(command, [...rest, ...program], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  child.on('message', (message: unknown) => {
    if (typeof message === 'object' && message !== null && 'warning' in message) onWarning(message.warning);
  });
  const [first] = await Promise.race([once(child, 'message'), once(child, 'exit')]);
  if (first !== 'ready') throw new Error(`the process did not start: ${first}`);
  return child;
}

/** What the process answers; it must not end instead. */
export function ask(child: ChildProcess, asked: Asked): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const onEnd = (status: unknown) =>
      reject(new Error(`the process ended with ${status}, not with an answer`));
    const onMessage = (message: { answer?: unknown; error?: string }) => {
      if (!('answer' in message || 'error' in message)) return;
      child.off('exit', onEnd).off('message', onMessage);
      if (message.error === undefined) resolve(message.answer);
      else reject(new Error(message.error));
    };
    child.once('exit', onEnd).on('message', onMessage);
    child.send(asked);
  });
}
