import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import {
  CAPABILITIES,
  COMMAND_MS,
  type DriverSession,
  type Engine,
  newHome,
  START_MS,
  startEngine,
} from './engine.ts';

/** Firefox itself takes the commands, as JSON with its length before it (Marionette): no driver is needed. */
export async function openFirefox(): Promise<Engine> {
  const home = newHome();
  const profile = join(home.folder, 'profile');
  mkdirSync(profile);
  writeFileSync(join(profile, 'user.js'), preferences(home.downloads));
  const flags = ['--headless', '--marionette', '--no-remote', '--width=1280', '--height=900'];
  const portFile = join(profile, 'MarionetteActivePort');
  const port = () => (existsSync(portFile) ? readFileSync(portFile, 'utf8') : '');
  return startEngine(home, ['firefox-esr', ...flags, '--profile', profile], async () =>
    port() === '' ? undefined : begin(Number(port())),
  );
}

/** Port 0: any that is free. Files are saved without asking, and nobody else is called. */
const PREFERENCES = {
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

function preferences(downloads: string): string {
  const lines = Object.entries({ ...PREFERENCES, 'browser.download.dir': downloads }).map(
    ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`,
  );
  return lines.join('\n');
}

const NAMES = {
  open: 'WebDriver:Navigate',
  run: 'WebDriver:ExecuteScript',
  click: 'WebDriver:ElementClick',
  type: 'WebDriver:ElementSendKeys',
} as const;

type Answer = [type: number, id: number, error: unknown, result: { value?: unknown } | null];

async function begin(port: number): Promise<DriverSession> {
  const socket = connect(port, '127.0.0.1');
  const waiting = new Map<number, (answer: Answer) => void>();
  void readAnswers(socket, (answer) => waiting.get(answer[1])?.(answer)).catch(() => undefined);
  let number = 0;
  const call = async (name: string, parameters: object, withinMs = COMMAND_MS) => {
    number += 1;
    const id = number;
    const answered = new Promise<Answer>((resolve, reject) => {
      waiting.set(id, resolve);
      setTimeout(() => reject(new Error(`${name} was not answered`)), withinMs).unref();
    });
    const text = JSON.stringify([0, id, name, parameters]);
    socket.write(`${Buffer.byteLength(text)}:${text}`);
    const [, , error, result] = await answered;
    if (error === null) return result?.value;
    throw new Error(`${name}: ${JSON.stringify(error)}`);
  };
  await call('WebDriver:NewSession', { capabilities: { alwaysMatch: CAPABILITIES } }, START_MS);
  return {
    send: (command, parameters) => call(NAMES[command], parameters),
    async end() {
      socket.end();
      await once(socket, 'close');
    },
  };
}

/** The first message is a greeting, and no answer to anything. */
async function readAnswers(socket: Socket, take: (answer: Answer) => void): Promise<void> {
  let rest = Buffer.alloc(0);
  for await (const chunk of socket) {
    rest = Buffer.concat([rest, chunk as Buffer]);
    for (;;) {
      const colon = rest.indexOf(':');
      const end = colon + 1 + Number(rest.subarray(0, Math.max(colon, 0)).toString());
      if (colon < 0 || rest.length < end) break;
      const message: unknown = JSON.parse(rest.subarray(colon + 1, end).toString());
      if (Array.isArray(message)) take(message as Answer);
      rest = rest.subarray(end);
    }
  }
}
