import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  lstatSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { Agent, type IncomingMessage, request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createBrowser } from '../../support/browser.ts';
import { freePort } from '../../support/free-port.ts';
import { type Program, startProgram } from '../../support/program.ts';
import { until } from '../../support/until.ts';

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

  test('takes connections, hundreds of them, while it is too busy to look at them', async () => {
    const { program, port } = await start();
    await program.says(/web app is at/);
    program.process.kill('SIGSTOP');
    const sockets = Array.from({ length: 1_000 }, () => connect(Number(port), '127.0.0.1'));
    await Promise.all(
      sockets.map((socket) => once(socket, 'connect', { signal: AbortSignal.timeout(10_000) })),
    );
    program.process.kill('SIGCONT');
    for (const socket of sockets) socket.destroy();
  });

  test('answers every request that is on its way over a kept connection at SIGTERM', async () => {
    const { program, url } = await start();
    await program.says(/web app is at/);
    const ends: string[] = [];
    const visitors = Array.from({ length: 20 }, async () => {
      const agent = new Agent({ keepAlive: true, maxSockets: 1 });
      for (let sent = 0, isTold = false; sent < 2_000 && !isTold; sent += 1) {
        const { end, closes } = await sendOver(agent, url);
        ends.push(end);
        isTold = closes;
      }
      agent.destroy();
    });
    await until(() => ends.length > 100);
    const exited = program.stop('SIGTERM');
    await Promise.all(visitors);
    expect(await exited).toBe(0);
    expect(new Set(ends)).toEqual(new Set(['200']));
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

  test('how many were turned away stands in the log when it ends', async () => {
    const { program, url, port } = await start();
    await program.says(/web app is at/);
    const sockets = Array.from({ length: 40 }, () => connect(Number(port), 'localhost'));
    for (const socket of sockets) socket.on('error', () => undefined).resume();
    await until(() => {
      for (const socket of sockets) socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
      return program.output.stdout.includes('some are turned away');
    });
    for (const socket of sockets) socket.destroy();
    expect((await createBrowser().visit(`${url}/healthz`)).status).toBe(200);
    expect(program.output.stdout).not.toContain('"turnedAway"');
    expect(await program.stop()).toBe(0);
    expect(program.output.stdout).toMatch(/"turnedAway":[1-9]\d*,/);
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

describe('the web app at a Unix socket', () => {
  const path = () => join(folder, 'app.sock');
  const startAtSocket = () => start({ PORT: path(), BASE_URL: 'http://localhost:8080' });

  async function statusAt(place: string): Promise<number | undefined> {
    const asked = request({ socketPath: path(), path: place }).end();
    const [response] = (await once(asked, 'response')) as [IncomingMessage];
    response.resume();
    return response.statusCode;
  }

  test('serves there, leaves nothing behind, and begins again where a killed process left the socket', async () => {
    const killed = await startAtSocket();
    await killed.program.says(/web app is at http:\/\/localhost:8080/);
    expect([await statusAt('/healthz'), await statusAt('/')]).toEqual([200, 200]);
    await killed.program.stop('SIGKILL');
    expect(existsSync(path())).toBe(true);
    const next = await startAtSocket();
    await next.program.says(/web app is at/);
    expect(await statusAt('/readyz')).toBe(200);
    const third = await startAtSocket();
    expect([await third.program.exited, third.program.output.stderr]).toEqual([
      2,
      expect.stringMatching(/^PORT \S+app\.sock is in use/),
    ]);
    expect(await statusAt('/readyz')).toBe(200);
    expect([await next.program.stop('SIGTERM'), existsSync(path())]).toEqual([0, false]);
  });

  test('takes no other file away', async () => {
    writeFileSync(path(), 'of somebody else');
    const { program } = await startAtSocket();
    await program.says(/is a file that is no socket|web app is at/);
    expect(lstatSync(path()).isFile()).toBe(true);
    expect(await program.exited).toBe(2);
    expect(readFileSync(path(), 'utf8')).toBe('of somebody else');
  });

  test.each([
    [{ BASE_URL: '' }, /^BASE_URL must be set when PORT is a socket/],
    [{ PORT: `/${'x'.repeat(120)}` }, /^PORT is no path of a socket: it is absolute, and has 107/],
    [{ PORT: `/tmp/${'ü'.repeat(60)}` }, /^PORT is no path of a socket: it is absolute, and has 107/],
    [
      { PORT: '/no/such/folder/app.sock' },
      /^PORT \S+ is a socket in a folder that is not there: make \/no\/such\/folder,/,
    ],
  ])('says what is wrong: %j', async (changes, says) => {
    const given = { PORT: path(), BASE_URL: 'http://localhost:8080', ...changes };
    const { program } = await start(given);
    expect([await program.exited, program.output.stderr]).toEqual([2, expect.stringMatching(says)]);
  });
});

test('npm run serve runs what is built, and builds nothing', async () => {
  const built = 'dist/main/web.js';
  const before = statSync(built).mtimeMs;
  const [PORT, EMULATOR_PORT] = [String(await freePort()), String(await freePort())];
  const child = spawn('npm', ['run', '--silent', 'serve'], {
    env: { ...process.env, PORT, EMULATOR_PORT, DATA_DIR: join(folder, 'data') },
    stdio: 'ignore',
    detached: true,
  });
  const isReady = () =>
    createBrowser()
      .visit(`http://localhost:${PORT}/readyz`)
      .then(
        ({ status }) => status === 200,
        () => false,
      );
  await until(isReady);
  expect(statSync(built).mtimeMs).toBe(before);
  process.kill(-(child.pid ?? 0), 'SIGTERM');
  await until(async () => !(await isReady()));
});

test('npm run serve without a build says how to make one', () => {
  cpSync('package.json', join(folder, 'package.json'));
  cpSync('scripts/start.mjs', join(folder, 'scripts/start.mjs'));
  const { status, stderr } = spawnSync('npm', ['run', '--silent', 'serve'], { cwd: folder });
  expect([status, String(stderr)]).toEqual([2, 'There is no build yet: npm run build makes it.\n']);
});

/** Asks for the home page. @returns its status or why there is none, and whether no other request may follow */
function sendOver(agent: Agent, url: string): Promise<{ end: string; closes: boolean }> {
  return new Promise((resolve) => {
    const sent = request(url, { agent }, (response) => {
      response
        .resume()
        .once('end', () =>
          resolve({ end: `${response.statusCode}`, closes: response.headers.connection === 'close' }),
        );
    });
    sent.once('error', (error) => resolve({ end: error.message, closes: true }));
    sent.end();
  });
}
