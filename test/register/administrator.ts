import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Emulator, EmulatorOptions } from '../../src/emulator/index.ts';
import { runRegister } from '../../src/register/index.ts';
import { openEmulator } from '../support/emulator.ts';

export const TENANT = 'a1c0b5e2-7d34-4f6a-9b8e-0c2d4e6f8a10';
export const NIA = 'nia.okafor@contoso.example';
export const ADELE = 'adele.vance@contoso.example';

/** What a run came to. */
export interface Run {
  status: number;
  stdout: string;
  stderr: string;
}

/** What happens when the program shows a code. */
export type AtCode = (userCode: string) => Promise<unknown>;

/** A tenant, a folder with an `.env`, and an administrator who answers device codes. */
export interface Office {
  emulator: Emulator;
  envFile: string;
  /** The text of `.env`; empty where there is none. */
  env(): string;
  writeEnv(text: string): void;
  /** Signs in with a code as somebody, or declines. */
  answer(username: string, decision?: 'accept' | 'cancel'): AtCode;
  /** @param more `onLine` is told of each line of standard output */
  run(
    given?: string[],
    more?: { atCode?: AtCode; environment?: Record<string, string>; onLine?: (line: string) => void },
  ): Promise<Run>;
  /** Requests that changed something at Graph since this many entries of the ledger. */
  writesSince(entries: number): string[];
  close(): Promise<void>;
}

export async function openOffice(options: Partial<EmulatorOptions> = {}): Promise<Office> {
  const folder = mkdtempSync(join(tmpdir(), 'register-'));
  const envFile = join(folder, '.env');
  const emulator = await openEmulator({ strictRegistrations: true, ...options });
  const answer: Office['answer'] =
    (username, decision = 'accept') =>
    (userCode) =>
      fetch(`${emulator.url}/devicelogin`, {
        method: 'POST',
        body: new URLSearchParams({ user_code: userCode, account: username, decision }),
      });
  return {
    emulator,
    envFile,
    env: () => (existsSync(envFile) ? readFileSync(envFile, 'utf8') : ''),
    writeEnv: (text) => writeFileSync(envFile, text),
    answer,
    async run(given = [], { atCode = answer(NIA), environment = {}, onLine } = {}) {
      const result: Run = { status: -1, stdout: '', stderr: '' };
      let answered: Promise<unknown> = Promise.resolve();
      const stdout = { write: (text: string) => add('stdout', text) };
      const stderr = { write: (text: string) => add('stderr', text) };
      function add(stream: 'stdout' | 'stderr', text: string): boolean {
        result[stream] += text;
        if (stream === 'stdout') onLine?.(text);
        const [, code] = /enter the code (\S+)/.exec(text) ?? [];
        if (code !== undefined) answered = atCode(code);
        return true;
      }
      result.status = await runRegister(given, {
        environment,
        envFile,
        stdout,
        stderr,
        now: () => emulator.clock.now(),
        wait: () => answered.then(() => pause(1)),
        onInterrupt: () => undefined,
      });
      return result;
    },
    writesSince: (entries) =>
      emulator
        .ledger()
        .slice(entries)
        .filter(({ method, path }) => path.startsWith('/v1.0/') && method !== 'GET')
        .map(({ method, path }) => `${method} ${path}`),
    async close() {
      await emulator.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
