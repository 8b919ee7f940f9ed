import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import type { Agent } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Emulator, startEmulator } from '../../src/emulator/index.ts';
import { makeCertificate } from '../daemon/certificates.ts';
import { createBrowser } from '../support/browser.ts';
import { until } from '../support/until.ts';
import { type Answer, get } from './client.ts';

/** Signs somebody in. @returns the cookies */
export type SignIn = (connection?: Agent) => Promise<string>;

/** An emulator over TLS, and the processes that are measured beside each other. */
export interface ServerStage {
  folder: string;
  emulator: Emulator;
  /** Starts a process and waits until it listens. @returns its id */
  start(programArguments: readonly string[], environment: Record<string, string>): Promise<number>;
  /** How people sign in to an app with `/login` that comes back to `/`. */
  signInTo(url: string): Promise<SignIn>;
  close(): Promise<void>;
}

export const CLIENT_ID = '11111111-1111-4111-8111-111111111111';

export async function openServers(): Promise<ServerStage> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const tls = makeCertificate(folder, 'localhost');
  process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
  const emulator = await startEmulator({ port: 0, tls: { cert: tls.certificate, key: tls.privateKey } });
  const children: ReturnType<typeof spawn>[] = [];
  /** Of somebody who has picked an account and consented: single sign-on answers every later request at once. */
  let platformCookies: string | undefined;
  return {
    folder,
    emulator,
    async start(programArguments, environment) {
      const child = spawn(process.execPath, programArguments, {
        env: { PATH: process.env.PATH ?? '', NODE_EXTRA_CA_CERTS: tls.certificateFile, ...environment },
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      children.push(child);
      let said = '';
      child.stderr.on('data', (chunk: Buffer) => {
        said += chunk.toString();
      });
      await until(() => /listening|web app is at/.test(said) || child.exitCode !== null);
      if (child.exitCode !== null) throw new Error(`it did not start: ${said}`);
      return child.pid ?? 0;
    },
    async signInTo(url) {
      platformCookies ??= await visitPlatform(url, emulator);
      const cookies = platformCookies;
      return async (connection) => {
        const login = await get(`${url}/login`, '', connection);
        let answer = await get(login.location ?? '', cookies);
        while (answer.location !== undefined && !answer.location.startsWith(url))
          answer = await get(new URL(answer.location, emulator.baseUrl).href, cookies);
        const done = await get(answer.location ?? '', cookiesOf(login), connection);
        if (!['/', url].includes(done.location ?? '')) throw new Error(`a sign-in ended with ${done.status}`);
        return cookiesOf(done);
      };
    },
    async close() {
      for (const child of children) child.kill('SIGKILL');
      await emulator.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function visitPlatform(url: string, emulator: Emulator): Promise<string> {
  const browser = createBrowser();
  const picker = await browser.visit(`${url}/login`);
  await browser.press(await browser.press(picker, 'adele.vance', 'work'), 'accept');
  return browser.cookieHeader(emulator.baseUrl);
}

export function cookiesOf(answer: Answer): string {
  return answer.cookies.join('; ');
}
