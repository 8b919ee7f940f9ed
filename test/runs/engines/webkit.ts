import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../../support/free-port.ts';
import {
  CAPABILITIES,
  COMMAND_MS,
  type DriverSession,
  type Engine,
  newHome,
  START_MS,
  startEngine,
} from './engine.ts';

/** WebKit draws on a screen and talks over a bus, so it gets both for itself alone. */
export async function openWebKit(): Promise<Engine> {
  const home = newHome();
  mkdirSync(join(home.folder, '.config'));
  writeFileSync(join(home.folder, '.config/user-dirs.dirs'), `XDG_DOWNLOAD_DIR="${home.downloads}"\n`);
  const port = await freePort();
  const screen = ['xvfb-run', '--auto-servernum', '--server-args=-screen 0 1280x1024x24'];
  const driver = ['dbus-run-session', '--', ...screen, 'WebKitWebDriver', `--port=${port}`] as const;
  const origin = `http://127.0.0.1:${port}`;
  return startEngine(home, driver, async () => ((await isReady(origin)) ? begin(origin) : undefined));
}

const isReady = (origin: string) =>
  fetch(`${origin}/status`, { signal: AbortSignal.timeout(COMMAND_MS) }).then(
    ({ ok }) => ok,
    () => false,
  );

const PATHS = {
  open: '/url',
  run: '/execute/sync',
  click: '/element/{id}/click',
  type: '/element/{id}/value',
} as const;

/** A session of a driver that speaks HTTP, as the WebDriver standard has it. */
async function begin(origin: string): Promise<DriverSession> {
  const begun = await ask(origin, 'POST', '/session', { capabilities: { alwaysMatch: CAPABILITIES } });
  const path = `/session/${(begun as { sessionId: string }).sessionId}`;
  return {
    send: (command, parameters) =>
      ask(origin, 'POST', `${path}${PATHS[command].replace('{id}', String(parameters.id))}`, parameters),
    end: async () => void (await ask(origin, 'DELETE', path)),
  };
}

async function ask(origin: string, method: string, path: string, parameters?: object): Promise<unknown> {
  const body = parameters === undefined ? {} : { body: JSON.stringify(parameters) };
  const answer = await fetch(`${origin}${path}`, {
    method,
    ...body,
    signal: AbortSignal.timeout(path === '/session' ? START_MS : COMMAND_MS),
  });
  const { value } = (await answer.json()) as { value: unknown };
  if (answer.ok) return value;
  throw new Error(`${path}: ${JSON.stringify(value)}`);
}
