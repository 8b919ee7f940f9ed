import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { type Emulator, readSeed } from '../../src/emulator/index.ts';
import { createApi } from '../../src/library/graph.ts';
import { CLIENT_ID, createAppProcess } from '../support/app-process.ts';
import { makeAuthority } from '../support/authority-certificates.ts';
import { createBrowser } from '../support/browser.ts';
import { type ConnectProxy, openConnectProxy } from '../support/connect-proxy.ts';
import { openEmulator } from '../support/emulator.ts';
import { freePort } from '../support/free-port.ts';
import { type Program, startProgram } from '../support/program.ts';
import { acceptAs } from '../support/sign-ins.ts';

const MICROSOFT = ['login.microsoftonline.com', 'graph.microsoft.com'] as const;
const TENANT = 'a1c0b5e2-7d34-4f6a-9b8e-0c2d4e6f8a10';
const USER = 'CORP\\ada:p@ss:w/rd %ü';
const SECRET = 'a-client-secret-of-the-tests-0123456789';
const NIA = {
  username: 'nia.okafor@contoso.example',
  objectId: '',
  displayName: 'Nia Okafor',
};

let folder: string;
let emulator: Emulator;
let tls: { cert: string; key: string };
let certificateFile: string;
let proxy: ConnectProxy;
let running: Program[] = [];

/** Microsoft's hosts behind a company's proxy, which opens TLS with certificates of the company's own authority. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'proxy-test-'));
  const authority = makeAuthority(folder);
  certificateFile = authority.certificateFile;
  tls = authority.sign('localhost', { otherNames: [...MICROSOFT] });
  emulator = await openEmulator({
    users: 3,
    tls,
    allowedHosts: [...MICROSOFT],
    seed: readSeed({
      registrations: [
        {
          clientId: CLIENT_ID,
          name: 'App',
          secrets: [{ value: SECRET }],
          redirectUris: ['http://localhost/getAToken'],
          applicationPermissions: ['User.Read.All'],
          adminConsented: true,
        },
      ],
    }),
  });
});
afterEach(async () => {
  proxy.close();
  await Promise.all(running.map((program) => program.stop('SIGKILL')));
  running = [];
});
afterAll(async () => {
  await emulator.close();
  rmSync(folder, { recursive: true, force: true });
});

const emulatorPort = () => Number(new URL(emulator.baseUrl).port);

async function runDaemon(environment: Record<string, string>) {
  const file = join(folder, 'parameters.json');
  const parameters = {
    authority: `https://login.microsoftonline.com/${TENANT}`,
    client_id: CLIENT_ID,
    scope: ['https://graph.microsoft.com/.default'],
    secret: SECRET,
  };
  writeFileSync(file, JSON.stringify(parameters), { mode: 0o600 });
  const program = startProgram('daemon', [file, '--max-wait', '0', '--timeout', '5'], {
    environment: { NODE_EXTRA_CA_CERTS: certificateFile, ...environment },
  });
  running.push(program);
  return { status: await program.exited, ...program.output };
}

describe('the daemon reaches Microsoft through', () => {
  test.each([
    ['HTTPS_PROXY', false],
    ['https_proxy', false],
    ['HTTPS_PROXY', true],
  ])('the proxy of %s, which speaks TLS itself: %s', async (name, isSecured) => {
    proxy = await openConnectProxy({ user: USER, to: emulatorPort(), ...(isSecured ? { tls } : {}) });
    const { status, stdout } = await runDaemon({ [name]: proxy.url });
    expect([status, stdout]).toEqual([0, expect.stringContaining(NIA.username)]);
    expect(new Set(proxy.asked)).toEqual(new Set(MICROSOFT.map((host) => `${host}:443`)));
  });

  test('none where the proxy refuses it, and says which', async () => {
    proxy = await openConnectProxy({ user: USER, to: emulatorPort() });
    const { status, stderr } = await runDaemon({ HTTPS_PROXY: proxy.url.replace('ada', 'eve') });
    expect(status).toBe(5);
    expect(stderr).toMatch(
      `The proxy ${proxy.host} wants a user and a password, or refuses those that it got`,
    );
    expect(stderr).not.toMatch(/p%40ss|p@ss|eve/);
  });

  test('none where its address is wrong: a wrong setting', async () => {
    proxy = await openConnectProxy();
    const { status, stderr } = await runDaemon({ HTTPS_PROXY: 'socks5://user:secret@localhost:1' });
    expect([status, stderr]).toEqual([2, expect.stringMatching(/^HTTPS_PROXY must be an address such as/m)]);
    expect(stderr).not.toMatch('secret');
  });
});

test('a person signs in at the web app behind a proxy, and sees people', async () => {
  proxy = await openConnectProxy({ user: USER, to: emulatorPort() });
  const port = await freePort();
  const app = createAppProcess({
    port,
    folder,
    emulator,
    certificateFile,
    environment: {
      AUTHORITY: `https://login.microsoftonline.com/${TENANT}`,
      GRAPH_ENDPOINT: 'https://graph.microsoft.com',
      NODE_ENV: 'production',
      HTTPS_PROXY: proxy.url,
      LOG_LEVEL: 'info',
      BASE_URL: `http://localhost:${port}`,
    },
  });
  await app.start();
  running.push(app.program);
  const browser = createBrowser();
  const left = await browser.visit(`http://localhost:${port}/login?returnTo=/graphcall`, { redirects: 0 });
  const authorize = new URL(left.headers.location ?? '');
  expect(authorize.origin).toBe('https://login.microsoftonline.com');
  const here = `${emulator.baseUrl}${authorize.pathname}${authorize.search}`;
  const page = await browser.visit(await acceptAs(NIA, here));
  expect([page.status, page.text]).toEqual([200, expect.stringContaining(NIA.username)]);
  expect(new Set(proxy.asked)).toEqual(new Set(MICROSOFT.map((host) => `${host}:443`)));
  await app.stop('SIGTERM');
  const { stdout } = app.program.output;
  for (const host of MICROSOFT)
    expect(stdout).toContain(`${host} is reached through the proxy ${proxy.host}.`);
  expect(stdout).not.toMatch(/p%40ss|p@ss|CORP/);
});

test('the library asks the proxy of its process', async () => {
  proxy = await openConnectProxy({ status: 403 });
  process.env.HTTPS_PROXY = proxy.url;
  const api = createApi('https://orders.example/v1')({ token: async () => 'a-token', correlationId: 'one' });
  delete process.env.HTTPS_PROXY;
  await expect(api.get('/orders')).rejects.toMatchObject({
    cause: {
      explanation: expect.stringMatching(`The proxy ${proxy.host} refused to connect to orders.example`),
    },
  });
  expect(proxy.asked).toEqual(['orders.example:443']);
});
