import { setMaxListeners } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Writable } from 'node:stream';
import type { Express } from 'express';
import { pino } from 'pino';
import { type Config, readConfig } from '../../src/config/config.ts';
import type { Emulator, EmulatorOptions, FaultRequest } from '../../src/emulator/index.ts';
import { messagesOf, newMessages } from '../../src/http/messages.ts';
import { buildWebApp, type Surroundings } from '../../src/main/web-app.ts';
import { applicationOf } from '../../src/main/web-emulator.ts';
import { createMemoryRecords } from '../../src/sessions/store/memory-records.ts';
import type { SessionRecords } from '../../src/sessions/store/records.ts';
import { appUnderTest } from '../runs/runs.ts';
import { type Browser, createBrowser, type Page } from './browser.ts';
import { openEmulator } from './emulator.ts';
import { buildThreeLines } from './three-lines.ts';

/** An emulator and the app on free ports, in this process, with what they wrote. */
export interface World {
  url: string;
  emulator: Emulator;
  records: SessionRecords;
  /** What the app logged, parsed. */
  log: Record<string, unknown>[];
  /** Moves the app's clock on. */
  wait(ms: number): void;
  /** Tells the app that its process begins to end. */
  end(): void;
  /** Puts the app in its own place anew, with these settings over those of its start. */
  restart(config: Partial<Config>): void;
  /** Sets a fault of the emulator. */
  fault(fault: object): Promise<void>;
  /** Requests that the emulator received, whose path contains this. */
  received(path: string): Promise<ReturnType<Emulator['ledger']>>;
  /** Breaks off every connection to the app, as the end of a process does. */
  breakOff(): void;
  close(): Promise<void>;
}

export interface WorldOptions {
  config?: Partial<Config>;
  emulator?: Partial<EmulatorOptions>;
  records?: SessionRecords;
  /** Whose metadata the app is given. Default common. */
  tenant?: string;
  /** What that metadata says otherwise. */
  metadata?: object;
  /** What every page says in its footer; nothing where absent. */
  notice?: Surroundings['notice'];
  metrics?: Surroundings['metrics'];
  /** Where the app is below its origin; `url` then ends with it. */
  basePath?: string;
  /** What stands in front of the app. */
  proxy?: (app: RequestListener) => RequestListener;
}

const buildDemo = (config: Config, surroundings: Surroundings): Express =>
  buildWebApp(config, surroundings).app;

const SESSION_SECRET = 'test-session-secret-0123456789-abcdefghijk';

export async function openWorld(options: WorldOptions = {}): Promise<World> {
  const emulator = await openEmulator(options.emulator);
  const messages = newMessages();
  const server = createServer(messages);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { basePath = '', proxy = (app) => app } = options;
  const url = `http://localhost:${(server.address() as AddressInfo).port}${basePath}`;
  let waitedMs = 0;
  const now = () => Date.now() + waitedMs;
  const records = options.records ?? createMemoryRecords({ now });
  const log: World['log'] = [];
  const ending = new AbortController();
  setMaxListeners(0, ending.signal); // each start of the app listens to it
  const build = appUnderTest() === 'three lines' ? buildThreeLines : buildDemo;
  const appWith = (changed: Partial<Config>): Express => {
    const app = build(
      {
        ...readConfig({ RATE_LIMIT_PER_MINUTE: '0', BASE_URL: url, SESSION_SECRET }),
        ...applicationOf(emulator),
        authorityMetadata: JSON.stringify({
          ...emulator.openidConfiguration(options.tenant ?? 'common'),
          ...options.metadata,
        }),
        ...options.config,
        ...changed,
      },
      {
        records,
        logger: pino({ level: 'trace' }, lineCollector(log)),
        now,
        ending: ending.signal,
        ...(options.notice === undefined ? {} : { notice: options.notice }),
        ...(options.metrics === undefined ? {} : { metrics: options.metrics }),
      },
    );
    messagesOf(app, messages); // as in production: Node makes the messages of the app's own classes
    return app;
  };
  server.on('request', proxy(appWith({})));
  return {
    url,
    emulator,
    records,
    log,
    wait: (ms) => {
      waitedMs += ms;
    },
    end: () => ending.abort(),
    restart(changed) {
      server.removeAllListeners('request').on('request', proxy(appWith(changed)));
    },
    fault: async (fault) => emulator.addFault(fault as FaultRequest),
    received: async (path) => emulator.ledger().filter((entry) => entry.path.includes(path)),
    breakOff: () => server.closeAllConnections(),
    close: () => closeBoth(server, emulator),
  };
}

/** Another process of the same app: with the same sessions, the same Microsoft and the same public address. */
export function openBeside(
  { emulator, records, url }: Pick<World, 'emulator' | 'records' | 'url'>,
  config: Partial<Config> = {},
): Promise<World> {
  const authorityMetadata = JSON.stringify(emulator.openidConfiguration('common'));
  return openWorld({
    records,
    config: { baseUrl: url, ...applicationOf(emulator), authorityMetadata, ...config },
  });
}

function lineCollector(log: World['log']): Writable {
  return new Writable({
    write(chunk: Buffer, _encoding, done) {
      log.push(JSON.parse(chunk.toString()) as Record<string, unknown>);
      done();
    },
  });
}

async function closeBoth(server: Server, emulator: Emulator): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  await Promise.all([closed, emulator.close()]);
}

/** Goes to a page of the app and through the emulator as one of its people, consenting where asked. */
export async function signIn(
  browser: Browser,
  world: World,
  words: readonly string[] = ['work'],
  path = '/login',
): Promise<Page> {
  const picker = await browser.visit(`${world.url}${path}`);
  const next = await browser.press(picker, ...words);
  return next.url.startsWith(world.emulator.baseUrl) ? browser.press(next, 'accept') : next;
}

/** A browser that has signed in. */
export async function signedInBrowser(world: World, words?: readonly string[]): Promise<Browser> {
  const browser = createBrowser();
  await signIn(browser, world, words);
  return browser;
}
