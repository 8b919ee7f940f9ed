import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Emulator, startEmulator } from '../../../src/emulator/index.ts';
import { type MadeCertificate, makeCertificate } from '../../daemon/certificates.ts';
import { type AppProcess, createAppProcess } from '../../support/app-process.ts';
import { type EntraRedis, startEntraRedis } from '../../support/entra-redis.ts';
import { freePort } from '../../support/free-port.ts';
import { JWT } from '../../support/jwt.ts';
import { until } from '../../support/until.ts';
import { attemptSignIn, signedIn } from '../../threats/support/outcome.ts';

let folder: string;
let tls: MadeCertificate;
let emulator: Emulator;
let redis: EntraRedis;
let app: AppProcess | undefined;
let place: { url: string; emulator: Emulator };

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'redis-entra-'));
  tls = makeCertificate(folder, 'localhost');
  emulator = await startEmulator({ port: 0 });
  redis = await startEntraRedis(emulator, tls);
});
afterEach(async () => {
  await app?.stop('SIGKILL');
  app = undefined;
  await redis.close();
  await emulator.close();
  rmSync(folder, { recursive: true, force: true });
});

async function prepareApp(environment: Record<string, string> = {}): Promise<AppProcess> {
  const port = await freePort();
  place = { url: `http://localhost:${port}`, emulator };
  app = createAppProcess({
    port,
    folder,
    emulator,
    certificateFile: tls.certificateFile,
    environment: {
      AUTHORITY: `${emulator.baseUrl}/${emulator.tenants[0]?.id}`,
      BASE_URL: place.url,
      REDIS_URL: redis.url,
      REDIS_AUTH: 'entra',
      ...environment,
    },
  });
  return app;
}

async function startApp(environment?: Record<string, string>): Promise<AppProcess> {
  const prepared = await prepareApp(environment);
  await prepared.start();
  return prepared;
}

const forItself = { grant_type: 'client_credentials' };
const asked = () =>
  emulator
    .ledger()
    .filter(({ path, body }) => path.endsWith('/token') && body.grant_type === forItself.grant_type);

/** The next token of the app itself ends so soon. @returns when, as Unix time in milliseconds */
function endNextTokenIn(seconds: number): number {
  const exp = Math.floor(Date.now() / 1_000) + seconds;
  emulator.addFault({ at: 'token', when: forItself, fault: { kind: 'access-token', claims: { exp } } });
  return exp * 1_000;
}

const logOf = ({ program }: AppProcess) => program.output.stdout;

/** What is told of the app's way to Redis holds no token. */
function expectNoToken(process: AppProcess): void {
  expect(`${process.program.output.stdout}${process.program.output.stderr}`).not.toMatch(JWT);
}

describe('a Redis that takes tokens of the identity platform', () => {
  test('is told the object id and a token for it, and a connection gets the next one before its own ends', async () => {
    const endMs = endNextTokenIn(6);
    const running = await startApp();
    const browser = await signedIn(place);
    await until(() => redis.counts.taken >= 2);
    expect(Date.now()).toBeLessThan(endMs);
    await until(() => Date.now() > endMs + 500);
    expect((await browser.visit(`${place.url}/permissions`)).status).toBe(200);
    expect(asked().map(({ body }) => body.scope)).toEqual([
      'https://redis.azure.com/.default',
      'https://redis.azure.com/.default',
    ]);
    expect([redis.counts.connections, redis.counts.taken]).toEqual([1, 2]);
    expect(logOf(running)).toBe('');
    expectNoToken(running);
  });

  test('keeps people signed in while no token is to be had, until the last one ends, and after that again', async () => {
    const endMs = endNextTokenIn(8);
    const running = await startApp();
    const browser = await signedIn(place);
    emulator.addFault({
      at: 'token',
      when: forItself,
      times: 'always',
      fault: { kind: 'aadsts', code: 7000222 },
    });
    await until(() => logOf(running).includes('could not be renewed'));
    expect(Date.now()).toBeLessThan(endMs);
    expect((await browser.visit(`${place.url}/`)).text).toContain('Adele');
    expect(await running.isReady()).toBe(true);
    await until(async () => !(await running.isReady()));
    expect(Date.now()).toBeGreaterThanOrEqual(endMs - 1_000);
    await until(() => logOf(running).includes('no token for Redis (AADSTS7000222'));
    expect((await attemptSignIn(place)).page.status).toBe(503);
    emulator.clearFaults();
    await until(() => running.isReady());
    expect((await browser.visit(`${place.url}/`)).text).toContain('Adele');
    expect(logOf(running).match(/could not be renewed/g)).toHaveLength(1);
    expectNoToken(running);
  });

  test('that refuses a token makes the app not ready; it gets another one, and says who should be known', async () => {
    const running = await startApp();
    const browser = await signedIn(place);
    redis.refuseTokens(true);
    redis.breakOff();
    await until(async () => !(await running.isReady()));
    await until(() => logOf(running).includes('WRONGPASS'));
    expect((await browser.visit(`${place.url}/`)).status).toBe(503);
    await until(() => asked().length >= 2);
    redis.refuseTokens(false);
    await until(() => running.isReady());
    expect((await browser.visit(`${place.url}/`)).text).toContain('Adele');
    expect(logOf(running)).toMatch(/a user with the object id [0-9a-f-]{36} of this app's identity/);
    expect(asked().length).toBeLessThan(5);
    expectNoToken(running);
  });
});

test('a managed identity signs in to Redis as itself, whatever the tenants of the people', async () => {
  const identity = { IDENTITY_ENDPOINT: `${emulator.baseUrl}/msi/token`, IDENTITY_HEADER: 'any' };
  const running = await startApp({
    ...identity,
    AUTHORITY: `${emulator.baseUrl}/common`,
    CLIENT_SECRET: '',
    CLIENT_MANAGED_IDENTITY: 'system',
  });
  expect((await attemptSignIn(place)).page.status).toBe(302);
  const resources = emulator
    .ledger()
    .filter(({ path }) => path === '/msi/token')
    .map(({ query }) => query.resource);
  expect(new Set(resources)).toEqual(new Set(['https://redis.azure.com', 'api://AzureADTokenExchange']));
  expect(asked()).toEqual([]);
  expectNoToken(running);
});

test('a certificate is as good as a secret', async () => {
  await startApp({
    CLIENT_SECRET: '',
    CLIENT_CERTIFICATE: tls.certificateFile,
    CLIENT_PRIVATE_KEY: tls.privateKeyFile,
  });
  expect((await attemptSignIn(place)).page.status).toBe(302);
  expect(asked()[0]?.body).toMatchObject({ client_assertion_type: expect.any(String) });
  expect(redis.counts.taken).toBe(1);
});
