import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { type Emulator, startEmulator } from '../../../src/emulator/index.ts';
import { makeCertificate } from '../../daemon/certificates.ts';
import { type AppProcess, createAppProcess } from '../../support/app-process.ts';
import { createBrowser } from '../../support/browser.ts';
import { type Fleet, openFleet } from '../../support/fleet.ts';
import { freePort } from '../../support/free-port.ts';
import { AS_PROCESS_ONE, onMemoryDisk } from '../../support/namespaces.ts';
import { type Program, startProgram } from '../../support/program.ts';
import { peopleOf, signInAs, whoIsIn } from '../../support/sign-ins.ts';
import { until } from '../../support/until.ts';
import { signedIn } from '../../threats/support/outcome.ts';

describe('two containers over one folder', () => {
  let fleet: Fleet;
  afterEach(() => fleet.close());

  test('in each of which the app is process 1: who signs in at one is known to the other', async () => {
    const people = peopleOf(8);
    fleet = await openFleet({ people, within: AS_PROCESS_ONE });
    const [one, other] = fleet.apps;
    await Promise.all(
      people.map(async (person) => {
        const { browser } = await signInAs(person, fleet.url);
        for (const { url } of [one, other])
          expect(await whoIsIn(browser, url.replace('127.0.0.1', 'localhost'))).toBe(person.username);
      }),
    );
    expect([one, other].map(({ program }) => program.output.stdout)).toEqual(['', '']);
  });
});

describe('the built app with the emulator', () => {
  let folder: string;
  let program: Program;
  afterEach(async () => {
    await program.stop('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });

  test('keeps what is secret for its user alone, in a folder that everybody may write', async () => {
    folder = mkdtempSync(join(tmpdir(), 'store-emulator-'));
    chmodSync(folder, 0o777);
    const [port, emulatorPort] = [String(await freePort()), String(await freePort())];
    const environment = { PORT: port, EMULATOR_PORT: emulatorPort, DATA_DIR: folder };
    program = startProgram('web', [], { folder, environment });
    await program.says(/The web app is at/);
    const browser = createBrowser();
    const picker = await browser.visit(`http://localhost:${port}/login`);
    await browser.press(await browser.press(picker, 'adele.vance', 'work'), 'accept');
    const own = join(folder, 'private');
    const modes = ['.', ...readdirSync(own)].map((name) => [name, statSync(join(own, name)).mode & 0o777]);
    expect(Object.fromEntries(modes)).toEqual({
      '.': 0o700,
      'session-secret': 0o600,
      'sessions.sqlite': 0o600,
      'sessions.sqlite-shm': 0o600,
      'sessions.sqlite-wal': 0o600,
    });
  });

  test('does not start with a secret that a link leads to', async () => {
    folder = mkdtempSync(join(tmpdir(), 'store-emulator-'));
    mkdirSync(join(folder, 'private'), { mode: 0o700 });
    writeFileSync(join(folder, 'known'), 'a-secret-that-somebody-else-knows-0123456789');
    symlinkSync(join(folder, 'known'), join(folder, 'private', 'session-secret'));
    const environment = {
      PORT: String(await freePort()),
      EMULATOR_PORT: String(await freePort()),
      DATA_DIR: folder,
    };
    program = startProgram('web', [], { folder, environment });
    expect(await program.exited).toBe(2);
    expect(program.output.stderr).toBe(
      'DATA_DIR: private/session-secret in it is a link, which is not followed: remove it\n',
    );
  });
});

describe('the built app over the embedded store', () => {
  let folder: string;
  let emulator: Emulator;
  let app: AppProcess;
  let place: { url: string; emulator: Emulator };
  afterEach(async () => {
    await app.stop('SIGKILL');
    await emulator.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function open(within: (disk: string) => readonly string[]): Promise<void> {
    folder = mkdtempSync(join(tmpdir(), 'store-'));
    mkdirSync(join(folder, 'disk'));
    const tls = makeCertificate(folder, 'localhost');
    emulator = await startEmulator({ port: 0, tls: { cert: tls.certificate, key: tls.privateKey } });
    const port = await freePort();
    const environment = { DATA_DIR: join(folder, 'disk', 'data'), BASE_URL: `http://localhost:${port}` };
    app = createAppProcess({
      port,
      folder,
      emulator,
      certificateFile: tls.certificateFile,
      environment,
      within: within(join(folder, 'disk')),
    });
    await app.start();
    place = { url: environment.BASE_URL, emulator };
  }

  const statusOf = async (path: string) => (await createBrowser().visit(`${place.url}${path}`)).status;

  test('on a full disk says so where somebody signs in, and goes on when there is room again', async () => {
    await open((disk) => onMemoryDisk(disk, 16));
    const known = await signedIn(place);
    // as the process sees it: the disk is in a namespace of its own
    const filler = `/proc/${app.program.process.pid}/root${folder}/disk/filler`;
    try {
      writeFileSync(filler, Buffer.alloc(64 * 1_048_576));
    } catch {
      // full, as it should be
    }
    await until(async () => {
      const callback = await signedIn(place).then(
        () => undefined,
        (error: Error) => error,
      );
      return callback !== undefined;
    });
    expect((await known.visit(`${place.url}/`)).text).toContain('adele.vance@contoso.example');
    expect(await statusOf('/healthz')).toBe(200);
    await until(() => /nobody can sign in until there are 4/.test(app.program.output.stdout));
    rmSync(filler);
    await until(() =>
      signedIn(place).then(
        () => true,
        () => false,
      ),
    );
    await until(() => app.isReady());
    expect((await known.visit(`${place.url}/`)).text).toContain('adele.vance@contoso.example');
  });

  test('with a damaged file starts, says so, and people sign in again', async () => {
    await open(() => []);
    const known = await signedIn(place);
    await app.stop('SIGKILL');
    const own = join(folder, 'disk', 'data', 'private');
    writeFileSync(join(own, 'sessions.sqlite'), 'no database');
    rmSync(join(own, 'sessions.sqlite-wal'));
    await app.start();
    await until(() =>
      /The session store \S+ was damaged \([^)]+\)\. It was moved to/.test(app.program.output.stdout),
    );
    expect((await known.visit(`${place.url}/`)).text).not.toContain('adele.vance');
    await signedIn(place);
    expect(readdirSync(own).filter((name) => /damaged-\S+Z$/.test(name))).toHaveLength(1);
  });

  test('follows no link that somebody puts in its folder’s place', async () => {
    await open(() => []);
    await signedIn(place);
    const elsewhere = join(folder, 'elsewhere');
    mkdirSync(elsewhere);
    const own = join(folder, 'disk', 'data', 'private');
    rmSync(own, { recursive: true });
    symlinkSync(elsewhere, own);
    await until(async () => (await statusOf('/readyz')) === 503);
    expect(readdirSync(elsewhere)).toEqual([]);
    rmSync(own);
    await until(async () => (await statusOf('/readyz')) === 200);
    expect(statSync(own).mode & 0o777).toBe(0o700);
  });

  test('that cannot be written is not ready, and is again when it can', async () => {
    await open(() => []);
    const own = join(folder, 'disk', 'data', 'private');
    rmSync(own, { recursive: true });
    writeFileSync(own, 'no folder');
    await until(async () => (await statusOf('/readyz')) === 503);
    expect(await statusOf('/healthz')).toBe(200);
    rmSync(own);
    await until(async () => (await statusOf('/readyz')) === 200);
  });
});
