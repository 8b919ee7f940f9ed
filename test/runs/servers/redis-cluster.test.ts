import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { SessionRecords } from '../../../src/sessions/store/records.ts';
import {
  connectRedisRecords,
  type RedisRecordsOptions,
} from '../../../src/sessions/store/redis/redis-records.ts';
import { describeRecordsContract } from '../../sessions/records-contract.ts';
import { keepUp } from '../../support/kept-up.ts';
import { type RedisServer, startRedis } from '../../support/redis.ts';
import { redisCli } from '../../support/redis-cli.ts';
import { PATIENT_MS, until } from '../../support/until.ts';

/** Promised: from a promotion on. */
const SERVICE_MS = 10_000;
const FLAGS = [
  '--cluster-enabled',
  'yes',
  '--cluster-node-timeout',
  '1500',
  '--repl-diskless-sync-delay',
  '0',
];

let nodes: RedisServer[];
let opened: SessionRecords[] = [];
let warnings: string[] = [];

const urlOf = (given: readonly RedisServer[]) => given.map(({ url }) => url).join(',');

/** Three servers and a replica of each. */
beforeAll(async () => {
  nodes = await Promise.all(Array.from({ length: 6 }, () => startRedis(FLAGS)));
  const [first] = nodes;
  const hosts = nodes.map(({ port }) => `127.0.0.1:${port}`);
  await redisCli(
    first?.port ?? 0,
    '--cluster',
    'create',
    ...hosts,
    '--cluster-replicas',
    '1',
    '--cluster-yes',
  );
  await areOneCluster(nodes);
});
afterEach(async () => {
  await Promise.all(opened.map((records) => records.close()));
  opened = [];
  warnings = [];
});
afterAll(async () => {
  await Promise.all(nodes.map((node) => node.kill()));
});

/** A server that has just joined says for a while that a part is missing. */
async function areOneCluster(servers: readonly RedisServer[]): Promise<void> {
  for (const { port } of servers)
    await until(async () => (await redisCli(port, 'CLUSTER', 'INFO')).includes('cluster_state:ok'));
}

async function open(
  url = urlOf(nodes.slice(0, 3)),
  options: Pick<RedisRecordsOptions, 'now' | 'token'> = {},
) {
  const onWarning = (message: string) => void warnings.push(message);
  const records = await connectRedisRecords({ url, onWarning, operationTimeoutMs: PATIENT_MS, ...options });
  opened.push(records);
  return records;
}

const openAsTheApp = async (url: string) => {
  const records = await connectRedisRecords({ url, onWarning: (message) => void warnings.push(message) });
  opened.push(records);
  return records;
};

const works = async (records: SessionRecords) => {
  const ids = Array.from({ length: 30 }, (_, n) => `works${n}`);
  const expiresAtMs = Date.now() + 60_000;
  const all = ids.map((id) => records.create(id, { session: id, tokens: '', expiresAtMs, groups: ['g'] }));
  return Promise.all(all).then(
    () => true,
    () => false,
  );
};

async function masters(): Promise<RedisServer[]> {
  const roles = await Promise.all(nodes.map(({ port }) => redisCli(port, 'ROLE').catch(() => '')));
  return nodes.filter((_node, n) => roles[n]?.startsWith('master'));
}

async function flush(): Promise<void> {
  for (const { port } of await masters()) await redisCli(port, 'FLUSHALL');
}

describeRecordsContract({
  async open(now) {
    await flush();
    return open(undefined, { now });
  },
});

describe('a cluster', () => {
  test.each([
    ['its servers', () => urlOf(nodes.slice(0, 3))],
    ['one server, which says that it is of a cluster', () => urlOf(nodes.slice(0, 1))],
    ['a replica', () => urlOf(nodes.slice(5))],
    ['a host that is gone, and one that is there', () => `redis://127.0.0.1:1,127.0.0.1:${nodes[1]?.port}`],
  ])('by %s: everybody signs in, and all sessions are counted', async (_name, url) => {
    await flush();
    const records = await open(url());
    expect(await works(records)).toBe(true);
    expect(await records.count()).toBe(30);
    expect(await records.removeGroup('g')).toBe(30);
    await records.check();
  });

  test('a user with the rights of docs/operations.md is enough', async () => {
    await flush();
    const [, rights = ''] =
      readFileSync('docs/operations.md', 'utf8').match(/^ACL SETUSER app on >PASSWORD (.*)$/m) ?? [];
    for (const { port } of nodes)
      await redisCli(port, 'ACL', 'SETUSER', 'app', 'on', '>PASSWORD', ...rights.split(' '));
    const records = await open(nodes[0]?.url.replace('//', '//app:PASSWORD@'));
    expect([await works(records), await records.count(), warnings]).toEqual([true, 30, []]);
    await records.check();
  });

  test('one server that has lost the user is named with what it says, at the start and later', async () => {
    const setUser = (port: number) =>
      redisCli(port, 'ACL', 'SETUSER', 'few', 'on', '>PASSWORD', 'resetkeys', '~*', '+@all');
    for (const { port } of nodes) await setUser(port);
    const url = urlOf(nodes.slice(0, 3)).replaceAll('//', '//few:PASSWORD@');
    const records = await openAsTheApp(url);
    expect([await works(records), warnings]).toEqual([true, []]);
    const [, forgetful] = await masters();
    const port = forgetful?.port ?? 0;
    await redisCli(port, 'ACL', 'DELUSER', 'few');
    const isNamed = expect.stringMatching(
      `^The session store in Redis does not answer: WRONGPASS .* \\(127\\.0\\.0\\.1:${port}\\)\\. Check user and password`,
    );
    await until(() => warnings.some((warning) => warning.includes('WRONGPASS')), SERVICE_MS);
    expect(warnings).toContainEqual(isNamed);
    warnings = [];
    const later = await openAsTheApp(url);
    expect(warnings).toEqual([isNamed]);
    await expect(later.check()).rejects.toMatchObject({
      detail: expect.stringMatching(`WRONGPASS .*:${port}\\)$`),
    });
    expect(JSON.stringify(warnings)).not.toContain('PASSWORD@');
    await setUser(port);
    await until(() => works(later), SERVICE_MS);
  });

  test('every server is told a token in place of a password, and the next one before it ends', async () => {
    await flush();
    const given: string[] = [];
    const token = async () => {
      given.push(`token-${given.length}`);
      const rights = ['on', 'resetpass', `>${given.at(-1)}`, '~*', '+@all'];
      for (const { port } of nodes) await redisCli(port, 'ACL', 'SETUSER', 'object-id', ...rights);
      return { username: 'object-id', password: given.at(-1) ?? '', expiresAtMs: Date.now() + 4_000 };
    };
    const connectionsOf = async () =>
      (await Promise.all(nodes.map(({ port }) => redisCli(port, 'CLIENT', 'LIST'))))
        .flatMap((list) => list.split('\n').filter((line) => line.includes('user=object-id')))
        .map((line) => /^id=\d+ addr=\S+/.exec(line)?.[0]);
    const timesToldOn = async (port: number) =>
      Number(/cmdstat_auth:calls=(\d+)/.exec(await redisCli(port, 'INFO', 'commandstats'))?.[1] ?? 0);
    const before = await Promise.all(nodes.map(({ port }) => timesToldOn(port)));
    const records = await open(undefined, { token });
    expect(await works(records)).toBe(true);
    const connections = await connectionsOf();
    expect(connections.length).toBeGreaterThanOrEqual(3);
    await until(async () => {
      const now = await Promise.all(nodes.map(({ port }) => timesToldOn(port)));
      return now.filter((times, n) => times > (before[n] ?? 0)).length >= 3;
    });
    expect([await works(records), warnings]).toEqual([true, []]);
    expect(await connectionsOf()).toEqual(expect.arrayContaining(connections));
  });

  test('slots that move to another server meanwhile: nobody notices', async () => {
    const records = await openAsTheApp(urlOf(nodes.slice(0, 1)));
    const people = keepUp(records);
    const [from, to] = await masters();
    if (from === undefined || to === undefined) throw new Error('no masters');
    const [fromId, toId] = await Promise.all([from, to].map(({ port }) => redisCli(port, 'CLUSTER', 'MYID')));
    const ids = ['--cluster-from', String(fromId), '--cluster-to', String(toId)];
    await redisCli(
      from.port,
      '--cluster',
      'reshard',
      `127.0.0.1:${from.port}`,
      ...ids,
      '--cluster-slots',
      '1500',
      '--cluster-yes',
    );
    const { succeeded, failures } = await people.end();
    expect([failures, succeeded > 20, warnings]).toEqual([{}, true, []]);
  });

  test('a lost server: others are served meanwhile, readiness says it, and all are again once its replica took over', async () => {
    const records = await openAsTheApp(urlOf(nodes.slice(0, 1)));
    await until(() => works(records));
    const people = keepUp(records);
    const [, lost] = await masters();
    await lost?.kill();
    await until(
      async () =>
        records.check().then(
          () => false,
          () => true,
        ),
      SERVICE_MS,
    );
    await until(async () => (await masters()).length === 3);
    await until(
      async () =>
        (await works(records)) &&
        records.check().then(
          () => true,
          () => false,
        ),
      SERVICE_MS,
    );
    const { succeeded, troubledMs } = await people.end();
    process.stdout.write(`lost server: ${succeeded} served, trouble for ${troubledMs} ms\n`);
    expect(warnings.at(-1)).toBe('The session store in Redis answers again.');
    await lost?.start();
  });

  test('what was begun goes on where connections are replaced', async () => {
    const alone = await startRedis(FLAGS);
    nodes.push(alone);
    await redisCli(alone.port, 'CLUSTER', 'ADDSLOTSRANGE', '0', '16383');
    await areOneCluster([alone]);
    const records = await openAsTheApp(alone.url);
    const people = keepUp(records, 1_000);
    for (let round = 0; round < 8; round += 1) {
      const told = warnings.length;
      await redisCli(alone.port, 'CONFIG', 'SET', 'min-replicas-to-write', '1');
      await until(() => warnings.length > told);
      await redisCli(alone.port, 'CONFIG', 'SET', 'min-replicas-to-write', '0');
      await until(() => warnings.at(-1)?.endsWith('answers again.') === true);
    }
    const { succeeded, failures } = await people.end();
    expect(succeeded).toBeGreaterThan(30);
    expect(Object.keys(failures)).toEqual([expect.stringContaining('NOREPLICAS')]);
  });

  test('a cluster with a part that nobody has: said, not ready, and back with it', async () => {
    const alone = await Promise.all(
      // longer than ours: the others do not say it first
      Array.from({ length: 3 }, () => startRedis([...FLAGS, '--cluster-node-timeout', '30000'])),
    );
    nodes.push(...alone);
    const hosts = alone.map(({ port }) => `127.0.0.1:${port}`);
    const [first, second] = alone;
    await redisCli(first?.port ?? 0, '--cluster', 'create', ...hosts, '--cluster-yes');
    await areOneCluster(alone);
    const records = await openAsTheApp(urlOf(alone));
    await until(() => works(records));
    second?.freeze();
    await until(() =>
      warnings.some((warning) => warning.includes(`no response in time (127.0.0.1:${second?.port})`)),
    );
    await until(async () =>
      records.check().then(
        () => false,
        () => true,
      ),
    );
    second?.thaw();
    await until(async () =>
      records.check().then(
        () => true,
        () => false,
      ),
    );
    expect(await works(records)).toBe(true);
  });
});
