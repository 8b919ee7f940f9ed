import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import type { Agent } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Emulator, readSeed, startEmulator } from '../../src/emulator/index.ts';
import { makeCertificate } from '../daemon/certificates.ts';
import { createBrowser } from '../support/browser.ts';
import { peopleOf } from '../support/sign-ins.ts';
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

/** So many that nobody comes to the bound of sessions that one person has. */
const people = peopleOf(50);
const TENANT = 'a1c0b5e2-7d34-4f6a-9b8e-0c2d4e6f8a10';

export async function openServers(): Promise<ServerStage> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const tls = makeCertificate(folder, 'localhost');
  process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
  const emulator = await startEmulator({
    port: 0,
    tls: { cert: tls.certificate, key: tls.privateKey },
    seed: readSeed({ accounts: people.map((person) => ({ ...person, kind: 'work', tenantId: TENANT })) }),
  });
  const children: ReturnType<typeof spawn>[] = [];
  /** Of people who have picked their account and consented: single sign-on answers every later request at once. */
  const signedInAtPlatform: string[] = [];
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
      for (const { username } of people.slice(signedInAtPlatform.length))
        signedInAtPlatform.push(await visitPlatform(url, emulator, username));
      let signIns = 0;
      return async (connection) => {
        const cookies = signedInAtPlatform[signIns++ % signedInAtPlatform.length] ?? '';
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

async function visitPlatform(url: string, emulator: Emulator, username: string): Promise<string> {
  const browser = createBrowser();
  const { headers } = await browser.visit(`${url}/login`, { redirects: 0 });
  await browser.visit((headers.location ?? '').replace('/authorize?', '/authorize/continue?'), {
    method: 'POST',
    form: { account: username, decision: 'accept' },
    redirects: 0,
  });
  return browser.cookieHeader(emulator.baseUrl);
}

export function cookiesOf(answer: Answer): string {
  return answer.cookies.join('; ');
}
