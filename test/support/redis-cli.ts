import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Runs redis-cli as somebody at a terminal would. @returns what it printed */
export async function redisCli(port: number, ...command: string[]): Promise<string> {
  const { stdout } = await run('redis-cli', ['-p', `${port}`, '--no-auth-warning', ...command]);
  return stdout.trim();
}
