import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { chromiumPath } from '../../support/chromium.ts';
import { freePort } from '../../support/free-port.ts';
import { until } from '../../support/until.ts';
import { type DriverSession, overHttp, overMarionette } from './sessions.ts';

/** A browser of one engine, with a home of its own. */
export interface Engine {
  session: DriverSession;
  /** Where it puts what it downloads. */
  downloads: string;
  close(): Promise<void>;
}

/** How long a browser may take to end by itself. */
const END_MS = 5_000;

/** Each engine as Debian has it. */
export const ENGINES = { Chromium: openChromium, Firefox: openFirefox, WebKit: openWebKit };

async function openChromium(): Promise<Engine> {
  const home = newHome();
  const port = await freePort();
  const driver = start(home, 'chromedriver', [`--port=${port}`]);
  const origin = `http://127.0.0.1:${port}`;
  await answers(origin);
  const session = await overHttp(origin, {
    'goog:chromeOptions': {
      binary: chromiumPath(),
      args: ['--headless', '--no-sandbox', '--disable-gpu', '--lang=en-GB', '--window-size=1280,900'],
      prefs: { 'intl.accept_languages': 'en-GB' },
    },
  });
  const params = { behavior: 'allow', downloadPath: home.downloads };
  await session.send('chromium', { cmd: 'Browser.setDownloadBehavior', params });
  const permissions = ['clipboardReadWrite', 'clipboardSanitizedWrite'];
  await session.send('chromium', { cmd: 'Browser.grantPermissions', params: { permissions } });
  return engine(home, driver, session);
}

async function openFirefox(): Promise<Engine> {
  const home = newHome();
  const profile = join(home.folder, 'profile');
  mkdirSync(profile);
  writeFileSync(
    join(profile, 'user.js'),
    preferences({ ...FIREFOX, 'browser.download.dir': home.downloads }),
  );
  const flags = [
    '--headless',
    '--marionette',
    '--no-remote',
    '--profile',
    profile,
    '--width=1280',
    '--height=900',
  ];
  const browser = start(home, 'firefox-esr', flags);
  const portFile = join(profile, 'MarionetteActivePort');
  await until(() => existsSync(portFile) && readFileSync(portFile, 'utf8') !== '');
  return engine(home, browser, await overMarionette(Number(readFileSync(portFile, 'utf8'))));
}

/** Port 0: any that is free. Files are saved without asking, and nobody else is called. */
const FIREFOX = {
  'marionette.port': 0,
  'browser.download.folderList': 2,
  'browser.download.always_ask_before_handling_new_types': false,
  'browser.shell.checkDefaultBrowser': false,
  'browser.startup.homepage_override.mstone': 'ignore',
  'app.update.enabled': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'network.http.speculative-parallel-limit': 0,
  'intl.accept_languages': 'en-GB',
};

function preferences(values: Readonly<Record<string, string | number | boolean>>): string {
  const lines = Object.entries(values).map(
    ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`,
  );
  return lines.join('\n');
}

/** WebKit draws on a screen, so it gets one that nobody sees. */
async function openWebKit(): Promise<Engine> {
  const home = newHome();
  mkdirSync(join(home.folder, '.config'));
  writeFileSync(join(home.folder, '.config/user-dirs.dirs'), `XDG_DOWNLOAD_DIR="${home.downloads}"\n`);
  const port = await freePort();
  const screen = ['xvfb-run', '--auto-servernum', '--server-args=-screen 0 1280x1024x24'];
  const flags = ['--', ...screen, 'WebKitWebDriver', `--port=${port}`];
  const driver = start(home, 'dbus-run-session', flags);
  const origin = `http://127.0.0.1:${port}`;
  await answers(origin);
  return engine(home, driver, await overHttp(origin));
}

interface Home {
  folder: string;
  downloads: string;
}

function newHome(): Home {
  const folder = mkdtempSync(join(tmpdir(), 'engine-'));
  const downloads = join(folder, 'Downloads');
  mkdirSync(downloads);
  return { folder, downloads };
}

/** In a group of its own, so that what it starts ends with it. */
function start({ folder }: Home, command: string, flags: string[]): ChildProcess {
  const { PATH = '' } = process.env;
  return spawn(command, flags, {
    detached: true,
    stdio: 'ignore',
    env: { PATH, HOME: folder, LANG: 'C.UTF-8', LANGUAGE: 'en_GB', WEBKIT_DISABLE_COMPOSITING_MODE: '1' },
  });
}

const answers = (origin: string) =>
  until(() =>
    fetch(`${origin}/status`).then(
      ({ ok }) => ok,
      () => false,
    ),
  );

function engine(home: Home, browser: ChildProcess, session: DriverSession): Engine {
  return {
    session,
    downloads: home.downloads,
    async close() {
      const ended = session.end().catch(() => undefined);
      await Promise.race([ended, wait(END_MS, undefined, { ref: false })]);
      await endGroup(browser);
      rmSync(home.folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
    },
  };
}

async function endGroup(browser: ChildProcess): Promise<void> {
  if (browser.pid === undefined || browser.exitCode !== null) return;
  const ended = once(browser, 'close');
  process.kill(-browser.pid, 'SIGTERM');
  const killer = setTimeout(() => browser.pid !== undefined && process.kill(-browser.pid, 'SIGKILL'), END_MS);
  await ended;
  clearTimeout(killer);
}
