import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { copyFileSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createBrowser } from '../../support/browser.ts';
import { freePort } from '../../support/free-port.ts';
import { fetchNode } from '../../support/node-version.ts';
import { until } from '../../support/until.ts';
import { packIntoFolder, runNpm } from './packed-file.ts';

const MOST_BYTES = 1.5 * 1024 * 1024;
const PACKAGE = 'ms-identity-typescript-webapp';

/** An empty folder of somebody's, into which the packed file was installed, with install scripts disabled. */
let folder: string;
let packed: string;
const running: ChildProcess[] = [];

beforeAll(() => {
  ({ folder, packed } = packIntoFolder());
  writeFileSync(join(folder, 'package.json'), '{ "type": "module", "private": true }');
  runNpm(['install', '--ignore-scripts', packed, 'express@5.3.0'], folder);
}, 240_000);
afterAll(() => {
  for (const child of running) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

const installed = () => join(folder, 'node_modules', PACKAGE);
const filesIn = (place: string) =>
  readdirSync(place, { recursive: true, encoding: 'utf8' }).filter((name) =>
    statSync(join(place, name)).isFile(),
  );

/** Starts a program in the folder. */
function start(node: string, programArguments: string[], environment: Record<string, string>) {
  const child = spawn(node, programArguments, {
    cwd: folder,
    env: { PATH: process.env.PATH ?? '', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.push(child);
  const said = { text: '' };
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      said.text += chunk.toString();
    });
  return {
    child,
    said,
    says: (pattern: RegExp) => until(() => pattern.test(said.text) || child.exitCode !== null),
  };
}

test('the package is small, and holds no maps, pictures, tests or sources', () => {
  const files = filesIn(installed()).filter((name) => !name.startsWith('node_modules'));
  const bytes = files.reduce((sum, name) => sum + statSync(join(installed(), name)).size, 0);
  expect(statSync(packed).size).toBeLessThan(MOST_BYTES);
  expect(bytes).toBeLessThan(MOST_BYTES);
  expect(files.filter((name) => /\.map$|\.(png|webp)$|(^|\/)(test|src)\//.test(name))).toEqual([]);
});

test('what an audit has to see stays a package, and what one store needs is not asked for by the others', () => {
  const { dependencies, peerDependenciesMeta } = JSON.parse(
    readFileSync(join(installed(), 'package.json'), 'utf8'),
  ) as Record<string, Record<string, unknown>>;
  expect(Object.keys(dependencies ?? {})).toEqual(expect.arrayContaining(['@azure/msal-node', 'jose']));
  expect(Object.keys(peerDependenciesMeta ?? {}).sort()).toEqual(['@photostructure/sqlite', 'redis']);
  const faces = ['sign-in', 'graph', 'session-store'].map((face) =>
    readFileSync(join(installed(), `dist/library/${face}.js`), 'utf8'),
  );
  expect(faces.join('')).not.toMatch(/class ConfidentialClientApplication|class JWTClaimsBuilder/);
  expect(
    readdirSync(join(folder, 'node_modules')).filter((name) => /redis|photostructure|ejs|jest/.test(name)),
  ).toEqual([]);
});

test.each(['nodenext', 'bundler'])('its declarations hold under moduleResolution %s', (resolution) => {
  runNpm(
    ['install', '--ignore-scripts', '--no-save', '@types/express@5.0.6', '@types/node@20.19.43'],
    folder,
  );
  copyFileSync(resolve('test/runs/packed/typed.ts.txt'), join(folder, 'typed.ts'));
  const module = resolution === 'bundler' ? 'esnext' : resolution;
  const { status, stdout } = spawnSync(
    process.execPath,
    [
      resolve('node_modules/typescript/bin/tsc'),
      ...['--noEmit', '--strict', '--target', 'es2022', '--types', 'node'],
      ...['--module', module, '--moduleResolution', resolution, 'typed.ts'],
    ],
    { cwd: folder, encoding: 'utf8' },
  );
  expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
});

test('a store whose package is not there is refused with what to install', async () => {
  const script = `import { entra } from '${PACKAGE}/sign-in';
    await entra({ clientId: '11111111-1111-4111-8111-111111111111', clientSecret: 'x'.repeat(40), sessionSecret: 'abcdefghijklmnopqrstuvwxyz0123456789', store: { folder: 'data' } }).ready().catch((error) => console.log(error.message));`;
  const { says, said } = start(process.execPath, ['--input-type=module', '-e', script], {});
  await says(/npm install/);
  expect(said.text).toContain('npm install @photostructure/sqlite');
});

describe.each(['20', '22', '24'])('under Node %s', (major) => {
  test('three lines sign people in, with the emulator that the package brings', async () => {
    const node = process.versions.node.startsWith(`${major}.`) ? process.execPath : fetchNode(major);
    const [port, emulatorPort] = [String(await freePort()), String(await freePort())];
    copyFileSync(resolve('test/runs/packed/three-lines.mjs'), join(folder, 'app.mjs'));
    const emulator = start(
      node,
      [join(folder, 'node_modules/.bin/entra-emulator'), '--port', emulatorPort],
      {},
    );
    await emulator.says(/runs at/);
    const address = `http://localhost:${emulatorPort}`;
    const app = start(node, ['app.mjs'], {
      PORT: port,
      CLIENT_ID: '11111111-1111-4111-8111-111111111111',
      CLIENT_SECRET: 'emulator-client-secret-not-for-production',
      AUTHORITY: `${address}/common`,
      GRAPH_ENDPOINT: address,
    });
    await app.says(/listening/);
    const browser = createBrowser();
    const url = `http://localhost:${port}`;
    expect((await browser.visit(`${url}/`)).text).toBe('Hello visitor');
    const consent = await browser.press(await browser.visit(`${url}/people`), 'adele.vance', 'work');
    const people = await browser.press(consent, 'accept');
    expect({ url: people.url, people: JSON.parse(people.text).value.length }).toEqual({
      url: `${url}/people`,
      people: 5,
    });
    expect((await browser.visit(`${url}/`)).text).toBe('Hello Adele Vance');
    for (const { child } of [app, emulator]) child.kill('SIGKILL');
  });
});
