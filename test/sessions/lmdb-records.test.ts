import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  type LmdbRecords,
  type LmdbRecordsOptions,
  openLmdbRecords,
} from '../../src/sessions/store/lmdb-records.ts';
import { BUSY_MS, PATIENT_MS, until } from '../support/until.ts';
import type { Asked } from './lmdb-process.ts';
import { describeRecordsContract } from './records-contract.ts';

let folder = '';
let data = '';
let warnings: string[] = [];
let opened: LmdbRecords[] = [];
let children: ChildProcess[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lmdb-records-'));
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

async function open(options: Partial<LmdbRecordsOptions> = {}): Promise<LmdbRecords> {
  const records = await openLmdbRecords({
    folder: data,
    onWarning: (message) => warnings.push(message),
    operationTimeoutMs: PATIENT_MS,
    ...options,
  });
  opened.push(records);
  return records;
}

async function startProcess(): Promise<ChildProcess> {
  const child = fork('test/sessions/lmdb-process.ts', [data], { execArgv: ['--import', 'tsx'] });
  children.push(child);
  expect((await once(child, 'message'))[0]).toBe('ready');
  return child;
}

/** What the process answers; it must not end instead. */
function ask(child: ChildProcess, asked: Asked): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const onEnd = (status: unknown) =>
      reject(new Error(`the process ended with ${status}, not with an answer`));
    child.once('exit', onEnd);
    child.once('message', (message: { answer?: unknown; error?: string }) => {
      child.off('exit', onEnd);
      if ('answer' in message) resolve(message.answer);
      else reject(new Error(message.error));
    });
    child.send(asked);
  });
}

const MIB = 1_048_576;
const MINUTE_MS = 60_000;
const inOneHour = (): number => Date.now() + 3_600_000;
const record = (groups: string[] = []) => ({ session: 's', tokens: 't', expiresAtMs: inOneHour(), groups });

describeRecordsContract({
  // no sweep: what expires has to count as absent while it is still there
  open: (now) => open({ now, sweepPauses: { batchMs: MINUTE_MS, roundMs: MINUTE_MS } }),
});

describe('lmdb records', () => {
  test('keep sessions over a restart, in a folder for this user only', async () => {
    const before = await open();
    await before.create('a', record(['g']));
    await before.close();
    const after = await open();
    expect(await after.read('a', 'tokens')).toBe('t');
    expect(await after.removeGroup('g')).toBe(1);
    expect(statSync(data).mode & 0o777).toBe(0o700);
    expect(warnings).toEqual([]);
  });

  test('refuse to work once closed', async () => {
    const records = await open();
    await records.close();
    await expect(records.read('a', 'session')).rejects.toMatchObject({
      code: 'store_unavailable',
      status: 503,
    });
    await expect(records.create('a', record())).rejects.toMatchObject({ code: 'store_unavailable' });
  });

  test('close behind the writes that are under way, again and again', async () => {
    for (let round = 0; round < 10; round += 1) {
      const records = await open({ sweepPauses: { batchMs: 1, roundMs: 1 } });
      const ids = Array.from({ length: 50 }, (_, n) => `round${round}-${n}`);
      const writes = ids.map((id) => records.create(id, record()));
      const claims = ids.map((id) => records.claim(id, inOneHour()));
      await records.close();
      await Promise.all([...writes, ...claims]);
      const again = await open();
      for (const id of ids) expect(await again.read(id, 'session')).toBe('s');
      await again.close();
    }
  });

  test('say which setting is wrong where the folder cannot be used', async () => {
    writeFileSync(data, 'a file');
    const error = await open().catch((caught: Error) => caught);
    expect(error).toHaveProperty('code', 'configuration');
    expect(error).toHaveProperty('message', expect.stringMatching(/^DATA_DIR: /));
  });

  test('take expired sessions, claims and places in groups out of the file by themselves', async () => {
    let timeMs = Date.now();
    const records = await open({ now: () => timeMs, sweepPauses: { batchMs: 1, roundMs: 1 } });
    const ids = Array.from({ length: 450 }, (_, n) => `id${n}`);
    await Promise.all(ids.map((id) => records.create(id, record(['g']))));
    await Promise.all(ids.map((id) => records.claim(id, inOneHour())));
    await records.create('long', { ...record(['g']), expiresAtMs: timeMs + 7_200_001 });
    await records.create('extended', record(['g']));
    await records.replace('extended', 'tokens', 't', 't2', timeMs + 7_200_001);
    const { usedBytes } = await records.stats();
    timeMs += 7_200_000;
    await until(async () => {
      const { sessions, claims } = await records.stats();
      return sessions === 2 && claims === 0;
    });
    expect(await records.read('extended', 'session')).toBe('s');
    expect(await records.removeGroup('g')).toBe(2);
    expect((await records.stats()).usedBytes).toBeLessThan(usedBytes / 10);
  });

  test('stay within their bound: sessions that expire soonest make room, and it is said once', async () => {
    const records = await open({ maxBytes: 1_048_576 });
    const tokens = 'x'.repeat(6_000);
    for (let n = 0; n < 600; n += 1) {
      await records.create(`id${n}`, { ...record(), tokens, expiresAtMs: inOneHour() + n });
    }
    expect(await records.stats()).toMatchObject({ maxBytes: 1_048_576 });
    expect((await records.stats()).usedBytes).toBeLessThan(2 * 1_048_576);
    expect((await records.stats()).fileBytes).toBeLessThan(4 * 1_048_576);
    expect(await records.read('id599', 'tokens')).toBe(tokens);
    expect(await records.read('id0', 'tokens')).toBeUndefined();
    expect(warnings).toEqual([expect.stringContaining('is full (1048576 bytes)')]);
  });

  test('a session takes at most 12 KiB on disk at real token sizes', async () => {
    const records = await open();
    const tokens = 'x'.repeat(6_300);
    const before = (await records.stats()).usedBytes;
    for (let n = 0; n < 400; n += 1) {
      const id = Buffer.from(`${n} and a name as long as a hash of 32 bytes`)
        .toString('base64url')
        .slice(0, 43);
      await records.create(id, { ...record([`person ${n}`, `sid ${n}`]), session: 'y'.repeat(500), tokens });
    }
    expect(((await records.stats()).usedBytes - before) / 400).toBeLessThan(12 * 1_024);
  });
});

describe('lmdb records of several processes', () => {
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

  test('of two that replace the same tokens none loses a write', async () => {
    const records = await open();
    await records.create('a', { ...record(), tokens: '0' });
    const processes = await Promise.all([startProcess(), startProcess()]);
    await Promise.all(processes.map((child) => ask(child, { does: 'replaceAll', id: 'a' })));
    expect(await records.read('a', 'tokens')).toBe('200');
  });

  test('say so on a full disk, and go on', async () => {
    const program = "trap '' XFSZ; ulimit -f 4000; exec node --import tsx test/sessions/lmdb-process.ts";
    const stdio = ['ignore', 'ignore', 'ignore', 'ipc'] as const;
    const child = spawn('sh', ['-c', `${program} "$0"`, data], { stdio: [...stdio] });
    children.push(child);
    expect((await once(child, 'message'))[0]).toBe('ready');
    expect(await ask(child, { does: 'fillDisk', id: 'a' })).toMatchObject({
      failed: { code: 'store_unavailable' },
      next: { code: 'store_unavailable', detail: 'a write failed a moment ago' },
    });
    expect(await ask(child, { does: 'read', id: 'never' })).toBeNull();
    const records = await open();
    expect(await records.count()).toBeGreaterThanOrEqual(0);
    expect(warnings).toEqual([]);
  });

  test('begin no write that might not find room on the disk, and go on when there is room', async () => {
    let freeBytes = 1_000 * MIB;
    const records = await open({ readFreeBytes: () => freeBytes });
    await records.create('a', record());
    freeBytes = 8 * MIB;
    await untilRefused(() => records.claim('x', inOneHour()));
    await expect(records.create('b', record())).rejects.toMatchObject({
      code: 'store_unavailable',
      status: 503,
    });
    expect(await records.read('b', 'session')).toBeUndefined();
    expect(await records.replace('a', 'tokens', 't', 't2', inOneHour())).toBe(true);
    freeBytes = 0;
    await untilRefused(() => records.remove('nobody'));
    await expect(records.replace('a', 'tokens', 't2', 't3', inOneHour())).rejects.toMatchObject({
      code: 'store_unavailable',
    });
    await expect(records.removeGroup('g')).rejects.toMatchObject({ code: 'store_unavailable' });
    expect(await records.count()).toBe(1);
    freeBytes = 1_000 * MIB;
    await until(() => isDone(records.create('b', record())));
    expect(warnings).toEqual([expect.stringMatching(/^The disk of .* has 8 MiB left: nobody can sign in/)]);
  });

  test('leave expired sessions where they are while the disk is full', async () => {
    let timeMs = Date.now();
    let freeBytes = 1_000 * MIB;
    let looks = 0;
    const records = await open({
      now: () => timeMs,
      sweepPauses: { batchMs: 1, roundMs: 1 },
      readFreeBytes() {
        looks += 1;
        return freeBytes;
      },
    });
    await records.create('a', record());
    freeBytes = 0;
    await untilRefused(() => records.remove('nobody'));
    timeMs += 7_200_000;
    const before = looks;
    await until(() => looks >= before + 3);
    expect(await records.count()).toBe(1);
    freeBytes = 1_000 * MIB;
    await until(async () => (await records.count()) === 0);
  });

  test('lose nothing that was resolved when one of them is killed', async () => {
    const records = await open();
    for (let round = 0; round < 3; round += 1) {
      const child = await startProcess();
      const resolved: string[] = [];
      child.on('message', (id) => resolved.push(String(id)));
      child.send({ does: 'createForEver', id: `round${round} ` });
      await until(() => resolved.length > 20 * (round + 1));
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
});

const isDone = (write: Promise<unknown>): Promise<boolean> =>
  write.then(
    () => true,
    () => false,
  );

const untilRefused = (write: () => Promise<unknown>): Promise<void> =>
  until(async () => !(await isDone(write())));

/** Stops the process at one moment after another until it is one within a transaction, so that writes must wait. */
async function untilStoppedInTransaction(child: ChildProcess, records: LmdbRecords): Promise<void> {
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

describe('a damaged lmdb file', () => {
  const IDS = Array.from({ length: 300 }, (_, n) => `id${n}`);
  const file = (): string => join(data, 'sessions.mdb');

  async function fill(): Promise<void> {
    const records = await open();
    await Promise.all(IDS.map((id) => records.create(id, { ...record(['g']), tokens: 'x'.repeat(6_000) })));
    await Promise.all(IDS.slice(0, 50).map((id) => records.remove(id)));
    await records.close();
  }

  /** Uses all of the store: whatever lmdb could stumble over it does here. */
  async function useAll(records: LmdbRecords): Promise<void> {
    await Promise.all(IDS.map((id) => records.read(id, 'tokens')));
    await Promise.all(IDS.map((id) => records.create(`new-${id}`, record(['g']))));
    await records.removeGroup('g');
    await Promise.all(IDS.map((id) => records.remove(id)));
  }

  test.each([
    ['is full of junk', (bytes: Buffer) => Buffer.alloc(bytes.length, 'junk')],
    ['is zeroed', (bytes: Buffer) => Buffer.alloc(bytes.length)],
    ['is cut in half', (bytes: Buffer) => bytes.subarray(0, bytes.length / 2)],
    ['is cut to a few bytes', (bytes: Buffer) => bytes.subarray(0, 100)],
    [
      'has junk behind its header',
      (bytes: Buffer) => Buffer.alloc(bytes.length, 'junk').fill(bytes.subarray(0, 8_192), 0, 8_192),
    ],
  ])('that %s is moved aside, said so, and begun anew', async (_what, damaged) => {
    await fill();
    writeFileSync(file(), damaged(readFileSync(file())));
    const records = await open();
    expect(await records.count()).toBe(0);
    await useAll(records);
    expect(warnings).toEqual([
      expect.stringMatching(/was damaged \(.+\)\. It was moved to .+ and begun anew/),
    ]);
    expect(readdirSync(data).filter((name) => name.includes('.damaged-'))).toHaveLength(1);
  });

  test('in whichever page never ends the process', async () => {
    await fill();
    const sound = readFileSync(file());
    const pages = sound.length / 4_096;
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: pages - 1 }),
        fc.uint8Array({ minLength: 64, maxLength: 64 }),
        async (page, junk) => {
          for (const name of readdirSync(data)) rmSync(join(data, name));
          const bytes = Buffer.from(sound).fill(junk, page * 4_096, (page + 1) * 4_096);
          writeFileSync(file(), bytes);
          const records = await open();
          await useAll(records);
          await records.close();
        },
      ),
      { numRuns: 15, seed: 6 },
    );
  });

  test('that is empty counts as new', async () => {
    await fill();
    writeFileSync(file(), '');
    expect(await (await open()).count()).toBe(0);
    expect(warnings).toEqual([]);
  });

  test('a sound file that another process writes meanwhile is never taken for damaged', async () => {
    const child = await startProcess();
    child.send({ does: 'createForEver', id: 'busy' });
    for (let n = 0; n < 30; n += 1) await (await open()).close();
    expect(warnings).toEqual([]);
    expect(existsSync(file())).toBe(true);
  });
});
