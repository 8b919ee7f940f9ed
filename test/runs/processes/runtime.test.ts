import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startEmulator } from '../../../src/emulator/index.ts';
import { createBrowser } from '../../support/browser.ts';
import { freePort } from '../../support/free-port.ts';
import { readOnlyBut } from '../../support/namespaces.ts';
import { startProgram } from '../../support/program.ts';
import { ADELE } from '../../threats/support/outcome.ts';

let place: string;
let folder: string;
const runtime = (...given: string[]) =>
  spawnSync('sh', ['-c', 'umask 077 && exec "$@"', 'sh', process.execPath, 'scripts/runtime.mjs', ...given], {
    encoding: 'utf8',
  });

beforeAll(() => {
  place = mkdtempSync(join(tmpdir(), 'runtime-'));
  folder = join(place, 'deep', 'app');
  expect(runtime(folder)).toEqual(
    expect.objectContaining({
      status: 0,
      stderr: '',
      stdout: expect.stringMatching(
        `^${folder} is made \\(1\\d MB\\)\\. It starts with: node dist/main/web\\.js\n$`,
      ),
    }),
  );
  execFileSync('chmod', ['755', place]);
});
afterAll(() => rmSync(place, { recursive: true, force: true }));

test('what runs is there, and nothing else: 20 MB at the most', () => {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const bytes = files.reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
  expect(bytes).toBeLessThan(20_000_000);
  expect(readdirSync(folder).toSorted()).toEqual([
    'LICENSE',
    'dist',
    'node_modules',
    'package.json',
    'public',
    'views',
  ]);
  const modes = ['', ...files].map((name) => statSync(join(folder, name)).mode.toString(8));
  expect(new Set(modes)).toEqual(new Set(['40755', '100644']));
  expect(files.filter((name) => /\.(map|ts|c|h)$/.test(name))).toEqual([]);
});

test.each([
  [['.'], /is not empty: name a folder that is not there yet/],
  [[], /Name the folder/],
  [['--help'], /Name the folder/],
  [['package.json'], /cannot be made \(a file is in its place\)/],
  [['package.json/app'], /cannot be made \(a file is in its place\)/],
  [['/proc/self/app/app'], /cannot be made \(E/],
  [[join(tmpdir(), 'never'), 'beos-ppc'], /no native part for beos-ppc: one of .*linux-x64/],
])('%j is refused in a sentence, with 2', (given, sentence) => {
  const { status, stderr } = runtime(...given);
  expect(status).toBe(2);
  expect(stderr).toMatch(sentence);
});

/** A folder of a user who is nobody. */
function folderOfNobody(name: string): string {
  const made = join(place, name);
  mkdirSync(made, { recursive: true });
  chmodSync(made, 0o700);
  if (process.getuid?.() === 0) chownSync(made, 65_534, 65_534);
  return made;
}

async function seesPeople(url: string): Promise<void> {
  const browser = createBrowser();
  const picker = await browser.visit(`${url}/login?returnTo=/graphcall`);
  const people = await browser.press(await browser.press(picker, ADELE), 'accept');
  expect([people.status, people.text.includes('Adele Vance')]).toEqual([200, true]);
  expect((await browser.visit(`${url}/readyz`)).status).toBe(200);
}

test('people sign in where nothing can be written but DATA_DIR, by a user without rights', async () => {
  const data = folderOfNobody('data');
  const [port, emulatorPort] = [String(await freePort()), String(await freePort())];
  const app = startProgram('web', [], {
    root: folder,
    folder,
    environment: { DATA_DIR: data, PORT: port, EMULATOR_PORT: emulatorPort },
    within: readOnlyBut(data),
  });
  try {
    await app.says(/web app is at/);
    await seesPeople(`http://localhost:${port}`);
    expect(readdirSync(join(data, 'private'))).toContain('sessions.sqlite');
  } finally {
    expect(await app.stop()).toBe(0);
  }
});

test('the service starts as its unit says: environment, credentials, umask, state, without rights', async () => {
  const unit = readFileSync('deploy/systemd/directory.service', 'utf8');
  const all = (name: string) =>
    [...unit.matchAll(new RegExp(`^${name}=(.*)$`, 'gm'))].map(([, value = '']) => value);
  const [state, credentials] = [join(place, 'state'), folderOfNobody('credentials')];
  const own = folderOfNobody(join('state', all('StateDirectory')[0] ?? ''));
  for (const [name = ''] of all('LoadCredential').map((line) => line.split(':'))) {
    writeFileSync(join(credentials, name), `${name}-of-the-tests-4qXw81LzT0vKc9dR\n`, { mode: 0o444 });
  }
  const said = all('Environment').map((line) =>
    line.replace('%S', state).replace('%d', credentials).split('='),
  );
  const emulator = await startEmulator({ port: 0 });
  const port = String(await freePort());
  const { CLIENT_ID, AUTHORITY, CLIENT_SECRET } = emulator.environment();
  writeFileSync(join(credentials, 'client-secret'), `${CLIENT_SECRET}\n`);
  // as /etc/directory/settings, which wins
  const settings = {
    NODE_ENV: 'test',
    CLIENT_ID,
    AUTHORITY,
    PORT: port,
    BASE_URL: `http://localhost:${port}`,
  };
  const [, program = ''] = /^\/usr\/bin\/node dist\/main\/(\w+)\.js$/.exec(all('ExecStart')[0] ?? '') ?? [];
  const app = startProgram(program, [], {
    root: folder,
    folder,
    environment: { ...Object.fromEntries(said), ...settings },
    within: ['sh', '-c', `umask ${all('UMask')[0]} && exec "$@"`, 'sh', ...readOnlyBut(own)],
  });
  try {
    await app.says(/web app is at/);
    await seesPeople(`http://localhost:${port}`);
    expect(readdirSync(own)).toEqual(['private']);
  } finally {
    await emulator.close();
    expect([await app.stop(), app.output.stderr.includes('must')]).toEqual([0, false]);
  }
});
