import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createBrowser } from '../../support/browser.ts';
import { freePort } from '../../support/free-port.ts';
import { type Program, startProgram } from '../../support/program.ts';

const TENANT = {
  CLIENT_ID: '22222222-2222-4222-8222-222222222222',
  CLIENT_SECRET: 'a-client-secret-that-nobody-uses',
  SESSION_SECRET: 'a-session-secret-for-tests-0123456789',
};

let folder: string;
let running: Program[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'web-app-'));
  running = [];
});

afterEach(async () => {
  await Promise.all(running.map((program) => program.stop('SIGKILL')));
  rmSync(folder, { recursive: true, force: true });
});

async function start(environment: Record<string, string> = {}) {
  const port = environment.PORT ?? String(await freePort());
  const emulatorPort = environment.EMULATOR_PORT ?? String(await freePort());
  const program = startProgram('web', [], {
    folder,
    environment: { PORT: port, EMULATOR_PORT: emulatorPort, DATA_DIR: join(folder, 'data'), ...environment },
  });
  running.push(program);
  return { program, url: `http://localhost:${port}`, port, emulatorPort };
}

describe('the web app as a process', () => {
  test('starts with the emulator, says so, and stops in order', async () => {
    const { program, url } = await start();
    await program.says(/registers|emulator, not Microsoft/);
    expect((await createBrowser().visit(`${url}/`)).status).toBe(200);
    expect(program.output.stderr).toMatch(/To use a real tenant/);
    expect(await program.stop('SIGTERM')).toBe(0);
  });

  test('keeps a person signed in over kill -9 and a new start', async () => {
    const first = await start();
    await first.program.says(/web app is at/);
    const browser = createBrowser();
    const picker = await browser.visit(`${first.url}/login`);
    await browser.press(await browser.press(picker, 'adele.vance', 'work'), 'accept');
    await first.program.stop('SIGKILL');
    const second = await start({ PORT: first.port, EMULATOR_PORT: first.emulatorPort });
    await second.program.says(/web app is at/);
    expect((await browser.visit(`${second.url}/`)).text).toContain('adele.vance@contoso.example');
  });

  test('a second start says in one sentence that the port is in use', async () => {
    const first = await start();
    await first.program.says(/web app is at/);
    const second = await start({ PORT: first.port });
    expect(await second.program.exited).toBe(2);
    expect(second.program.output.stderr).toMatch(new RegExp(`^PORT ${first.port} is in use[^\\n]+\\n$`));
  });

  test('a host that is not this machine is said in one sentence', async () => {
    const { program } = await start({ ...TENANT, HOST: '203.0.113.7', BASE_URL: 'https://app.example' });
    expect(await program.exited).toBe(2);
    expect(program.output.stderr).toMatch(/^HOST is not an address of this machine[^\n]+\n$/);
  });

  test('with a tenant it starts without the emulator and without asking anybody', async () => {
    const { program, url } = await start(TENANT);
    await program.says(/login\.microsoftonline\.com\/common/);
    const { headers } = await createBrowser().visit(`${url}/login`, { redirects: 0 });
    expect(headers.location).toMatch(
      /^https:\/\/login\.microsoftonline\.com\/common\/oauth2\/v2\.0\/authorize\?/,
    );
    expect(program.output.stderr).not.toMatch(/emulator/);
  });

  test('reads .env, and the environment wins over it', async () => {
    const port = String(await freePort());
    writeFileSync(join(folder, '.env'), `PORT=1\nLOG_LEVEL=nonsense\nSESSION_IDLE_MINUTES=5\n`);
    const { program } = await start({ PORT: port, LOG_LEVEL: 'silent' });
    await program.says(/web app is at/);
    expect(program.output.stderr).toContain(`http://localhost:${port}`);
  });

  test('says every problem of its settings at once, and no value', async () => {
    const { program } = await start({
      ...TENANT,
      CLIENT_ID: 'canary-one',
      AUTHORITY: 'http://canary-two.example/common',
      SESSION_SECRET: 'canary-3',
      TRUST_PROXY: 'true',
      CLIENT_SECRET: '',
      CLIENT_ASSERTION_FILE: '/canary/nowhere',
    });
    expect(await program.exited).toBe(2);
    const lines = program.output.stderr.trim().split('\n');
    expect(lines.map((line) => line.split(' ')[0]).sort()).toEqual([
      'AUTHORITY',
      'CLIENT_ASSERTION_FILE',
      'CLIENT_ID',
      'SESSION_SECRET',
      'TRUST_PROXY',
    ]);
    expect(program.output.stderr).not.toMatch(/canary/);
  });
});
