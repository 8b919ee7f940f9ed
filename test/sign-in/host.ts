import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type Express } from 'express';
import type { Emulator, EmulatorOptions } from '../../src/emulator/index.ts';
import { type Entra, type EntraOptions, entra, signInFailures } from '../../src/sign-in/index.ts';
import { type Browser, createBrowser, type Page } from '../support/browser.ts';
import { openEmulator } from '../support/emulator.ts';

/** An app of somebody else's that uses the library, and an emulator, on free ports in this process. */
export interface Host {
  url: string;
  emulator: Emulator;
  close(): Promise<void>;
}

export interface HostOptions {
  /** One that runs already, which the caller closes; else one of the host's own, with these options. */
  emulator?: Emulator | Partial<EmulatorOptions>;
  options?: EntraOptions;
  /** What the app has before the library, such as a session of its own. */
  before?: (app: Express) => void;
  /** Where the app is below its origin; `url` then ends with it. */
  basePath?: string;
  /** What stands in front of the app. Default: nothing. */
  inFront?: (app: Express) => RequestListener;
  /** The app's routes. */
  routes: (app: Express) => void;
}

/** The settings that a person would copy from the emulator. */
export function settingsFor(emulator: Emulator, url: string): EntraOptions {
  const { CLIENT_ID, CLIENT_SECRET, AUTHORITY, GRAPH_ENDPOINT } = emulator.environment();
  return {
    clientId: CLIENT_ID,
    clientSecret: CLIENT_SECRET,
    authority: AUTHORITY,
    graphEndpoint: GRAPH_ENDPOINT,
    baseUrl: url,
    rateLimitPerMinute: 0,
  };
}

export async function openHost({
  emulator: given = {},
  options,
  before,
  basePath = '',
  inFront = (app) => app,
  routes,
}: HostOptions): Promise<Host> {
  const emulator = 'baseUrl' in given ? given : await openEmulator(given);
  const { server, url: origin } = await listening();
  const url = `${origin}${basePath}`;
  const app = express();
  before?.(app);
  const signIn: Entra = entra({ ...settingsFor(emulator, url), ...options });
  app.use(signIn);
  routes(app);
  app.use(signInFailures());
  server.on('request', inFront(app));
  await signIn.ready();
  return {
    url,
    emulator,
    async close() {
      server.closeAllConnections();
      await Promise.all([new Promise((resolve) => server.close(resolve)), signIn.close()]);
      if (emulator !== given) await emulator.close();
    },
  };
}

/** A server of an app that is still to be made, because its address has to be known first. */
export async function listening(): Promise<{ server: Server; url: string }> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, url: `http://localhost:${(server.address() as AddressInfo).port}` };
}

/** A page that calls several APIs is consented to one by one. */
const MOST_CONSENTS = 5;

/** Opens a page of the app and goes through the emulator as somebody, consenting where asked. */
export async function throughSignIn(
  browser: Browser,
  host: Host,
  path: string,
  words: readonly string[] = ['work'],
): Promise<Page> {
  const picker = await browser.visit(`${host.url}${path}`);
  let page = picker.url.startsWith(host.url) ? picker : await browser.press(picker, ...words);
  for (let consents = 0; consents < MOST_CONSENTS && !page.url.startsWith(host.url); consents += 1)
    page = await browser.press(page, 'accept');
  return page;
}

/** A browser that has signed in. */
export async function signedIn(host: Host, words?: readonly string[]): Promise<Browser> {
  const browser = createBrowser();
  await throughSignIn(browser, host, '/login', words);
  return browser;
}
