import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { DatabaseSync } from '@photostructure/sqlite';
import fc from 'fast-check';
import {
  openSqliteRecords,
  type SqliteRecords,
  type SqliteRecordsOptions,
} from '../../src/sessions/store/sqlite/sqlite-records.ts';
import { PATIENT_MS, until } from '../support/until.ts';
import { describeRecordsContract } from './records-contract.ts';

const MIB = 1_048_576;
const MINUTE_MS = 60_000;

let folder = '';
let data = '';
let warnings: string[] = [];
let opened: SqliteRecords[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sqlite-records-'));
  data = join(folder, 'data');
  warnings = [];
});

afterEach(async () => {
  for (const records of opened) await records.close();
  opened = [];
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

const file = (): string => join(data, 'sessions.sqlite');
const claimsKept = (): unknown => {
  const database = new DatabaseSync(file());
  const { kept } = database.prepare('SELECT count(*) AS kept FROM claims').get();
  database.close();
  return kept;
};
const inOneHour = (): number => Date.now() + 3_600_000;
const record = (groups: string[] = []) => ({ session: 's', tokens: 't', expiresAtMs: inOneHour(), groups });
const outcome = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'done',
    ({ code, status, detail }) => ({ code, status, detail }),
  );

describeRecordsContract({
  // no sweep: what expires has to count as absent while it is still there
  open: (now) => open({ now, sweepPauses: { batchMs: MINUTE_MS, roundMs: MINUTE_MS } }),
});

describe('sqlite records', () => {
  test('keep sessions over a restart, in a folder and files for this user only', async () => {
    const before = await open();
    await before.create('a', record(['g']));
    const modes = readdirSync(data).map((name) => [name, statSync(join(data, name)).mode & 0o777]);
    expect(Object.fromEntries(modes)).toEqual({
      'sessions.sqlite': 0o600,
      'sessions.sqlite-shm': 0o600,
      'sessions.sqlite-wal': 0o600,
    });
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
    const closed = { code: 'store_unavailable', status: 503, detail: 'sqlite: the store is closed' };
    expect(await outcome(records.read('a', 'session'))).toEqual(closed);
    expect(await outcome(records.create('a', record()))).toEqual(closed);
    expect(await outcome(records.check())).toEqual(closed);
  });

  test('close behind the writes that are under way, again and again', async () => {
    for (let round = 0; round < 10; round += 1) {
      const records = await open({ sweepPauses: { batchMs: 1, roundMs: 1 } });
      const ids = Array.from({ length: 50 }, (_, n) => `round${round}-${n}`);
      const writes = ids.map((id) => records.create(id, record()));
      const claims = ids.map((id) => records.useOnce(id, inOneHour()));
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
    expect(error).toHaveProperty(
      'message',
      expect.stringMatching(/^DATA_DIR: the session store \S+ in it cannot be opened \([^/]*'DATA_DIR'\)$/),
    );
  });

  test.each([
    ['NFS', 0x6969],
    ['SMB', 0xfe534d42],
    ['SMB', 0x517b],
    ['CIFS', 0xff534d42 - 2 ** 32],
    ['FUSE', 0x65735546],
    ['9P', 0x01021997],
  ])('do not begin on a network file system: %s, %d', async (name, type) => {
    const error = await open({ readFileSystemType: () => type }).catch((caught: Error) => caught);
    expect(error).toMatchObject({
      code: 'configuration',
      problems: [
        `DATA_DIR is on a network file system (${name}), where the session store cannot work: choose a folder on a disk of this machine, or set REDIS_URL`,
      ],
    });
    expect(readdirSync(data)).toEqual([]);
  });

  test('take expired sessions, claims and places in groups out of the file by themselves', async () => {
    let timeMs = Date.now();
    const records = await open({ now: () => timeMs, sweepPauses: { batchMs: 1, roundMs: 1 } });
    const ids = Array.from({ length: 450 }, (_, n) => `id${n}`);
    const tokens = 'x'.repeat(6_000);
    await Promise.all(ids.map((id) => records.create(id, { ...record(['g']), tokens })));
    await Promise.all(ids.map((id) => records.useOnce(id, inOneHour())));
    await records.create('long', { ...record(['g']), expiresAtMs: timeMs + 7_200_001 });
    await records.create('extended', record(['g']));
    await records.replace('extended', 'tokens', 't', 't2', timeMs + 7_200_001);
    const { usedBytes } = await records.size();
    timeMs += 7_200_000;
    await until(async () => {
      return (await records.count()) === 2 && claimsKept() === 0;
    });
    expect(await records.read('extended', 'session')).toBe('s');
    expect(await records.removeGroup('g')).toBe(2);
    expect((await records.size()).usedBytes).toBeLessThan(usedBytes / 10);
  });

  test('stay within their bound: sessions that expire soonest make room, and it is said once', async () => {
    const records = await open({ maxBytes: MIB });
    const tokens = 'x'.repeat(6_000);
    for (let n = 0; n < 600; n += 1) {
      await records.create(`id${n}`, { ...record(), tokens, expiresAtMs: inOneHour() + n });
    }
    expect(await records.size()).toMatchObject({ maxBytes: MIB });
    expect((await records.size()).usedBytes).toBeLessThan(2 * MIB);
    expect(statSync(file()).size).toBeLessThan(4 * MIB);
    expect(await records.read('id599', 'tokens')).toBe(tokens);
    expect(await records.read('id0', 'tokens')).toBeUndefined();
    expect(warnings).toEqual([expect.stringContaining('is full (1048576 bytes)')]);
  });

  test('write the log into the file beside the work, so that it stays small', async () => {
    const records = await open();
    const tokens = 'x'.repeat(6_000);
    let largestLogBytes = 0;
    for (let n = 0; n < 2_000; n += 1) {
      await records.create(`id${n}`, { ...record(), tokens });
      largestLogBytes = Math.max(largestLogBytes, statSync(`${file()}-wal`).size);
      if (n % 32 === 31) await until(() => statSync(file()).size > (n - 128) * tokens.length);
    }
    expect(largestLogBytes).toBeLessThan(16 * MIB);
    expect(warnings).toEqual([]);
  });

  test('a session takes at most 12 KiB on disk at real token sizes', async () => {
    const records = await open();
    const tokens = 'x'.repeat(6_300);
    const before = (await records.size()).usedBytes;
    for (let n = 0; n < 400; n += 1) {
      const id = Buffer.from(`${n} and a name as long as a hash of 32 bytes`)
        .toString('base64url')
        .slice(0, 43);
      await records.create(id, { ...record([`person ${n}`, `sid ${n}`]), session: 'y'.repeat(500), tokens });
    }
    expect(((await records.size()).usedBytes - before) / 400).toBeLessThan(12 * 1_024);
  });

  test('begin nothing new on a nearly full disk, and go on when there is room', async () => {
    let freeBytes = 1_000 * MIB;
    const records = await open({ readFreeBytes: () => freeBytes });
    await records.create('a', record(['g']));
    freeBytes = MIB;
    await until(async () => (await outcome(records.useOnce('x', inOneHour()))) !== 'done');
    expect(await outcome(records.create('b', record()))).toEqual({
      code: 'store_unavailable',
      status: 503,
      detail: 'the disk is nearly full',
    });
    expect(await records.read('b', 'session')).toBeUndefined();
    expect(await records.replace('a', 'tokens', 't', 't2', inOneHour())).toBe(true);
    expect(await records.removeGroup('g')).toBe(1);
    expect(await outcome(records.check())).toBe('done');
    freeBytes = 1_000 * MIB;
    await until(async () => (await outcome(records.create('b', record()))) === 'done');
    expect(warnings).toEqual([expect.stringMatching(/^The disk of .* has 1 MiB left: nobody can sign in/)]);
  });

  test('use the room inside the file where the disk has none', async () => {
    let freeBytes = 1_000 * MIB;
    const records = await open({ readFreeBytes: () => freeBytes });
    const ids = Array.from({ length: 900 }, (_, n) => `id${n}`);
    await Promise.all(ids.map((id) => records.create(id, { ...record(['g']), tokens: 'x'.repeat(6_000) })));
    freeBytes = 0;
    await until(async () => (await outcome(records.useOnce('x', inOneHour()))) !== 'done');
    await records.removeGroup('g');
    await until(async () => (await outcome(records.create('b', record()))) === 'done');
  });

  test('go on in a new file where somebody removed the folder', async () => {
    const records = await open();
    await records.create('a', record());
    rmSync(data, { recursive: true });
    await until(async () => (await records.read('a', 'session')) === undefined);
    await records.create('b', record());
    expect(readdirSync(data)).toContain('sessions.sqlite');
    expect(await (await open()).read('b', 'session')).toBe('s');
  });

  test('say in time that nothing can be written, and that it can again', async () => {
    const records = await open({ operationTimeoutMs: 100 });
    const other = new DatabaseSync(file());
    other.exec('BEGIN IMMEDIATE');
    const busy = { code: 'store_unavailable', status: 503, detail: 'sqlite: database is locked' };
    expect(await outcome(records.check())).toEqual(busy);
    expect(await outcome(records.create('a', record()))).toEqual(busy);
    expect(await outcome(records.read('a', 'session'))).toBe('done');
    other.exec('ROLLBACK');
    other.close();
    await until(async () => (await outcome(records.check())) === 'done');
  });
});

describe('a damaged file of sqlite', () => {
  const IDS = Array.from({ length: 300 }, (_, n) => `id${n}`);

  async function fill(): Promise<void> {
    const records = await open();
    await Promise.all(IDS.map((id) => records.create(id, { ...record(['g']), tokens: 'x'.repeat(6_000) })));
    await Promise.all(IDS.slice(0, 50).map((id) => records.remove(id)));
    await records.close();
  }

  /** Uses all of the store: whatever SQLite could stumble over it does here. */
  async function useAll(records: SqliteRecords): Promise<void> {
    await Promise.all(IDS.map((id) => records.read(id, 'tokens')));
    await Promise.all(IDS.map((id) => records.create(`new-${id}`, record(['g']))));
    await records.removeGroup('g');
    await Promise.all(IDS.map((id) => records.remove(id)));
  }

  const movedAside = (): string[] =>
    readdirSync(data).filter((name) => /\.damaged-[^-]+-..-..T\S*Z$/.test(name));
  const saidSo = expect.stringMatching(
    /^The session store \S+ was damaged \(.+\)\. It was moved to \S+, and there is a new one: everybody who was/,
  );

  test.each([
    ['is full of junk', (bytes: Buffer) => Buffer.alloc(bytes.length, 'junk')],
    ['is zeroed', (bytes: Buffer) => Buffer.alloc(bytes.length)],
    ['is cut in half', (bytes: Buffer) => bytes.subarray(0, bytes.length / 2)],
    ['is cut to a few bytes', (bytes: Buffer) => bytes.subarray(0, 100)],
    ['is another file', () => Buffer.from('{"hello":"world"}')],
    [
      'has junk behind its header',
      (bytes: Buffer) => Buffer.alloc(bytes.length, 'junk').fill(bytes.subarray(0, 8_192), 0, 8_192),
    ],
  ])('that %s is moved aside and said so, and there is a new one', async (_what, damaged) => {
    await fill();
    writeFileSync(file(), damaged(readFileSync(file())));
    const records = await open();
    expect(await records.count()).toBe(0);
    await useAll(records);
    expect(warnings).toEqual([saidSo]);
    expect(movedAside()).toHaveLength(1);
  });

  test.each([
    ['tables of another version', 'PRAGMA user_version = 99'],
    ['other tables', 'DROP TABLE tokens; DROP TABLE places'],
  ])('that holds %s is moved aside too', async (_what, sql) => {
    await fill();
    const database = new DatabaseSync(file());
    database.exec(sql);
    database.close();
    expect(await (await open()).count()).toBe(0);
    expect(warnings).toEqual([saidSo]);
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

  test('that is damaged while it is used is moved aside by one and left by all', async () => {
    const [one, other] = [await open(), await open()];
    const tokens = 'x'.repeat(6_000);
    await Promise.all(IDS.map((id) => one.create(id, { ...record(['g']), tokens })));
    await one.close();
    writeFileSync(file(), Buffer.alloc(statSync(file()).size, 'junk'));
    const third = await open();
    await until(async () => {
      await third.create('a', record());
      return (
        (await outcome(other.read('a', 'session'))) === 'done' && (await other.read('a', 'session')) === 's'
      );
    });
    await other.create('b', record());
    expect(await third.read('b', 'session')).toBe('s');
    expect(movedAside()).toHaveLength(1);
  });

  test('that is empty counts as new', async () => {
    mkdirSync(data);
    writeFileSync(file(), '');
    expect(await (await open()).count()).toBe(0);
    expect(warnings).toEqual([]);
  });
});
