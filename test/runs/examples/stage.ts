import { type ChildProcess, type SpawnSyncReturns, spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Browser, createBrowser, type Page } from '../../support/browser.ts';
import { freePort } from '../../support/free-port.ts';
import { until } from '../../support/until.ts';
import { packIntoFolder, runNpm } from '../packed/packed-file.ts';

/** The examples in a folder of somebody's, with the packed file and their other packages, and what runs of them. */
export interface Examples {
  folder: string;
  /** Starts a script of an example's package.json, as `npm run` does, and waits until it says so. */
  start(example: string, script: string, started: Started): Promise<Running>;
  /** Runs an example's own tests. */
  test(example: string, environment: Record<string, string>): SpawnSyncReturns<string>;
  /** Starts an example: its emulator and its app, as its package.json says. */
  open(example: string, environment?: Record<string, string>): Promise<Example>;
  close(): void;
}

interface Running {
  process: ChildProcess;
  /** What it said until then. */
  said: string;
}

interface Started {
  says: RegExp;
  environment?: Record<string, string>;
  arguments?: readonly string[];
}

export interface Example {
  url: string;
  emulatorUrl: string;
  /** What the app of this example gets; another process of it, too. */
  environment: Record<string, string>;
  app: ChildProcess;
  /** Opens a page as somebody, going through the sign-in and consenting where asked. */
  through(browser: Browser, path: string, username?: string): Promise<Page>;
}

const PACKAGE = 'ms-identity-typescript-webapp';
/** A page that calls several APIs is consented to one by one. */
const MOST_PRESSES = 6;

interface Manifest {
  scripts: Record<string, string>;
  dependencies: Record<string, string>;
}

const manifestOf = (folder: string): Manifest =>
  JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));

/** Packs this project and installs it once for all examples, in the versions that they name. */
export function installExamples(): Examples {
  const { folder, packed } = packIntoFolder();
  const examples = join(folder, 'examples');
  mkdirSync(examples);
  cpSync(resolve('examples'), examples, { recursive: true });
  const manifests = readdirSync(examples, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => manifestOf(join(examples, name)))
    .filter((one) => PACKAGE in one.dependencies);
  const dependencies = Object.assign({}, ...manifests.map((one) => one.dependencies), {
    [PACKAGE]: `file:${packed}`,
  });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies }));
  runNpm(['install', '--ignore-scripts'], folder);
  const running: ChildProcess[] = [];

  /** What `npm run` would start: programs of packages by their names. */
  const commandOf = (example: string, script: string) => {
    const cwd = join(examples, example);
    const [command = '', ...rest] = (manifestOf(cwd).scripts[script] ?? '').split(' ');
    const program = command === 'node' ? [] : [join(folder, 'node_modules/.bin', command)];
    return { cwd, words: [...program, ...rest] };
  };
  const PATH = process.env.PATH ?? '';
  const start: Examples['start'] = async (example, script, started) => {
    const { says, environment, arguments: more = [] } = started;
    const { cwd, words } = commandOf(example, script);
    const child = spawn(process.execPath, [...words, ...more], {
      ...{ cwd, env: { PATH, ...environment } },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    running.push(child);
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => {
        said += chunk.toString();
      });
    await until(() => says.test(said) || child.exitCode !== null);
    if (child.exitCode !== null) throw new Error(`${example}: npm run ${script} ended: ${said}`);
    return { process: child, said };
  };
  return {
    folder,
    start,
    test(example, environment) {
      const { cwd, words } = commandOf(example, 'test');
      return spawnSync(process.execPath, [...words, '--test-reporter=tap'], {
        ...{ cwd, env: { PATH, ...environment } },
        encoding: 'utf8',
      });
    },
    async open(example, given = {}) {
      const [port, emulatorPort] = [`${await freePort()}`, `${await freePort()}`];
      const emulator = await start(example, 'emulator', {
        says: /curl/,
        arguments: ['--port', emulatorPort],
      });
      const [url, emulatorUrl] = [`http://localhost:${port}`, `http://localhost:${emulatorPort}`];
      const environment = { PORT: port, ...settingsIn(emulator.said), ...given };
      const { process: app } = await start(example, 'start', { says: /listening/, environment });
      const through: Example['through'] = async (browser, path, username = 'adele.vance') => {
        let page = await browser.visit(`${url}${path}`);
        for (let presses = 0; presses < MOST_PRESSES && page.url.startsWith(emulatorUrl); presses += 1)
          page = await browser.press(page, page.html.includes('>Accept<') ? 'accept' : username);
        return page;
      };
      return { url, emulatorUrl, environment, app, through };
    },
    close() {
      for (const child of running) child.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The settings that an emulator prints, for whoever starts an app beside it. */
function settingsIn(said: string): Record<string, string> {
  return Object.fromEntries(
    [...said.matchAll(/^ {2}export (\w+)=(.*)$/gm)].map(([, name = '', value = '']) => [name, value]),
  );
}

/** A browser that opened this page as somebody. */
export async function signedIn(example: Example, path: string, username?: string): Promise<Browser> {
  const browser = createBrowser();
  await example.through(browser, path, username);
  return browser;
}

/** A request as a script of a page sends it: with the browser's cookies, without following redirects. */
export function fetchAs(browser: Browser, url: string, init: RequestInit = {}): Promise<Response> {
  const headers = { Cookie: browser.cookieHeader(url), Accept: 'application/json', ...init.headers };
  return fetch(url, { redirect: 'manual', ...init, headers });
}
