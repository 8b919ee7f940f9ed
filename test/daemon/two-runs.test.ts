import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { LockedError, takeLock } from '../../src/daemon/output/run-lock.ts';
import type { Program } from '../support/program.ts';
import { until } from '../support/until.ts';
import { openTenant, type Tenant } from './tenant.ts';

const USERS = 23;
const ALL = ['--all', '--top', '10', '--format', 'ndjson'];
const TAKEN =
  /^--output users\.ndjson is being written by another run \(process \d+ on \S+, since \S+Z\): wait until it has ended\n$/;

let tenant: Tenant;
let whole: string;
beforeAll(async () => {
  tenant = await openTenant({ users: USERS - 3 });
  whole = (await tenant.run([tenant.parameters(), ...ALL])).stdout;
});
beforeEach(() => {
  tenant.emulator.reset();
  for (const name of files()) rmSync(join(tenant.folder, name), { recursive: true });
});
afterAll(() => tenant.close());

const RESUMABLE = [...ALL, '--output', 'users.ndjson', '--resume'];
const PARTIAL = 'users.ndjson.partial';
const files = () => readdirSync(tenant.folder).filter((name) => name.startsWith('users'));
const path = (...names: string[]) => join(tenant.folder, ...names);
const written = () => readFileSync(path('users.ndjson'), 'utf8');
const pagesAsked = () => tenant.asked(/\/v1\.0\/users$/).length;
/** A request for the second page waits; nothing else does. */
const holdSecondPage = (fault: Record<string, unknown> & { kind: string }) => {
  tenant.fault('users', { kind: 'next-link', url: `${tenant.emulator.baseUrl}/v1.0/users?held=1` });
  tenant.fault('users', fault, { when: { held: '1' } });
};
const run = (...more: string[]) => tenant.run([tenant.parameters(), ...RESUMABLE, ...more]);
/** A run that has written its first page, and is stuck. */
const startStuck = async (): Promise<Program> => {
  holdSecondPage({ kind: 'hang' });
  const program = tenant.start([tenant.parameters(), ...RESUMABLE]);
  await until(() => pagesAsked() === 2);
  return program;
};
/** A run that has written its first page, and waits for so long for the second one. */
const startSlow = async (ms: number): Promise<Program> => {
  tenant.fault('users', { kind: 'delay', ms: 100 });
  const program = tenant.start([tenant.parameters(), ...RESUMABLE, '--verbose']);
  await until(() => pagesAsked() === 1);
  tenant.fault('users', { kind: 'delay', ms });
  await program.says(/^10 users written\.$/m);
  return program;
};
const killed = async (program: Program) => {
  await program.stop('SIGKILL');
  tenant.emulator.reset();
};
const lockFile = (): string => path(`${PARTIAL}.lock`, readdirSync(path(`${PARTIAL}.lock`))[0] ?? '');

describe('two runs with --resume at once', () => {
  test('the second one is refused, and the first one ends with the whole list', async () => {
    const first = await startSlow(4_000);
    const second = await run();
    expect(second).toMatchObject({ status: 2, stdout: '', stderr: expect.stringMatching(TAKEN) });
    expect(await first.exited).toBe(0);
    expect([written(), files()]).toEqual([whole, ['users.ndjson']]);
    expect(pagesAsked()).toBe(3);
  });

  /** Starts many at once, of which the one that gets the lock is stuck; the others are refused. */
  const startMany = async () => {
    tenant.fault('users', { kind: 'hang' }, { times: 'always' });
    const many = Array.from({ length: 4 }, () =>
      tenant.start([tenant.parameters(), ...RESUMABLE, '--timeout', '600']),
    );
    const left = new Set(many);
    for (const one of many) void one.exited.then(() => left.delete(one));
    await until(() => left.size === 1 && pagesAsked() === 1);
    const [winner = many[0]] = left;
    const refused = many.filter((one) => one !== winner);
    return { winner, statuses: await Promise.all(refused.map(({ exited }) => exited)) };
  };

  test('of many that start together one writes, and the one after it goes on', async () => {
    const { winner, statuses } = await startMany();
    expect(statuses).toEqual([2, 2, 2]);
    if (winner !== undefined) await killed(winner);
    expect((await run()).status).toBe(0);
    expect([written(), files()]).toEqual([whole, ['users.ndjson']]);
  });

  test('of many that start together after a killed one, one goes on', async () => {
    await killed(await startStuck());
    const { winner, statuses } = await startMany();
    expect(statuses).toEqual([2, 2, 2]);
    expect(winner?.output.stderr).toContain('Going on after 10 users.');
    await winner?.stop();
    expect(files()).toEqual([PARTIAL, `${PARTIAL}.json`]);
  });

  test('what a killed run left of its bookmark is gone after the next one, and nothing else', async () => {
    await killed(await startStuck());
    const left = ['1b6a887c', '00000000'].map((id) => `${PARTIAL}.json.${id}.new`);
    const others = [`${PARTIAL}.json.mine.new`, 'users.csv.partial.json.1b6a887c.new'];
    for (const name of [...left, ...others]) writeFileSync(path(name), '');
    expect((await run()).status).toBe(0);
    expect(files()).toEqual(['users.ndjson', ...others].toSorted());
  });

  test('a signal in the middle of saving the bookmark leaves nothing of it', () => {
    // the signal comes at the call that would put the file into its place
    const source = `
      import { syncBuiltinESMExports } from 'node:module';
      import files from 'node:fs/promises';
      files.rename = async () => process.exit(130);
      syncBuiltinESMExports();
      const { saveBookmark } = await import('./src/daemon/output/bookmark.ts');
      await saveBookmark(process.argv[1], { bytes: 0, savedAt: new Date() });`;
    const given = ['--import', 'tsx', '--input-type=module', '-e', source, path(PARTIAL)];
    const { status, stderr } = spawnSync(process.execPath, given, { encoding: 'utf8' });
    expect([status, stderr, files()]).toEqual([130, '', []]);
  });

  test('a process that got the id of a killed run is not taken for it', async () => {
    await killed(await startStuck());
    const holder = JSON.parse(readFileSync(lockFile(), 'utf8')) as object;
    writeFileSync(lockFile(), JSON.stringify({ ...holder, pid: process.pid }));
    expect((await run()).status).toBe(0);
    expect(files()).toEqual(['users.ndjson']);
  });

  test('a run of another machine or container is watched: it lives while it moves', async () => {
    const folder = `${PARTIAL}.lock`;
    mkdirSync(path(folder));
    const elsewhere = { pid: 1, host: 'elsewhere', place: 'another kernel', since: '2026-11-25T04:15:00Z' };
    writeFileSync(path(folder, 'its.json'), JSON.stringify(elsewhere));
    const touch = () => utimesSync(lockFile(), new Date(), new Date());
    const heart = setInterval(touch, 200);
    const second = await run().finally(() => clearInterval(heart));
    expect(second.status).toBe(2);
    expect(second.stderr).toMatch(
      /^Looking for a while .*\n.* \(process 1 on elsewhere, since 2026-11-25T04:15:00Z\)/,
    );
    expect((await run()).status).toBe(0);
    expect([written(), files()]).toEqual([whole, ['users.ndjson']]);
  });

  test('a lock that says nothing of its run is given up when it does not move', async () => {
    const texts = { 'users-1.ndjson': '', 'users-2.ndjson': '{"pid":"1"}', 'users-3.ndjson': '{"pid":-1}' };
    const outputs = Object.entries(texts).map(async ([output, text]) => {
      mkdirSync(path(`${output}.partial.lock`));
      writeFileSync(path(`${output}.partial.lock`, 'its.json'), text);
      return tenant.run([tenant.parameters(), ...ALL, '--output', output, '--resume']);
    });
    expect((await Promise.all(outputs)).map(({ status }) => status)).toEqual([0, 0, 0]);
    expect(files()).toEqual(Object.keys(texts));
  });

  test('a run that lost its lock while it stood still writes nothing more', async () => {
    const first = await startSlow(2_000);
    rmSync(path(`${PARTIAL}.lock`), { recursive: true });
    expect(await first.exited).toBe(2);
    expect(first.output.stderr).toContain('users.ndjson is being written by another run: wait');
    expect(readFileSync(path(PARTIAL), 'utf8').trim().split('\n')).toHaveLength(10);
  });
});

test('two runs with the same --output, without --resume, write a whole file each; one of them stays', async () => {
  const ended = await Promise.all([
    tenant.run([tenant.parameters(), ...ALL, '--output', 'users.ndjson']),
    tenant.run([tenant.parameters(), ...ALL, '--output', 'users.ndjson']),
  ]);
  expect(ended.map(({ status }) => status)).toEqual([0, 0]);
  expect([written(), files()]).toEqual([whole, ['users.ndjson']]);
});

describe('the lock', () => {
  const DEAD = { pid: 2 ** 22 + 1, host: 'here', since: '2026-11-25T04:15:00Z' };

  test('is taken by exactly one of many that find a dead run at the same moment', async () => {
    const folder = path('users.lock');
    for (let round = 0; round < 25; round += 1) {
      const own = await takeLock(folder, () => undefined);
      const [name = ''] = readdirSync(folder);
      const { place } = JSON.parse(readFileSync(join(folder, name), 'utf8')) as { place: string };
      writeFileSync(join(folder, name), JSON.stringify({ ...DEAD, place }));
      const ended = await Promise.allSettled(
        Array.from({ length: 12 }, () => takeLock(folder, () => undefined)),
      );
      const taken = ended.filter((one) => one.status === 'fulfilled');
      expect(taken).toHaveLength(1);
      expect(
        ended.filter((one) => one.status === 'rejected' && !(one.reason instanceof LockedError)),
      ).toEqual([]);
      own.release();
      expect(readdirSync(folder)).toHaveLength(1);
      taken[0]?.value.release();
      expect(files()).toEqual([]);
    }
  });

  test('of a run that took it while the one before was found dead stays where it is', async () => {
    const folder = path('users.lock');
    const own = await takeLock(folder, () => undefined);
    const [name = ''] = readdirSync(folder);
    const living = readFileSync(join(folder, name), 'utf8');
    writeFileSync(join(folder, name), JSON.stringify({ ...DEAD, place: 'elsewhere' }));
    const replace = () => {
      rmSync(join(folder, name));
      writeFileSync(join(folder, 'another.json'), living);
    };
    await expect(takeLock(folder, replace)).rejects.toThrow(LockedError);
    expect(readdirSync(folder)).toEqual(['another.json']);
    rmSync(join(folder, 'another.json'));
    own.release();
  });
});
