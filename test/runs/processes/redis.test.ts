import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { type Emulator, startEmulator } from '../../../src/emulator/index.ts';
import { connectRedisRecords } from '../../../src/sessions/store/redis/redis-records.ts';
import { type MadeCertificate, makeCertificate } from '../../daemon/certificates.ts';
import { type AppProcess, createAppProcess } from '../../support/app-process.ts';
import { type Browser, createBrowser, type Page } from '../../support/browser.ts';
import { freePort } from '../../support/free-port.ts';
import { type RedisServer, startRedis } from '../../support/redis.ts';
import { BUSY_MS, PATIENT_MS, until } from '../../support/until.ts';
import { openWorld, type World } from '../../support/world.ts';
import { ADELE, attemptSignIn, signedIn } from '../../threats/support/outcome.ts';

/** Promised: a response within two seconds, and full service within two seconds of Redis's return. */
const IN_TIME_MS = 2_000 + BUSY_MS;
/** As docs/operations.md gives it. */
const COMMANDS =
  '+ping +info +hget +hmget +hset +del +get +set +pexpire +zadd +zrem +zrange +zremrangebyscore +evalsha +eval +scan +dbsize +cluster|slots +asking';

describe('Redis over TLS, for a user with few rights', () => {
  let folder: string;
  let tls: MadeCertificate;
  let emulator: Emulator;
  let redis: RedisServer;
  let app: AppProcess | undefined;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'redis-tls-'));
    tls = makeCertificate(folder, 'localhost');
    emulator = await startEmulator({ port: 0, tls: { cert: tls.certificate, key: tls.privateKey } });
    const rights = ['resetchannels', '~mine:*', '-@all', ...COMMANDS.split(' ')];
    redis = await startRedis(
      ['--requirepass', 'of-the-boss', '--user', 'app', 'on', '>CANARY-password', ...rights],
      tls,
    );
  });
  afterEach(async () => {
    await app?.stop('SIGKILL');
  });
  afterAll(async () => {
    await redis.kill();
    await emulator.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function appWith(redisUrl: string): Promise<AppProcess> {
    const port = await freePort();
    app = createAppProcess({
      port,
      folder,
      emulator,
      certificateFile: tls.certificateFile,
      environment: { REDIS_URL: redisUrl, REDIS_KEY_PREFIX: 'mine:', BASE_URL: `http://localhost:${port}` },
    });
    return app;
  }

  test('people sign in, use the app, sign out, and every key has the prefix', async () => {
    const started = await appWith(redis.url.replace('//', '//app:CANARY-password@'));
    await started.start();
    const place = { url: started.url.replace('127.0.0.1', 'localhost'), emulator };
    const browser = await signedIn(place);
    expect((await browser.visit(`${place.url}/graphcall?top=5`)).status).toBe(200);
    await browser.visit(`${place.url}/logout/everywhere`, { method: 'POST', redirects: 0 });
    expect((await browser.visit(`${place.url}/`)).text).not.toContain(ADELE);
    expect(started.program.output.stdout).not.toMatch(/NOPERM|store_unavailable/);
  });

  test.each([
    ['a name that its certificate does not have', (url: string) => url.replace('localhost', '127.0.0.1')],
    ['a wrong password', (url: string) => url.replace('CANARY-password', 'CANARY-wrong')],
  ])('%s: not ready, 503 for who needs the store, and the password nowhere', async (_what, changed) => {
    const started = await appWith(changed(redis.url.replace('//', '//app:CANARY-password@')));
    const isUp = started.start().catch(() => undefined);
    const page = await answered(`${started.url}/readyz`);
    expect(page.status).toBe(503);
    expect((await answered(`${started.url}/healthz`)).status).toBe(200);
    const { output } = started.program;
    await until(() => /The session store in Redis does not answer: (ERR_TLS|WRONGPASS)/.test(output.stdout));
    await started.stop('SIGKILL');
    await isUp;
    expect(output.stdout + output.stderr).not.toContain('CANARY');
  });

  /** The first response of a process that is starting. */
  async function answered(url: string): Promise<Page> {
    let page: Page | undefined;
    await until(async () => {
      page = await createBrowser()
        .visit(url)
        .catch(() => undefined);
      return page !== undefined;
    });
    if (page === undefined) throw new Error('no answer');
    return page;
  }
});

describe('what people see of Redis in trouble', () => {
  let redis: RedisServer;
  let world: World;

  async function open(flags: readonly string[] = [], limits: { operationTimeoutMs?: number } = {}) {
    redis = await startRedis(flags);
    const records = await connectRedisRecords({ url: redis.url, onWarning: () => undefined, ...limits });
    world = await openWorld({ records });
  }
  afterEach(async () => {
    redis.thaw();
    await world.records.close();
    await world.close();
    await redis.kill();
  });

  async function inTime(browser: Browser, path: string): Promise<Page> {
    const startedAtMs = performance.now();
    const page = await browser.visit(`${world.url}${path}`, { redirects: 0 });
    expect(performance.now() - startedAtMs).toBeLessThan(IN_TIME_MS);
    return page;
  }

  const PATIENT = { operationTimeoutMs: PATIENT_MS };

  /** Who is signed in is told to wait and never that they are signed out; who needs no store is served. */
  async function expectPatience(browser: Browser): Promise<void> {
    const paths = [
      '/',
      '/graphcall',
      '/graphcall/export.csv',
      '/permissions',
      '/logout',
      '/login',
      '/readyz',
    ];
    for (const path of paths) {
      const page = await inTime(browser.copy(), path);
      expect({ path, status: page.status, cookies: page.headers['set-cookie'] }).toEqual({
        path,
        status: 503,
      });
      if (path !== '/readyz') expect(page.headers['retry-after']).toBe('2');
    }
    for (const path of ['/', '/healthz', '/style.css'])
      expect((await inTime(createBrowser(), path)).status).toBe(200);
    expect((await inTime(createBrowser(), '/login')).status).toBe(302);
    expect((await attemptSignIn(world)).page.status).toBe(503);
  }

  const showsAdele = async (browser: Browser): Promise<boolean> => {
    const page = await browser.visit(`${world.url}/graphcall`, { redirects: 0 });
    return page.status === 200 && page.text.includes(ADELE);
  };

  test('stalled: patience, and full service within two seconds of its return', async () => {
    await open();
    const browser = await signedIn(world);
    redis.freeze();
    await expectPatience(browser);
    redis.thaw();
    await until(() => showsAdele(browser), IN_TIME_MS);
  });

  test('dead and started again, empty: patience, then people sign in again', async () => {
    await open();
    const browser = await signedIn(world);
    await redis.kill();
    await expectPatience(browser);
    await redis.start();
    await until(async () => (await attemptSignIn(world)).page.status === 302, IN_TIME_MS);
    expect((await inTime(browser, '/graphcall')).headers.location).toBe('/login?returnTo=%2Fgraphcall');
  });

  test('flushed: a signed-in person is a visitor, and signs in again', async () => {
    await open([], PATIENT);
    const browser = await signedIn(world);
    await redis.send('FLUSHALL');
    await redis.send('SCRIPT FLUSH');
    expect((await inTime(browser, '/')).status).toBe(200);
    expect(await showsAdele(await signedIn(world))).toBe(true);
  });

  test('full: who is signed in goes on, a new sign-in has to wait, signing out works', async () => {
    await open([], PATIENT);
    const [browser, other] = [await signedIn(world), await signedIn(world)];
    await redis.send('CONFIG SET maxmemory 1');
    expect(await showsAdele(browser)).toBe(true);
    const { page } = await attemptSignIn(world);
    expect([page.status, page.headers['retry-after']]).toEqual([503, '2']);
    await until(async () => (await inTime(createBrowser(), '/readyz')).status === 503);
    expect((await inTime(other, '/logout')).status).toBe(302);
    expect(await showsAdele(other)).toBe(false);
    await redis.send('CONFIG SET maxmemory 0');
    expect(await showsAdele(await signedIn(world))).toBe(true);
  });

  test('evicting: whoever was dropped is a visitor, and nothing fails', async () => {
    await open(['--maxmemory-policy', 'allkeys-lru'], PATIENT);
    const browser = await signedIn(world);
    await redis.send('CONFIG SET maxmemory 1');
    await until(async () => (await inTime(browser, '/graphcall')).status === 302);
    expect((await inTime(browser, '/')).status).toBe(200);
    await redis.send('CONFIG SET maxmemory 0');
    expect(await showsAdele(await signedIn(world))).toBe(true);
  });
});
