import { createPublicKey } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { type Emulator, readSeed, startEmulator } from '../../../src/emulator/index.ts';
import { LANGUAGES } from '../../../src/failures/language.ts';
import { type MadeCertificate, makeCertificate } from '../../daemon/certificates.ts';
import { createBrowser } from '../../support/browser.ts';
import { FEDERATION, federatedToken } from '../../support/federated-token.ts';
import { freePort } from '../../support/free-port.ts';
import { startProgram } from '../../support/program.ts';
import { type RedisServer, startRedis } from '../../support/redis.ts';
import { builtProgram, CTRL_C, type OnTerminal, startOnTerminal } from '../../support/terminal.ts';
import { until } from '../../support/until.ts';
import { CATALOGUES } from '../../support/words.ts';
import { ADELE, signedIn } from '../../threats/support/outcome.ts';

const CLIENT_ID = '22222222-2222-4222-8222-222222222222';
const SECRET = 'a-client-secret-of-the-tests-0123456789';

let folder: string;
let tls: MadeCertificate;
let terminals: OnTerminal[] = [];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'built-'));
  tls = makeCertificate(folder, 'localhost');
});
afterEach(async () => {
  await Promise.all(terminals.map((terminal) => terminal.close()));
  terminals = [];
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function onTerminal(commandLine: string, environment: Record<string, string> = {}, place?: string) {
  const terminal = startOnTerminal(commandLine, {
    environment: { HOME: folder, ...environment },
    folder: place ?? folder,
  });
  terminals.push(terminal);
  return terminal;
}

describe('the built web app with a tenant', () => {
  let emulator: Emulator;
  let redis: RedisServer;
  let port: number;
  let metricsPort: number;
  beforeAll(async () => {
    [port, metricsPort] = [await freePort(), await freePort()];
    const registration = {
      clientId: CLIENT_ID,
      redirectUris: [`http://localhost:${port}/getAToken`],
      secrets: [{ value: SECRET }],
      certificates: [tls.certificate],
      federatedCredentials: [
        { ...FEDERATION, keys: [createPublicKey(tls.privateKey).export({ format: 'jwk' })] },
      ],
    };
    emulator = await startEmulator({
      port: 0,
      tls: { cert: tls.certificate, key: tls.privateKey },
      seed: readSeed({ registrations: [registration] }),
      strictRegistrations: true,
    });
    redis = await startRedis();
    writeFileSync(join(folder, 'token.jwt'), federatedToken(tls.privateKey, FEDERATION.subject));
  });
  afterAll(async () => {
    await emulator.close();
    await redis.kill();
  });

  const environmentWith = (more: Record<string, string>) => ({
    NODE_EXTRA_CA_CERTS: tls.certificateFile,
    PORT: String(port),
    DATA_DIR: join(folder, 'data'),
    CLIENT_ID,
    AUTHORITY: `${emulator.baseUrl}/common`,
    GRAPH_ENDPOINT: emulator.baseUrl,
    SESSION_SECRET: 'a-session-secret-of-the-tests-0123456789',
    ...more,
  });
  /** Signs in, lists people, looks at the figures if there are some. @returns what worked */
  const use = async (): Promise<unknown[]> => {
    const url = `http://localhost:${port}`;
    await until(async () => (await statusOf(`${url}/readyz`)) === 200);
    const browser = await signedIn({ url, emulator });
    const people = await browser.visit(`${url}/graphcall?top=5`);
    return [people.status, people.text.includes(ADELE)];
  };
  const hasFigures = () => statusOf(`http://127.0.0.1:${metricsPort}/metrics`);

  const secret = { CLIENT_SECRET: SECRET };
  const certificate = () => ({
    CLIENT_CERTIFICATE: tls.certificateFile,
    CLIENT_PRIVATE_KEY: tls.privateKeyFile,
  });
  const conditions: [string, () => Record<string, string>][] = [
    ['a secret', () => secret],
    ['a certificate', certificate],
    ['a federated token', () => ({ CLIENT_ASSERTION_FILE: join(folder, 'token.jwt') })],
    ['sessions in Redis', () => ({ ...secret, REDIS_URL: redis.url })],
    ['figures', () => ({ ...secret, METRICS_PORT: String(metricsPort) })],
    [
      'everything at once',
      () => ({ ...certificate(), REDIS_URL: redis.url, METRICS_PORT: String(metricsPort) }),
    ],
  ];

  test.each(conditions)(
    '%s, in a pipe: people use it, its lines are JSON, SIGTERM ends it',
    async (_what, more) => {
      const environment = environmentWith(more());
      const program = startProgram('web', [], { folder, environment });
      expect(await use()).toEqual([200, true]);
      if ('METRICS_PORT' in environment) expect(await hasFigures()).toBe(200);
      expect([await program.stop('SIGTERM'), linesOf(program.output.stdout).length > 2]).toEqual([0, true]);
    },
  );

  test.each(conditions)(
    '%s, on a terminal: people use it, its lines are for people, Ctrl-C ends it',
    async (_what, more) => {
      const terminal = onTerminal(builtProgram('web'), environmentWith(more()));
      expect(await use()).toEqual([200, true]);
      await terminal.shows(/INFO.*request/);
      terminal.press(CTRL_C);
      expect(await terminal.exited).toBe(0);
      expect(terminal.shown()).not.toContain('{"level"');
    },
  );

  test.each(LANGUAGES)('speaks %s', async (language) => {
    const environment = environmentWith(secret);
    const program = startProgram('web', [], { folder, environment });
    await until(async () => (await statusOf(`http://localhost:${port}/readyz`)) === 200);
    const headers = { 'Accept-Language': language };
    const page = await createBrowser().visit(`http://localhost:${port}/nowhere`, { headers });
    await program.stop('SIGTERM');
    expect(page.html).toContain(`<html lang="${language}"`);
    expect(page.text).toContain(CATALOGUES[language].failures.not_found.heading);
  });
});

describe('the first command of the README, on a terminal', () => {
  const npm = (script: string, environment: Record<string, string>, flags = '') =>
    onTerminal(`exec npm run --silent ${script} ${flags}`, environment, process.cwd());

  test('npm start: the app and its people are there, and Ctrl-C ends both', async () => {
    const [port, emulatorPort] = [await freePort(), await freePort()];
    const environment = {
      PORT: String(port),
      EMULATOR_PORT: String(emulatorPort),
      DATA_DIR: join(folder, 'own'),
    };
    const terminal = npm('start', environment);
    await terminal.shows(/To use a real tenant/);
    expect((await createBrowser().visit(`http://localhost:${port}/`)).status).toBe(200);
    await terminal.shows(/INFO.*request/);
    terminal.press(CTRL_C);
    // npm says itself how a script ends that Ctrl-C ended
    expect([0, 130]).toContain(await terminal.exited);
    expect(await statusOf(`http://localhost:${port}/healthz`)).toBe(0);
    expect(await statusOf(`http://localhost:${emulatorPort}/`)).toBe(0);
  });

  test('npm run daemon: a table of the people, 0', async () => {
    const terminal = npm('daemon', {}, '-- --format table');
    expect(await terminal.exited).toBe(0);
    expect(terminal.shown()).toMatch(/displayName +userPrincipalName/);
    expect(terminal.shown()).toContain('Adele Vance');
  });

  test('npm run emulator: says where it is, and Ctrl-C ends it', async () => {
    const terminal = npm('emulator', {}, '-- --port 0');
    await terminal.shows(/runs at http:\/\/localhost:\d+/);
    terminal.press(CTRL_C);
    expect([0, 130]).toContain(await terminal.exited);
  });
});

describe('the built emulator on a terminal', () => {
  test.each([
    ['over http', '', 'http'],
    ['over https with a certificate of its own', '--tls-cert localhost.crt --tls-key localhost.key', 'https'],
  ])('%s: answers, and Ctrl-C ends it with 0', async (_what, flags, scheme) => {
    const terminal = onTerminal(`${builtProgram('emulator')} --port 0 ${flags}`);
    await terminal.shows(new RegExp(`runs at ${scheme}://localhost:\\d+\\s`));
    const [, url] = /runs at (\S+)/.exec(terminal.shown()) ?? [];
    expect(await statusOf(`${url}/common/v2.0/.well-known/openid-configuration`)).toBe(200);
    terminal.press(CTRL_C);
    expect(await terminal.exited).toBe(0);
  });
});

/** @returns 0 where nobody answers */
async function statusOf(url: string): Promise<number> {
  return createBrowser()
    .visit(url, { redirects: 0 })
    .then(
      ({ status }) => status,
      () => 0,
    );
}

/** @throws where a line is no JSON */
function linesOf(text: string): unknown[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as unknown);
}
