import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { createClient } from 'redis';
import type { SessionRecords } from '../../src/sessions/store/records.ts';
import {
  connectRedisRecords,
  type RedisRecordsOptions,
} from '../../src/sessions/store/redis/redis-records.ts';
import { freePort } from '../support/free-port.ts';
import { openEndpoint } from '../support/moving-endpoint.ts';
import { type RedisServer, startRedis } from '../support/redis.ts';
import { fillQueue, findEverywhere, NOWHERE } from '../support/slow-host.ts';
import { BUSY_MS, PATIENT_MS, until } from '../support/until.ts';
import { describeRecordsContract } from './records-contract.ts';

const UNAVAILABLE = { code: 'store_unavailable', status: 503, retryAfterSeconds: 2 };
/** Promised: a response within two seconds, full service within two seconds of Redis's return. */
const ANSWER_MS = 2_000 + BUSY_MS;
const RECOVERY_MS = 2_000 + BUSY_MS;

let redis: RedisServer;
let admin: Awaited<ReturnType<typeof connectAdmin>>;
let warnings: string[] = [];
let opened: SessionRecords[] = [];
let servers: RedisServer[] = [];
let fakes: Server[] = [];

async function connectAdmin(url: string) {
  const client = createClient({ url });
  client.on('error', () => {});
  await client.connect();
  return client;
}

beforeAll(async () => {
  redis = await startRedis();
  admin = await connectAdmin(redis.url);
});

afterEach(async () => {
  await Promise.all(opened.map((records) => records.close()));
  await Promise.all(servers.map((each) => each.kill()));
  opened = [];
  for (const fake of fakes) fake.close();
  servers = [];
  fakes = [];
  warnings = [];
});

afterAll(async () => {
  admin.destroy();
  await redis.kill();
});

async function connectNoted(options: Omit<RedisRecordsOptions, 'onWarning'>): Promise<SessionRecords> {
  const onWarning = (message: string): void => void warnings.push(message);
  const records = await connectRedisRecords({ onWarning, ...options });
  opened.push(records);
  return records;
}

const open = (options: Partial<RedisRecordsOptions> = {}): Promise<SessionRecords> =>
  connectNoted({ url: redis.url, operationTimeoutMs: PATIENT_MS, ...options });

/** With the app's own limit of time. */
const openAsTheApp = (url: string): Promise<SessionRecords> => connectNoted({ url });

/** A server of one test, which may do with it what it likes. */
async function startOwn(flags: readonly string[] = []): Promise<RedisServer> {
  const server = await startRedis(flags);
  servers.push(server);
  return server;
}

const inOneHour = (): number => Date.now() + 3_600_000;
const record = (groups: string[] = []) => ({ session: 's', tokens: 't', expiresAtMs: inOneHour(), groups });
/** Makes so many keys in one go. */
async function populate(start: string, keys: number): Promise<void> {
  const source = "for n = 1, ARGV[2] do redis.call('SET', ARGV[1] .. n, '') end";
  await admin.eval(source, { arguments: [start, `${keys}`] });
}

const works = (records: SessionRecords): Promise<boolean> =>
  records.create('works', record(['g'])).then(
    () => true,
    () => false,
  );

const isWritten = (records: SessionRecords): Promise<boolean> =>
  records.check().then(
    () => true,
    () => false,
  );

/** Each operation rejects as it should, in time. */
async function expectUnavailable(records: SessionRecords): Promise<void> {
  const operations = [
    () => records.read('a', 'session'),
    () => records.create('b', record(['g'])),
    () => records.replace('a', 'tokens', 't', 't2', inOneHour()),
    () => records.remove('a'),
    () => records.removeGroup('g'),
    () => records.useOnce('c', inOneHour()),
    () => records.count(),
    () => records.check(),
  ];
  for (const operation of operations) {
    const start = Date.now();
    await expect(operation()).rejects.toMatchObject(UNAVAILABLE);
    expect(Date.now() - start).toBeLessThan(ANSWER_MS);
  }
}

describeRecordsContract({
  async open(now) {
    await admin.flushAll();
    return open({ now });
  },
});

describe('redis records', () => {
  test('give every key a time to live, and the prefix', async () => {
    await admin.flushAll();
    const records = await open({ keyPrefix: 'mine:' });
    await records.create('a', record(['g', 'h']));
    await records.replace('a', 'session', 's', 's2', inOneHour() + 5_000);
    await records.useOnce('c', inOneHour());
    // Whether Redis can be written to is asked with a key of its own, now and then.
    const keys = (await admin.keys('*')).filter((key) => !key.startsWith('mine:probe:'));
    expect(keys).toHaveLength(4);
    for (const key of keys) {
      expect(key).toMatch(/^mine:(session|group|claim):\{[\w-]+\}$/);
      expect(await admin.pTTL(key)).toBeGreaterThan(3_590_000);
      expect(await admin.pTTL(key)).toBeLessThanOrEqual(3_605_000);
    }
    await records.remove('a');
    expect(await admin.keys('mine:session*')).toEqual([]);
    expect(await admin.keys('mine:group*')).toEqual([]);
  });

  test.each<[string, () => Promise<unknown>]>([
    ['a text', () => admin.set('msid:session:{a}', '{not json')],
    ['a list', () => admin.lPush('msid:session:{a}', 'x')],
    ['a hash of other fields', () => admin.hSet('msid:session:{a}', { x: 'y' })],
    ['a session that says no expiry', () => admin.hSet('msid:session:{a}', { session: 's', tokens: 't' })],
    [
      'a session with junk for an expiry',
      () => admin.hSet('msid:session:{a}', { session: 's', tokens: 't', expires: 'x' }),
    ],
  ])('take %s in place of a session as absent, and can begin it anew', async (_what, damage) => {
    await admin.flushAll();
    const records = await open();
    await damage();
    expect(await records.read('a', 'session')).toBeUndefined();
    expect(await records.replace('a', 'session', 's', 's2', inOneHour())).toBe(false);
    await records.create('a', record(['g']));
    expect(await records.read('a', 'session')).toBe('s');
    await damage().catch(() => {});
    await records.remove('a');
    expect(await admin.exists('msid:session:{a}')).toBe(0);
  });

  test('take junk in place of a group or claim as absent', async () => {
    await admin.flushAll();
    const records = await open();
    await records.create('a', record(['g']));
    const [key = ''] = await admin.keys('msid:group*');
    await admin.set(key, 'junk');
    expect(await records.removeGroup('g')).toBe(0);
    await records.create('b', record(['g']));
    expect(await records.removeGroup('g')).toBe(1);
    await records.useOnce('c', inOneHour());
    const [claim = ''] = await admin.keys('msid:claim*');
    await admin.set(claim, 'junk');
    expect(await records.useOnce('c', inOneHour())).toBe(true);
    await admin.del(claim);
    await admin.lPush(claim, 'junk');
    expect(await records.useOnce('c', inOneHour())).toBe(true);
    expect(await records.useOnce('c', inOneHour())).toBe(false);
  });

  test('are shared by all that are connected: 50 claims by two, one succeeds', async () => {
    const both = await Promise.all([open(), open()]);
    const claims = Array.from({ length: 25 }, () =>
      both.map((each) => each.useOnce('shared', inOneHour())),
    ).flat();
    expect((await Promise.all(claims)).filter(Boolean)).toHaveLength(1);
  });

  test('count exactly up to some thousand keys, and about right beyond', async () => {
    await admin.flushAll();
    const records = await open();
    await populate('msid:session:{', 5_000);
    expect(await records.count()).toBe(5_000);
    await populate('msid:session:{', 20_000);
    await populate('other', 10_000);
    const counted = await records.count();
    expect(counted).toBeGreaterThan(18_000);
    expect(counted).toBeLessThan(22_000);
    await admin.flushAll();
  });

  test('refuse a URL that is none, without repeating it', async () => {
    for (const url of ['http://:secret@host', 'redis//:secret@host', 'secret']) {
      const error = await open({ url }).catch((caught: Error) => caught);
      expect(error).toHaveProperty('code', 'configuration');
      expect(error).toHaveProperty('message', expect.stringMatching(/^REDIS_URL must be an address such as/));
      expect(error).not.toHaveProperty('cause');
    }
  });

  test('refuse to work once closed', async () => {
    const records = await open();
    await records.close();
    await expectUnavailable(records);
  });
});

test('redis records work in a cluster, where a command or script over two slots is refused', async () => {
  const cluster = await startOwn(['--cluster-enabled', 'yes']);
  const boss = await connectAdmin(cluster.url);
  await boss.sendCommand(['CLUSTER', 'ADDSLOTSRANGE', '0', '16383']);
  await until(async () => String(await boss.sendCommand(['CLUSTER', 'INFO'])).includes('state:ok'));
  await expect(boss.mGet(['one', 'other'])).rejects.toThrow('CROSSSLOT');
  const records = await open({ url: cluster.url });
  for (const id of ['a', 'b']) await records.create(id, record(['g', 'h']));
  expect(await records.replace('a', 'tokens', 't', 't2', inOneHour())).toBe(true);
  expect(await records.read('a', 'tokens')).toBe('t2');
  expect(await records.useOnce('c', inOneHour())).toBe(true);
  expect(await records.count()).toBe(2);
  await records.remove('a');
  expect(await records.removeGroup('g')).toBe(1);
  expect(await records.count()).toBe(0);
  boss.destroy();
});

describe('redis records with a password', () => {
  test('sign in with it, and never say it where it is wrong', async () => {
    const guarded = await startOwn([
      '--requirepass',
      'right-password',
      '--user',
      'app',
      'on',
      '>app-password',
      '~*',
      '&*',
      '+@all',
    ]);
    const { port } = guarded;
    expect(await works(await open({ url: `redis://:right-password@127.0.0.1:${port}` }))).toBe(true);
    expect(await works(await open({ url: `redis://app:app-password@127.0.0.1:${port}/0` }))).toBe(true);
    const wrong = await open({ url: `redis://app:wrong-password@127.0.0.1:${port}` });
    const error: unknown = await wrong.check().catch((caught) => caught);
    expect(error).toMatchObject({ ...UNAVAILABLE, detail: expect.stringContaining('WRONGPASS') });
    expect(warnings).toEqual([expect.stringContaining('WRONGPASS')]);
    expect(JSON.stringify([error, warnings])).not.toContain('wrong-password');
  });

  test('a rediss URL speaks TLS from the first byte', async () => {
    let first: number | undefined;
    const server = createServer((socket) => {
      socket.on('error', () => {});
      socket.once('data', (bytes) => {
        first = bytes[0];
        socket.destroy();
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const records = await open({ url: `rediss://:secret@127.0.0.1:${port}` });
    await expect(records.check()).rejects.toMatchObject(UNAVAILABLE);
    expect(first).toBe(0x16);
    await records.close();
    server.close();
  });
});

describe('redis in trouble', () => {
  test('down at the start: nothing is thrown, operations reject at once, and work once it is there', async () => {
    const late = await startOwn();
    await late.kill();
    const start = Date.now();
    const records = await openAsTheApp(late.url);
    expect(Date.now() - start).toBeLessThan(ANSWER_MS);
    await expectUnavailable(records);
    expect(warnings).toContainEqual(expect.stringContaining('ECONNREFUSED'));
    await late.start();
    await until(() => works(records), RECOVERY_MS);
    expect(warnings.at(-1)).toBe('The session store in Redis answers again.');
  });

  test('killed and started again, ten times: each answer and each recovery in time, no flood of warnings', async () => {
    const mortal = await startOwn();
    const records = await openAsTheApp(mortal.url);
    for (let round = 0; round < 10; round += 1) {
      expect(await works(records)).toBe(true);
      await mortal.kill();
      await expectUnavailable(records);
      await mortal.start();
      await until(() => works(records), RECOVERY_MS);
      expect(await records.read('a', 'session')).toBeUndefined();
    }
    expect(warnings.length).toBeLessThanOrEqual(40);
  });

  test('killed while operations are under way: each of them ends', async () => {
    const mortal = await startOwn();
    const records = await openAsTheApp(mortal.url);
    mortal.freeze();
    const start = Date.now();
    const ends = Promise.allSettled(Array.from({ length: 100 }, (_, n) => records.read(`id${n}`, 'session')));
    await mortal.kill();
    for (const end of await ends) expect(end).toMatchObject({ status: 'rejected', reason: UNAVAILABLE });
    expect(Date.now() - start).toBeLessThan(ANSWER_MS);
  });

  test('frozen: answers in time, at once after the first, and full service when it goes on', async () => {
    const mortal = await startOwn();
    const records = await openAsTheApp(mortal.url);
    await records.create('a', record(['g']));
    mortal.freeze();
    await expectUnavailable(records);
    const start = Date.now();
    await expectUnavailable(records);
    expect(Date.now() - start).toBeLessThan(ANSWER_MS);
    await until(() => warnings.length > 0, ANSWER_MS);
    mortal.thaw();
    await until(() => works(records), RECOVERY_MS);
    expect(await records.read('a', 'session')).toBe('s');
  });

  test('paused by CLIENT PAUSE: answers in time, and full service when the pause ends', async () => {
    const mortal = await startOwn();
    const boss = await connectAdmin(mortal.url);
    const records = await openAsTheApp(mortal.url);
    await boss.sendCommand(['CLIENT', 'PAUSE', '8000', 'ALL']);
    const end = Date.now() + 8_000;
    await expectUnavailable(records);
    await until(() => works(records), end + RECOVERY_MS - Date.now());
    boss.destroy();
  });

  test('behind a network that swallows all: answers in time, and full service when it lets through again', async () => {
    const network = await startNetwork(redis.port);
    const records = await openAsTheApp(`redis://127.0.0.1:${network.port}`);
    expect(await works(records)).toBe(true);
    network.swallow(true);
    await expectUnavailable(records);
    network.swallow(false);
    await until(() => works(records), RECOVERY_MS);
    await records.close();
    network.close();
  });

  test.each<[string, string, (socket: Socket, said: string) => unknown, RegExp]>([
    [
      'silent once it is asked what it is',
      'redis:',
      (socket, said) => said.includes('PING') && socket.write('+PONG\r\n'),
      /did not answer in time/,
    ],
    [
      'that ends what is said in clear',
      'redis:',
      (socket) => socket.end(),
      /ended the connection\. .*rediss:/,
    ],
    [
      'that speaks plainly where TLS is wanted',
      'rediss:',
      (socket) => socket.write('-ERR\r\n'),
      /no TLS.* begin with redis:\./,
    ],
    ['that lets nobody in', 'redis:', (socket) => socket.end('-DENIED so\r\n'), /DENIED so\. Give/],
  ])('a server %s: said in time, and asked again', async (_what, scheme, answer, says) => {
    let connections = 0;
    const server = createServer((socket) => {
      connections += 1;
      socket.on('error', () => {});
      socket.on('data', (bytes) => answer(socket, String(bytes)));
    }).listen(0, '127.0.0.1');
    fakes.push(server);
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    await openAsTheApp(`${scheme}//127.0.0.1:${port}`);
    await until(() => connections > 1);
    expect(warnings).toEqual([expect.stringMatching(says)]);
  });

  test('a network that went silent is noticed without a request', async () => {
    const network = await startNetwork(redis.port);
    const records = await openAsTheApp(`redis://127.0.0.1:${network.port}`);
    network.swallow(true);
    await until(() => warnings.length > 0);
    await records.close();
    network.close();
  });

  test('become a replica, while its address moves on: given up for the next one', async () => {
    const [former, next] = await Promise.all([startOwn(), startOwn()]);
    const endpoint = await openEndpoint(former.port);
    const records = await openAsTheApp(`redis://127.0.0.1:${endpoint.port}`);
    expect(await works(records)).toBe(true);
    await former.send(`REPLICAOF 127.0.0.1 ${next.port}`);
    endpoint.moveTo(next.port);
    await until(() => works(records), RECOVERY_MS);
    expect(warnings).toEqual([
      expect.stringContaining('READONLY (a replica'),
      'The session store in Redis answers again.',
    ]);
    endpoint.close();
  });

  test('flushed: sessions are gone, nothing fails, scripts are sent again', async () => {
    const records = await open();
    await records.create('a', record(['g']));
    await admin.flushAll();
    await admin.scriptFlush();
    expect(await records.read('a', 'session')).toBeUndefined();
    expect(await records.replace('a', 'session', 's', 's2', inOneHour())).toBe(false);
    expect(await records.removeGroup('g')).toBe(0);
    expect(await works(records)).toBe(true);
    expect(await records.useOnce('flushed', inOneHour())).toBe(true);
  });

  test('full: writing is refused, nobody is half signed in, signing out works and makes room', async () => {
    const small = await startOwn(['--maxmemory', '3mb', '--maxmemory-policy', 'noeviction']);
    const records = await open({ url: small.url });
    const tokens = 'x'.repeat(20_000);
    let kept = 0;
    let error: unknown;
    for (; error === undefined && kept < 1_000; kept += 1) {
      error = await records.create(`id${kept}`, { ...record(['g']), tokens }).catch((caught) => caught);
    }
    expect(error).toMatchObject({ ...UNAVAILABLE, detail: expect.stringContaining('OOM') });
    expect(await records.read(`id${kept - 1}`, 'session')).toBeUndefined();
    error = undefined;
    for (let n = 0; error === undefined && n < 10_000; n += 1) {
      error = await records.useOnce(`c${n}`, inOneHour()).then(
        () => undefined,
        (caught) => caught,
      );
    }
    expect(error).toMatchObject(UNAVAILABLE);
    expect(await records.read('id0', 'tokens')).toBe(tokens);
    for (let n = 0; n < 10; n += 1) await records.remove(`id${n}`);
    expect(await records.read('id0', 'tokens')).toBeUndefined();
    expect(await records.removeGroup('g')).toBeGreaterThan(0);
    expect(await works(records)).toBe(true);
    expect(warnings).toEqual([]);
  });

  test.each([
    ['a user who may run no scripts', '-evalsha -eval', /NOPERM .* Give the user/],
    ['a user who may not write groups', '-zadd', /can't run this command.* Give the user/],
  ])('%s: nobody can sign in, which is said once, until they may', async (_what, rights, says) => {
    const guarded = await startOwn(['--user', 'app', 'on', '>pw', '~*', '+@all', ...rights.split(' ')]);
    const records = await open({ url: `redis://app:pw@127.0.0.1:${guarded.port}` });
    for (let n = 0; n < 2; n += 1) await expect(records.check()).rejects.toMatchObject(UNAVAILABLE);
    expect(warnings).toEqual([expect.stringMatching(says)]);
    await guarded.send('ACL SETUSER app +@all');
    await until(() => isWritten(records), RECOVERY_MS);
    expect(warnings.slice(1)).toEqual(['Redis takes sign-ins again.']);
  });

  test('a command that Redis does not know is not repeated with what was sent', async () => {
    const lacking = await startOwn(['--rename-command', 'EVALSHA', '']);
    const records = await open({ url: lacking.url });
    const error: unknown = await records.create('id', record()).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ ...UNAVAILABLE, detail: "redis: ERR unknown command 'EVALSHA'" });
  });

  test('a server that knows no HELLO, as proxies and older ones', async () => {
    const older = await startOwn(['--rename-command', 'HELLO', '', '--requirepass', 'pw']);
    expect(await works(await open({ url: `redis://:pw@127.0.0.1:${older.port}` }))).toBe(true);
    expect(warnings).toEqual([]);
  });

  test.each([
    ['20', [], /DB index is out of range\. Take the number/],
    ['1', ['--cluster-enabled', 'yes'], /SELECT is not allowed in cluster mode\. Take the number/],
    [',127.0.0.1:1', [], /cluster support disabled\. Name one server/],
    [
      ',127.0.0.1:1',
      ['--cluster-enabled', 'yes'],
      /CLUSTERDOWN \(a part of the cluster is missing\)\. Bring/,
    ],
  ])('an address that ends with /%s, of a server with %j: said with what to do', async (end, flags, says) => {
    const server = await startOwn(flags);
    const records = await openAsTheApp(`${server.url}${end.startsWith(',') ? '' : '/'}${end}`);
    await records.check().catch(() => undefined);
    expect(warnings).toEqual([expect.stringMatching(says)]);
  });

  test('a policy that may drop sessions is warned of once', async () => {
    const evicting = await startOwn(['--maxmemory', '50mb', '--maxmemory-policy', 'allkeys-lru']);
    const records = await open({ url: evicting.url });
    expect(warnings).toEqual([expect.stringContaining('maxmemory-policy allkeys-lru')]);
    await evicting.kill();
    await evicting.start();
    await until(() => works(records), RECOVERY_MS);
    expect(warnings.filter((each) => each.includes('allkeys-lru'))).toHaveLength(1);
  });

  test('nobody listens on the port for as long as one likes: a single warning', async () => {
    const records = await open({ url: `redis://127.0.0.1:${await freePort()}` });
    const end = Date.now() + 1_500;
    await until(async () => {
      await records.check().catch(() => {});
      return Date.now() > end;
    });
    expect(warnings).toHaveLength(1);
  });
});

/** A way to Redis that can swallow what goes through it while connections stay, as a broken network does. */
async function startNetwork(target: number) {
  let swallowing = false;
  const sockets = new Set<Socket>();
  const pass = (from: Socket, to: Socket): void => {
    sockets.add(from);
    from.on('data', (bytes) => swallowing || to.write(bytes));
    from.on('error', () => {});
    from.on('close', () => to.destroy());
  };
  const server = createServer((near) => {
    const far = connect(target, '127.0.0.1');
    pass(near, far);
    pass(far, near);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    swallow(is: boolean): void {
      swallowing = is;
    },
    close(): void {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

test('a slow line to a host of which another address leads nowhere is waited for', async () => {
  const slow = await startRedis(['--tcp-backlog', '1']);
  servers.push(slow);
  slow.freeze();
  const empty = await fillQueue('127.0.0.1', slow.port);
  const undo = findEverywhere({ address: '127.0.0.1', family: 4 }, NOWHERE);
  setTimeout(() => slow.thaw(), 500);
  const records = await open({ url: `redis://localhost:${slow.port}` });
  undo();
  empty();
  expect([await records.count(), warnings]).toEqual([0, []]);
});
