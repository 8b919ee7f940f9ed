import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { readConfig } from '../../src/config/config.ts';
import { hasPrivateFolder, prepareDataFolder } from '../../src/data-folder.ts';
import { ConfigurationError } from '../../src/errors.ts';
import { readKeptSecret } from '../../src/main/kept-secret.ts';
import { openRecords } from '../../src/main/records.ts';
import { openEmbeddedStore } from '../../src/sessions/store/sqlite/index.ts';
import { readTextFile } from '../../src/text-file.ts';

/** Debian's `nobody`. */
const SOMEBODY_ELSE = 65_534;

let folder: string;
let data: string;
let warnings: string[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'data-folder-'));
  data = join(folder, 'data');
  warnings = [];
});
afterEach(() => {
  spawnSync('umount', [join(folder, 'share')]);
  rmSync(folder, { recursive: true, force: true });
});

const own = (name = ''): string => join(data, 'private', name);
const modeOf = (path: string): string => (lstatSync(path).mode & 0o777).toString(8);

/** What a start does with the folder, and an end. */
async function useFolder(): Promise<void> {
  prepareDataFolder(data);
  const config = readConfig({ DATA_DIR: data });
  const records = await openRecords(config, (message) => warnings.push(message));
  await records.check();
  await records.close();
}

/** What a start that is refused says. */
async function refusal(): Promise<string> {
  const error = await useFolder().catch((caught: unknown) => caught);
  expect(error).toHaveProperty('problems', [expect.any(String)]);
  return (error as ConfigurationError).message;
}

describe('what the app keeps', () => {
  test('is for its user alone, in a folder that everybody may write', async () => {
    mkdirSync(data);
    chmodSync(data, 0o777);
    await useFolder();
    expect([modeOf(own()), readdirSync(data)]).toEqual(['700', ['private']]);
    expect(modeOf(own('sessions.sqlite'))).toBe('600');
    expect(warnings).toEqual([]);
  });

  test('becomes so again where a group got rights, and is kept', async () => {
    await useFolder();
    const { ino } = lstatSync(own('sessions.sqlite'));
    writeFileSync(own('session-secret'), 'secret');
    chmodSync(own(), 0o2770);
    for (const name of readdirSync(own())) chmodSync(own(name), 0o664);
    await useFolder();
    const modes = [own(), own('session-secret'), own('sessions.sqlite')].map(modeOf);
    expect(modes).toEqual(['700', '600', '600']);
    expect(lstatSync(own('sessions.sqlite')).ino).toBe(ino);
  });

  test('is looked at without taking away the locks of a store that this process has open', async () => {
    const records = await openEmbeddedStore(data, (message) => warnings.push(message));
    await records.check();
    const locks = () =>
      ['sessions.sqlite', 'sessions.sqlite-shm'].map((name) => {
        const ofFile = new RegExp(`POSIX.* ${process.pid} [^ ]*:${lstatSync(own(name)).ino} `);
        return readFileSync('/proc/locks', 'utf8')
          .split('\n')
          .filter((line) => ofFile.test(line)).length;
      });
    const before = locks();
    expect(Math.min(...before)).toBeGreaterThan(0);
    prepareDataFolder(data);
    expect(locks()).toEqual(before);
    await records.close();
  });

  test.each(['session-secret', 'sessions.sqlite', 'sessions.sqlite-wal'])(
    'is never written through a link: %s',
    async (name) => {
      await useFolder();
      const target = join(folder, 'of-somebody-else');
      writeFileSync(target, 'theirs');
      rmSync(own(name), { force: true });
      symlinkSync(target, own(name));
      expect(await refusal()).toBe(
        `DATA_DIR: private/${name} in it is a link, which is not followed: remove it`,
      );
      expect(readFileSync(target, 'utf8')).toBe('theirs');
    },
  );

  test('is never written through a link that leads nowhere', async () => {
    await useFolder();
    rmSync(own('sessions.sqlite'));
    symlinkSync(join(folder, 'nowhere'), own('sessions.sqlite'));
    expect(await refusal()).toMatch(/^DATA_DIR: private\/sessions\.sqlite in it is a link/);
    expect(existsSync(join(folder, 'nowhere'))).toBe(false);
  });

  test('is not put into another folder through a link', async () => {
    mkdirSync(data);
    mkdirSync(join(folder, 'elsewhere'));
    symlinkSync(join(folder, 'elsewhere'), own());
    expect(await refusal()).toBe('DATA_DIR: private in it is a link, which is not followed: remove it');
    expect(readdirSync(join(folder, 'elsewhere'))).toEqual([]);
  });

  test('may be in a folder that DATA_DIR leads to by a link', async () => {
    mkdirSync(join(folder, 'volume'));
    symlinkSync(join(folder, 'volume'), data);
    await useFolder();
    expect(readdirSync(join(folder, 'volume', 'private'))).toContain('sessions.sqlite');
  });

  test.each(['', 'session-secret', 'sessions.sqlite'])(
    'is refused where it is of another user: private/%s',
    async (name) => {
      await useFolder();
      if (name === 'session-secret') writeFileSync(own(name), 'secret');
      chownSync(own(name), SOMEBODY_ELSE, SOMEBODY_ELSE);
      expect(await refusal()).toBe(
        `DATA_DIR: ${name === '' ? 'private' : `private/${name}`} in it belongs to user nobody: run this as user nobody`,
      );
    },
  );

  test.each([0o777, 0o703, 0o707])(
    'is refused where everybody might have written it: mode %o',
    async (mode) => {
      mkdirSync(own(), { recursive: true });
      chmodSync(own(), mode);
      expect(await refusal()).toMatch(
        /^DATA_DIR: private in it may be written by everybody \(7\d\d\): remove it, or set its mode to 700; .* REDIS_URL/,
      );
    },
  );

  test('says who may not write there', () => {
    const forbidden =
      'DATA_DIR must be a folder that this app can write to (EACCES: user nobody may not do so)';
    process.seteuid?.(SOMEBODY_ELSE);
    try {
      for (const use of [prepareDataFolder, hasPrivateFolder, readKeptSecret])
        expect(() => use(data)).toThrow(new ConfigurationError([forbidden]));
      expect(readTextFile(join(folder, 'secret'))).toEqual({
        problem: 'names a file that cannot be read: user nobody may not read it',
      });
    } finally {
      process.seteuid?.(0);
    }
  });

  test('is refused where no folder can ever be made, in time', () => {
    const nowhere = '/proc/nowhere/data';
    expect(() => prepareDataFolder(nowhere)).toThrow(
      expect.objectContaining({
        problems: ['DATA_DIR must be a folder that this app can write to (ENOENT)'],
      }),
    );
  });

  test('is refused where something else is in its place', async () => {
    mkdirSync(data);
    writeFileSync(own(), 'a file');
    expect(await refusal()).toBe('DATA_DIR: private in it is no folder: remove it');
    rmSync(own());
    mkdirSync(own('sessions.sqlite'), { recursive: true });
    expect(await refusal()).toBe('DATA_DIR: private/sessions.sqlite in it is no file: remove it');
  });

  test.each([
    ['which does nothing', ['--perms=0755', '--chmod-ignore']],
    ['which refuses', ['--perms=0755', '--chmod-deny']],
    ['where everybody may write', ['--perms=0777', '--chmod-ignore']],
  ])('is refused on a file share where modes cannot be set, %s', async (_how, options) => {
    share(options);
    expect(await refusal()).toMatch(
      /^DATA_DIR: .*, as on a file share, .* or set REDIS_URL and SESSION_SECRET$/,
    );
    expect(readdirSync(own())).toEqual([]);
  });

  test('is refused on a network file system, where the store cannot work', async () => {
    share([]);
    expect(await refusal()).toBe(
      'DATA_DIR is on a network file system (FUSE), where the session store cannot work: choose a folder on a disk of this machine, or set REDIS_URL',
    );
    expect(readdirSync(own())).toEqual([]);
  });
});

/** Makes DATA_DIR a folder of a file share. */
function share(options: readonly string[]): void {
  for (const name of ['real', 'share']) mkdirSync(join(folder, name));
  const { status, stderr } = spawnSync('bindfs', [...options, join(folder, 'real'), join(folder, 'share')]);
  if (status !== 0) throw new Error(`no file share: ${stderr}`);
  data = join(folder, 'share', 'data');
}

describe('files of the earlier store', () => {
  const EARLIER = [
    'sessions.mdb',
    'sessions.mdb-lock',
    'claims-0f8fad5b-d9cb-469f-a165-70867728950e.mdb',
    'claims-0f8fad5b-d9cb-469f-a165-70867728950e.mdb-lock',
    'sessions.mdb.damaged-2026-11-20T08-00-00.000Z',
    'session-secret',
  ];
  const OTHERS = ['notes.mdb', 'sessions.mdb.backup', 'my-session-secret'];

  function putAll(): void {
    mkdirSync(data, { recursive: true });
    for (const name of [...EARLIER, ...OTHERS]) writeFileSync(join(data, name), name);
  }

  test('are removed once the new one is open, and nothing else is', async () => {
    putAll();
    const target = join(folder, 'of-somebody-else');
    writeFileSync(target, 'theirs');
    rmSync(join(data, 'sessions.mdb'));
    symlinkSync(target, join(data, 'sessions.mdb'));
    linkSync(target, join(data, 'claims-a.mdb'));
    await useFolder();
    expect(readdirSync(data).toSorted()).toEqual([...OTHERS, 'private'].toSorted());
    expect(readFileSync(target, 'utf8')).toBe('theirs');
  });

  test('stay where the new one cannot be opened', async () => {
    putAll();
    mkdirSync(own('sessions.sqlite-wal'), { recursive: true });
    await refusal();
    expect(readdirSync(data).toSorted()).toEqual([...EARLIER, ...OTHERS, 'private'].toSorted());
  });
});
