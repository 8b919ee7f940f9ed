import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** How a driver ended. */
export type Ending =
  | { readonly ok: string }
  | { readonly error: Readonly<Record<string, unknown>> }
  /** It had to be ended. */
  | { readonly stillRan: true }
  /** It ended without a word: how, and its last words. */
  | { readonly fell: string };

/** How a driver is started. */
export interface DriverRun {
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly limitMs: number;
  /** Goes where the client sends the person, and tells where they ended. */
  visit(url: string): Promise<URL>;
}

const LAST_WORDS = 300;

/**
 * Runs a driver, which writes JSON lines: `{"visit": url}` waits for a line with the address the person came back to,
 * `{"result": value}` is how it ended.
 */
export async function runDriver({ command, environment, limitMs, visit }: DriverRun): Promise<Ending> {
  const [program = '', ...given] = command;
  const child = spawn(program, given, { env: environment, detached: true });
  const closed = new Promise<number | null>((resolve) => child.once('close', resolve));
  const end = (): void => endGroup(child.pid);
  child.once('exit', end);
  let stillRan = false;
  const limit = setTimeout(() => {
    stillRan = true;
    end();
  }, limitMs);
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said = `${said}${chunk}`.slice(-LAST_WORDS);
  });
  child.stdin.on('error', () => {}); // it may end before it reads
  let result: Ending | undefined;
  for await (const line of createInterface({ input: child.stdout })) {
    const message = lineOf(line);
    result = message?.result ?? result;
    if (message?.visit === undefined) continue;
    const back = await visit(message.visit).catch((error: Error) => error);
    if (back instanceof URL) child.stdin.write(`${back.href}\n`);
    else result = { fell: `the person did not come back: ${back.message}` };
    if (!(back instanceof URL)) end();
  }
  const status = await closed;
  clearTimeout(limit);
  if (stillRan && result === undefined) return { stillRan };
  return result ?? { fell: `status ${status}: ${said.trim()}` };
}

/** A driver may leave programs behind that it started. */
function endGroup(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    return; // nothing is left
  }
}

function lineOf(line: string): { visit?: string; result?: Ending } | undefined {
  try {
    return JSON.parse(line);
  } catch {
    return undefined; // a client's own words
  }
}
