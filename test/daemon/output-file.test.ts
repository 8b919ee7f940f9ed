import { spawn } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  cpSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { builtProgram } from '../support/terminal.ts';
import { until } from '../support/until.ts';
import { openTenant, type Run, type Tenant } from './tenant.ts';

const ALL = ['--all', '--top', '10', '--format', 'ndjson', '--quiet'];
const NOBODY = 65_534;

let tenant: Tenant;
let whole: string;
beforeAll(async () => {
  tenant = await openTenant({ users: 20 });
  chmodSync(tenant.folder, 0o755);
  whole = (await tenant.run([tenant.parameters(), ...ALL])).stdout;
});
beforeEach(() => {
  tenant.emulator.reset();
  for (const name of files('users')) rmSync(path(name), { recursive: true });
});
afterAll(() => tenant.close());

const path = (...names: string[]) => join(tenant.folder, ...names);
const files = (start: string, ...folder: string[]) =>
  readdirSync(path(...folder)).filter((name) => name.startsWith(start));
const modeOf = (...names: string[]) => (statSync(path(...names)).mode & 0o7777).toString(8);
const write = (output: string, ...more: string[]) =>
  tenant.run([tenant.parameters(), ...ALL, '--output', output, ...more]);
const written = (...names: string[]) => readFileSync(path(...names), 'utf8') === whole;
/** Runs the daemon from a shell that has set something up before. */
const shell = (before: string, ...daemonArguments: string[]): Promise<Run> => {
  const environment = { PATH: process.env.PATH ?? '', NODE_EXTRA_CA_CERTS: tenant.tls.certificateFile };
  const command = `${before} ${builtProgram('daemon')} ${daemonArguments.join(' ')}`;
  const child = spawn('sh', ['-c', command], { cwd: tenant.folder, env: environment });
  const run = { status: -1, stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => {
    run.stdout += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    run.stderr += chunk.toString();
  });
  return new Promise((resolve) => child.once('close', (status) => resolve({ ...run, status: status ?? -1 })));
};

describe('an unfinished file', () => {
  test.each([
    ['with --output', []],
    ['with --resume', ['--resume']],
  ])('%s is its owner’s alone, from the first byte, and so is all beside it', async (_name, more) => {
    writeFileSync(path('users.ndjson'), 'of yesterday');
    chmodSync(path('users.ndjson'), 0o666);
    tenant.fault('users', { kind: 'delay', ms: 300 });
    const run = shell('umask 0;', tenant.parameters(), ...ALL, '--output users.ndjson', ...more);
    await until(() => tenant.asked(/\/v1\.0\/users$/).length === 1);
    tenant.fault('users', { kind: 'delay', ms: 300 });
    const modes = new Map<string, string>();
    const look = () => {
      for (const name of files('users.ndjson.')) modes.set(kindOf(name), modeOf(name));
      for (const name of files('users.ndjson.partial.lock')) {
        for (const file of files('', name)) modes.set('lock file', modeOf(name, file));
      }
      return tenant.asked(/\/v1\.0\/users$/).length === 2;
    };
    await until(look);
    look();
    expect(Object.fromEntries(modes)).toEqual({
      partial: '600',
      ...(more.length > 0 ? { bookmark: '600', lock: '700', 'lock file': '600' } : {}),
    });
    expect((await run).status).toBe(0);
    expect([modeOf('users.ndjson'), written('users.ndjson')]).toEqual(['666', true]);
  });

  test('of an earlier version, which others could read, is closed to them before more is written', async () => {
    tenant.fault('users', { kind: 'delay', ms: 100 });
    const interrupted = write('users.ndjson', '--resume');
    await until(() => tenant.asked(/\/v1\.0\/users$/).length === 1);
    tenant.fault('users', { kind: 'status', status: 501 });
    expect((await interrupted).status).toBe(5);
    chmodSync(path('users.ndjson.partial'), 0o644);
    tenant.fault('users', { kind: 'status', status: 501 });
    expect((await write('users.ndjson', '--resume')).status).toBe(5);
    expect(modeOf('users.ndjson.partial')).toBe('600');
  });
});

describe('--output', () => {
  test.each([
    ['022', '644'],
    ['027', '640'],
    ['000', '666'],
    ['077', '600'],
  ])('gives a new file what the umask %s gives one', async (umask, mode) => {
    for (const more of [[], ['--resume']]) {
      rmSync(path('users.ndjson'), { force: true });
      const output = ['--output users.ndjson', ...more];
      expect((await shell(`umask ${umask};`, tenant.parameters(), ...ALL, ...output)).status).toBe(0);
      expect([modeOf('users.ndjson'), written('users.ndjson')]).toEqual([mode, true]);
    }
  });

  test('keeps owner, group and permissions, and never a bit that would run the file as somebody', async () => {
    const isRoot = process.getuid?.() === 0;
    const uid = isRoot ? NOBODY : (process.getuid?.() ?? 0);
    const gid = isRoot ? NOBODY : (process.getgroups?.().at(-1) ?? 0);
    for (const more of [[], ['--resume']]) {
      writeFileSync(path('users.ndjson'), 'of yesterday');
      chownSync(path('users.ndjson'), uid, gid);
      chmodSync(path('users.ndjson'), 0o6640);
      expect(await write('users.ndjson', ...more)).toMatchObject({ status: 0, stderr: '' });
      const { uid: owner, gid: group } = statSync(path('users.ndjson'));
      expect([owner, group, modeOf('users.ndjson')]).toEqual([uid, gid, '640']);
      expect(written('users.ndjson')).toBe(true);
    }
  });

  test('that cannot keep a group gives no other one its permissions, and says so', async () => {
    if (process.getuid?.() !== 0) return; // nobody else can make such a file
    mkdirSync(path('users'));
    chownSync(path('users'), NOBODY, NOBODY);
    writeFileSync(path('users', 'list.ndjson'), 'of yesterday');
    chmodSync(path('users', 'list.ndjson'), 0o664);
    const parameters = tenant.parameters();
    chmodSync(parameters, 0o644);
    // Where they may read it: this project may lie in a folder of root's alone.
    cpSync('dist/main', path('app', 'dist', 'main'), { recursive: true });
    cpSync('package.json', path('app', 'package.json'));
    const asNobody = `exec setpriv --reuid ${NOBODY} --regid ${NOBODY} --clear-groups`;
    const command = `${asNobody} ${process.execPath} ${path('app', 'dist', 'main', 'daemon.js')}`;
    const run = await shell(
      `${command} ${parameters} --all --output users/list.ndjson --format ndjson; exit $?;`,
    );
    expect(run.status).toBe(0);
    expect(run.stderr).toContain("list.ndjson belonged to another user, and is this user's now");
    expect(run.stderr).toContain('list.ndjson belonged to a group that this user is not in');
    expect([modeOf('users', 'list.ndjson'), written('users', 'list.ndjson')]).toEqual(['604', true]);
    expect(statSync(path('users', 'list.ndjson')).uid).toBe(NOBODY);
  });

  test.each([
    ['to a file', (target: string) => writeFileSync(target, 'of yesterday')],
    ['to a file that is not there yet', () => undefined],
  ])('follows a link %s, over another link and folder, and the links stay', async (_name, make) => {
    for (const more of [[], ['--resume']]) {
      rmSync(path('users'), { recursive: true, force: true });
      mkdirSync(path('users', 'deep'), { recursive: true });
      for (const link of ['users.link', 'users.first']) rmSync(path(link), { force: true });
      symlinkSync('users.link', path('users.first'));
      symlinkSync('users/deep/../list.ndjson', path('users.link'));
      make(path('users', 'list.ndjson'));
      expect((await write('users.first', ...more)).status).toBe(0);
      expect([readlinkSync(path('users.first')), readlinkSync(path('users.link'))]).toEqual([
        'users.link',
        'users/deep/../list.ndjson',
      ]);
      expect(lstatSync(path('users', 'list.ndjson')).isFile()).toBe(true);
      expect([written('users', 'list.ndjson'), files('list', 'users')]).toEqual([true, ['list.ndjson']]);
    }
  });

  test.each([
    ['a link to itself', () => symlinkSync('users.ndjson', path('users.ndjson'))],
    ['a link to a folder', () => symlinkSync('.', path('users.ndjson'))],
    ['a link into a folder that is not there', () => symlinkSync('no/users', path('users.ndjson'))],
    ['a link to a device', () => symlinkSync('/dev/null', path('users.ndjson'))],
    ['a link to standard output', () => symlinkSync('/dev/stdout', path('users.ndjson'))],
  ])('that is %s is refused, and nothing is asked', async (_name, make) => {
    make();
    for (const more of [[], ['--resume']]) {
      const { status, stderr } = await write('users.ndjson', ...more);
      expect({ status, lines: stderr.trim().split('\n').length }).toEqual({ status: 2, lines: 1 });
      expect(stderr).toMatch(/^--output users\.ndjson (is no regular file|cannot be written \([A-Z]+\))/);
    }
    expect(tenant.asked(/token$/)).toEqual([]);
  });
});

/** The random part of a name left out. */
function kindOf(name: string): string {
  if (/\.lock$/.test(name)) return 'lock';
  return /\.json(\.[\da-f]+\.new)?$/.test(name) ? 'bookmark' : name.replace(/^.*\./, '');
}
