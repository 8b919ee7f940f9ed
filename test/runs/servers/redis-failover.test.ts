import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { SessionRecords } from '../../../src/sessions/store/records.ts';
import {
  connectRedisRecords,
  type RedisRecordsOptions,
} from '../../../src/sessions/store/redis/redis-records.ts';
import { createBrowser } from '../../support/browser.ts';
import { freePort } from '../../support/free-port.ts';
import { keepUp } from '../../support/kept-up.ts';
import { type MovingEndpoint, openEndpoint } from '../../support/moving-endpoint.ts';
import { type RedisServer, startRedis } from '../../support/redis.ts';
import { redisCli } from '../../support/redis-cli.ts';
import { until } from '../../support/until.ts';
import { openWorld } from '../../support/world.ts';
import { attemptSignIn } from '../../threats/support/outcome.ts';

/** Promised: from a promotion on. */
const SERVICE_MS = 10_000;

let first: RedisServer;
let second: RedisServer;
let further: RedisServer[];
let endpoint: MovingEndpoint;
let records: SessionRecords | undefined;
let warnings: string[];

beforeEach(async () => {
  [first, second] = await Promise.all([startRedis(), startRedis()]);
  further = [];
  endpoint = await openEndpoint(first.port);
  warnings = [];
  await redisCli(second.port, 'REPLICAOF', '127.0.0.1', `${first.port}`);
  await until(async () => (await redisCli(first.port, 'INFO', 'replication')).includes('state=online'));
});
afterEach(async () => {
  await records?.close();
  records = undefined;
  endpoint.close();
  await Promise.all([first, second, ...further].map((server) => server.kill()));
});

async function open(
  url = `redis://127.0.0.1:${endpoint.port}`,
  token?: RedisRecordsOptions['token'],
): Promise<SessionRecords> {
  const onWarning = (message: string) => void warnings.push(message);
  records = await connectRedisRecords({ url, token, onWarning });
  return records;
}

const isReady = (opened: SessionRecords) =>
  opened.check().then(
    () => true,
    () => false,
  );

/** As a managed Redis does it: the replica is promoted, the old server follows it, the address moves. */
async function promote(): Promise<void> {
  await redisCli(second.port, 'REPLICAOF', 'NO', 'ONE');
  await redisCli(first.port, 'REPLICAOF', '127.0.0.1', `${second.port}`);
  endpoint.moveTo(second.port);
}

describe('an address that moves to the promoted replica', () => {
  test('the connection that stayed with the old server is given up, and people go on signing in', async () => {
    const opened = await open();
    const people = keepUp(opened);
    await until(() => isReady(opened));
    await promote();
    const promotedAtMs = performance.now();
    const expiresAtMs = Date.now() + 60_000;
    const record = { session: 's', tokens: 't', expiresAtMs, groups: [] };
    await until(
      () =>
        opened.create('a', record).then(
          () => true,
          () => false,
        ),
      SERVICE_MS,
    );
    const tookMs = Math.round(performance.now() - promotedAtMs);
    const { troubledMs } = await people.end();
    process.stdout.write(`failover: service after ${tookMs} ms, trouble for ${troubledMs} ms\n`);
    expect(await redisCli(second.port, 'EXISTS', 'msid:session:{a}')).toBe('1');
    expect(warnings.filter((warning) => warning.includes('READONLY (a replica'))).toHaveLength(1);
    expect(warnings.at(-1)).toBe('The session store in Redis answers again.');
  });

  test('while it leads to a replica nobody can sign in, the app is not ready, and both come back', async () => {
    const opened = await open();
    const world = await openWorld({ records: opened });
    const readiness = async () => (await createBrowser().visit(`${world.url}/readyz`)).status;
    expect([(await attemptSignIn(world)).page.status, await readiness()]).toEqual([302, 200]);
    await redisCli(first.port, 'REPLICAOF', '127.0.0.1', `${second.port}`);
    await until(async () => (await readiness()) === 503);
    const { page } = await attemptSignIn(world);
    expect([page.status, page.headers['retry-after']]).toEqual([503, '2']);
    await redisCli(second.port, 'REPLICAOF', 'NO', 'ONE');
    endpoint.moveTo(second.port);
    await until(async () => (await readiness()) === 200, SERVICE_MS);
    expect((await attemptSignIn(world)).page.status).toBe(302);
    await world.close();
  });
});

describe('a server that is none to write to is not ready, and is again when it can be written', () => {
  test.each([
    [
      'NOREPLICAS',
      ['CONFIG', 'SET', 'min-replicas-to-write', '3'],
      ['CONFIG', 'SET', 'min-replicas-to-write', '0'],
    ],
    ['OOM', ['CONFIG', 'SET', 'maxmemory', '1'], ['CONFIG', 'SET', 'maxmemory', '0']],
    ['READONLY', ['REPLICAOF', '127.0.0.1', 'PORT'], ['REPLICAOF', 'NO', 'ONE']],
  ])('%s', async (code, there, back) => {
    const opened = await open();
    await redisCli(first.port, ...there.map((word) => word.replace('PORT', `${second.port}`)));
    await until(async () => !(await isReady(opened)));
    const error: unknown = await opened.check().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'store_unavailable', detail: expect.stringContaining(code) });
    await redisCli(first.port, ...back);
    await until(() => isReady(opened), SERVICE_MS);
  });

  test('MASTERDOWN: a replica that keeps still because its server is gone', async () => {
    await redisCli(second.port, 'CONFIG', 'SET', 'replica-serve-stale-data', 'no');
    await first.kill();
    endpoint.moveTo(second.port);
    const opened = await open();
    await until(() => warnings.some((warning) => /MASTERDOWN|READONLY/.test(warning)));
    await redisCli(second.port, 'REPLICAOF', 'NO', 'ONE');
    await until(() => isReady(opened), SERVICE_MS);
    await first.start();
  });
});

describe('sentinels', () => {
  let folder: string;
  let sentinels: RedisServer[];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'sentinel-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** Three of them, which watch the first server. */
  async function startSentinels(lines: readonly string[] = []): Promise<string> {
    sentinels = [];
    for (let n = 0; n < 3; n += 1) {
      const file = join(folder, `${n}.conf`);
      const watch = [
        `sentinel monitor the-one 127.0.0.1 ${first.port} 2`,
        'sentinel down-after-milliseconds the-one 1000',
        'sentinel failover-timeout the-one 4000',
        ...lines,
      ];
      writeFileSync(file, `${watch.join('\n')}\n`);
      sentinels.push(await startRedis([], undefined, { sentinelFile: file }));
    }
    further.push(...sentinels);
    return sentinels.map(({ port }) => `127.0.0.1:${port}`).join(',');
  }

  test.each([
    ['', []],
    [
      'app-user:pass%2Cword@',
      [
        'user default off',
        'user app-user on >pass,word ~* &* +@all',
        'sentinel sentinel-user app-user',
        'sentinel sentinel-pass pass,word',
      ],
    ],
  ])('%sthe server that they name is used, and the next one after it is lost', async (user, acl) => {
    for (const server of [first, second])
      if (user !== '')
        await redisCli(server.port, 'ACL', 'SETUSER', 'app-user', 'on', '>pass,word', '~*', '&*', '+@all');
    const hosts = await startSentinels(acl);
    const login = user === '' ? [] : ['--user', 'app-user', '--pass', 'pass,word'];
    const knowReplicas = async () =>
      (await redisCli(sentinels[0]?.port ?? 0, ...login, 'SENTINEL', 'REPLICAS', 'the-one')).includes(
        'slave',
      );
    await until(knowReplicas);
    const opened = await open(`redis+sentinel://${user}127.0.0.1:${await freePort()},${hosts}/the-one`);
    await opened.check();
    expect(await redisCli(first.port, 'DBSIZE')).toMatch(/^\d+$/);
    await first.kill();
    await until(async () => (await redisCli(second.port, 'ROLE')).startsWith('master'));
    await until(() => isReady(opened), SERVICE_MS);
    expect(warnings.at(-1)).toBe('The session store in Redis answers again.');
    await first.start();
  });

  const USER = 'user object-id on >token ~* &* +@all';
  test.each([
    ['they need not be', []],
    [
      'so are they where they want one',
      ['user default off', USER, 'sentinel sentinel-user object-id', 'sentinel sentinel-pass token'],
    ],
  ])('a server behind them is told a token, and %s', async (_who, lines) => {
    for (const server of [first, second])
      await redisCli(server.port, 'ACL', 'SETUSER', ...USER.split(' ').slice(1));
    const hosts = await startSentinels(lines);
    const token = async () => ({
      username: 'object-id',
      password: 'token',
      expiresAtMs: Date.now() + 60_000,
    });
    const opened = await open(`redis+sentinel://${hosts}/the-one`, token);
    await opened.check();
    expect(await redisCli(first.port, 'CLIENT', 'LIST')).toContain('user=object-id');
    expect(warnings).toEqual([]);
  });

  test('a name that they do not know is said, and not the password', async () => {
    const hosts = await startSentinels();
    await open(`redis+sentinel://:CANARY@${hosts}/another`);
    expect(warnings).toEqual([
      expect.stringContaining('the sentinel knows no server by the name in REDIS_URL'),
    ]);
    expect(warnings.join()).not.toContain('CANARY');
  });
});
