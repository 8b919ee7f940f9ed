import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  openSqliteRecords,
  type SqliteRecords,
  type SqliteRecordsOptions,
} from '../../src/sessions/store/sqlite/sqlite-records.ts';
import { AS_PROCESS_ONE, onMemoryDisk } from '../support/namespaces.ts';
import { BUSY_MS, PATIENT_MS, until } from '../support/until.ts';
import { ask, startStoreProcess } from './store-process.ts';

let folder = '';
let data = '';
/** Of this process and of those that it started. */
let warnings: unknown[] = [];
let opened: SqliteRecords[] = [];
let children: ChildProcess[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sqlite-processes-'));
  data = join(folder, 'data');
  warnings = [];
});

afterEach(async () => {
  for (const child of children.filter((each) => each.exitCode === null && each.signalCode === null)) {
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  for (const records of opened) await records.close();
  opened = [];
  children = [];
  rmSync(folder, { recursive: true });
});

async function open(options: Partial<SqliteRecordsOptions> = {}): Promise<SqliteRecords> {
  const records = await openSqliteRecords({
    folder: data,
    onWarning: (message) => warnings.push(message),
    operationTimeoutMs: PATIENT_MS,
    ...options,
  });
  opened.push(records);
  return records;
}

/** @param within a command that runs another one, in a namespace for example */
async function startProcess(within: readonly string[] = []): Promise<ChildProcess> {
  const child = await startStoreProcess(data, (message) => warnings.push(message), within);
  children.push(child);
  return child;
}

const inOneHour = (): number => Date.now() + 3_600_000;
const record = (groups: string[] = []) => ({ session: 's', tokens: 't', expiresAtMs: inOneHour(), groups });
const ALL_DONE = {
  create: 'done',
  claim: 'done',
  read: 'done',
  replace: 'done',
  remove: 'done',
  removeGroup: 'done',
  count: 'done',
  check: 'done',
};

describe('sqlite records of several processes', () => {
  test('see each other’s writes at once', async () => {
    const records = await open();
    const child = await startProcess();
    for (let n = 0; n < 50; n += 1) {
      await ask(child, { does: 'create', id: `child${n}` });
      expect(await records.read(`child${n}`, 'session')).toBe(`s child${n}`);
      await records.create(`parent${n}`, record());
      expect(await ask(child, { does: 'read', id: `parent${n}` })).toBe('s');
      await records.remove(`parent${n}`);
      expect(await ask(child, { does: 'read', id: `parent${n}` })).toBeNull();
    }
    expect(await records.removeGroup('g')).toBe(50);
  });

  test('of two that claim the same names each name goes to one', async () => {
    const [first, second] = await Promise.all([startProcess(), startProcess()]);
    const won = await Promise.all([
      ask(first, { does: 'claimAll', id: 'name' }),
      ask(second, { does: 'claimAll', id: 'name' }),
    ]);
    expect(won.flat().toSorted()).toEqual(Array.from({ length: 200 }, (_, n) => `name${n}`).toSorted());
  });

  test('which are each process 1 of a container, none loses a write', async () => {
    const records = await open();
    await records.create('a', { ...record(), tokens: '0' });
    const processes = await Promise.all([startProcess(AS_PROCESS_ONE), startProcess(AS_PROCESS_ONE)]);
    const ids = await Promise.all(processes.map((child) => ask(child, { does: 'processId' })));
    expect(ids).toEqual([1, 1]);
    await Promise.all(processes.map((child) => ask(child, { does: 'replaceAll', id: 'a' })));
    expect(await records.read('a', 'tokens')).toBe('200');
    expect(warnings).toEqual([]);
  });

  test('lose nothing that was resolved when one of them is killed', async () => {
    const records = await open();
    for (let round = 0; round < 3; round += 1) {
      const child = await startProcess();
      const resolved: string[] = [];
      child.on('message', (id) => resolved.push(String(id)));
      child.send({ does: 'createForEver', id: `round${round} ` });
      await until(() => resolved.length > 200 * (round + 1));
      child.kill('SIGKILL');
      await once(child, 'exit');
      for (const id of resolved) {
        expect([await records.read(id, 'session'), await records.read(id, 'tokens')]).toEqual([
          `s ${id}`,
          `t ${id}`,
        ]);
      }
      expect(await records.removeGroup('g')).toBeGreaterThanOrEqual(resolved.length);
    }
    expect(warnings).toEqual([]);
  });

  test('lose nothing that was resolved when all of them are killed', async () => {
    const [one, other] = [await startProcess(), await startProcess()];
    const resolved: string[] = [];
    for (const [name, child] of Object.entries({ one, other })) {
      child.on('message', (id) => resolved.push(String(id)));
      child.send({ does: 'createForEver', id: `${name} ` });
    }
    await until(() => resolved.length > 2_000);
    for (const child of [one, other]) child.kill('SIGKILL');
    await Promise.all([one, other].map((child) => child.exitCode ?? child.signalCode ?? once(child, 'exit')));
    const records = await open();
    for (const id of resolved) expect(await records.read(id, 'tokens')).toBe(`t ${id}`);
    expect(warnings).toEqual([]);
  });

  test('answer in time while another process holds the file, and go on when it lets go', async () => {
    const records = await open({ operationTimeoutMs: 300 });
    const child = await startProcess();
    const messages: unknown[] = [];
    child.on('message', (id) => messages.push(id));
    child.send({ does: 'createForEver', id: 'busy' });
    await until(() => messages.length > 5);
    await untilStoppedInTransaction(child, records);
    expect(await records.read('busy0', 'session')).toBe('s busy0');
    child.kill('SIGKILL');
    await until(() => isDone(records.create('b', record())));
  });

  test('never take a sound file for damaged that another process writes meanwhile', async () => {
    const child = await startProcess();
    child.send({ does: 'createForEver', id: 'busy' });
    for (let n = 0; n < 30; n += 1) await (await open()).close();
    expect(warnings).toEqual([]);
  });
});

describe('sqlite records on a full disk', () => {
  const DISK_MIB = 24;

  test('say so, let people sign out while there is a little room, and go on when there is more', async () => {
    const child = await startProcess(onMemoryDisk(folder, DISK_MIB));
    expect(await ask(child, { does: 'fillDisk', id: 'a' })).toBe(
      'store_unavailable: the disk is nearly full',
    );
    expect(await ask(child, { does: 'useAll', id: 'a' })).toEqual({
      ...ALL_DONE,
      create: 'store_unavailable: the disk is nearly full',
      claim: 'store_unavailable: the disk is nearly full',
    });
    await ask(child, { does: 'takeRest' });
    const full = await ask(child, { does: 'useAll', id: 'a' });
    expect(full).toMatchObject({ read: 'done', count: 'done', create: expect.stringContaining('full') });
    await ask(child, { does: 'giveBack' });
    await ask(child, { does: 'removeAll' });
    await until(async () => (await ask(child, { does: 'create', id: 'b' }).catch(() => 'failed')) === null);
    expect(await ask(child, { does: 'useAll', id: 'a' })).toEqual(ALL_DONE);
    expect(await ask(child, { does: 'read', id: 'b' })).toBe('s b');
    expect(warnings).toEqual([expect.stringMatching(/^The disk of \S+ has \d MiB left: nobody can sign in/)]);
  });

  test('that was taken by others meanwhile lose nothing', async () => {
    const child = await startProcess(onMemoryDisk(folder, DISK_MIB));
    await ask(child, { does: 'create', id: 'a' });
    await ask(child, { does: 'takeRest' });
    await until(async () => (await ask(child, { does: 'create', id: 'b' }).catch(String)) !== null);
    expect(await ask(child, { does: 'read', id: 'a' })).toBe('s a');
    await ask(child, { does: 'giveBack' });
    await until(async () => (await ask(child, { does: 'create', id: 'b' }).catch(String)) === null);
    expect(await ask(child, { does: 'useAll', id: 'a' })).toEqual(ALL_DONE);
  });

  test('within a limit that the file system does not tell of, too', async () => {
    const child = await startProcess(['sh', '-c', 'trap "" XFSZ; ulimit -f 4000; exec "$0" "$@"']);
    expect(await ask(child, { does: 'fillDisk', id: 'a' })).toMatch(/^store_unavailable: sqlite: /);
    expect(await ask(child, { does: 'useAll', id: 'a' })).toMatchObject({ read: 'done', count: 'done' });
    const records = await open();
    expect(await records.count()).toBeGreaterThan(0);
    expect(warnings).toEqual([]);
  });
});

const isDone = (write: Promise<unknown>): Promise<boolean> =>
  write.then(
    () => true,
    () => false,
  );

/** Stops the process at one moment after another until it is one within a transaction, so that writes must wait. */
async function untilStoppedInTransaction(child: ChildProcess, records: SqliteRecords): Promise<void> {
  await until(async () => {
    child.kill('SIGSTOP');
    const start = Date.now();
    const error: unknown = await records.create('a', record()).then(
      () => undefined,
      (caught) => caught,
    );
    if (error === undefined) child.kill('SIGCONT');
    else {
      expect(error).toMatchObject({ code: 'store_unavailable', status: 503, retryAfterSeconds: 2 });
      expect(Date.now() - start).toBeLessThan(300 + BUSY_MS);
    }
    return error !== undefined;
  });
}
