import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import express from 'express';
import expressSession, { MemoryStore } from 'express-session';
import helmet from 'helmet';
import { entra, requiresSignIn, signInFailures } from '../../src/sign-in/index.ts';
import { type Browser, createBrowser } from '../support/browser.ts';
import { openEmulator } from '../support/emulator.ts';
import { type Host, listening, openHost, settingsFor, signedIn, throughSignIn } from './host.ts';

declare module 'express-session' {
  interface SessionData {
    basket?: string[];
  }
}

/** A shop's own session, with the cookie's usual name for one. */
const shopSession = (store: MemoryStore) =>
  expressSession({ secret: 'shop', store, resave: false, saveUninitialized: true, name: 'session' });

const shop = (app: express.Express) => {
  app.get('/add/:item', (request, response) => {
    request.session.basket = [...(request.session.basket ?? []), String(request.params.item)];
    response.send('added');
  });
  app.get('/basket', (request, response) => {
    response.json({ basket: request.session.basket, buyer: request.entra.account?.username });
  });
};

const basketOf = async (browser: Browser, host: Host) =>
  JSON.parse((await browser.visit(`${host.url}/basket`)).text) as { basket?: string[]; buyer?: string };

describe.each(['before', 'after'] as const)("a host's own session that comes %s the library's", (order) => {
  const store = new MemoryStore();
  let host: Host;
  beforeAll(async () => {
    host = await openHost({
      ...(order === 'before' ? { before: (app) => app.use(shopSession(store)) } : {}),
      routes(app) {
        if (order === 'after') app.use(shopSession(store));
        shop(app);
      },
    });
  });
  afterAll(() => host.close());

  test('keeps its cookie and what is in it over a sign-in and a sign-out', async () => {
    const browser = createBrowser();
    await browser.visit(`${host.url}/add/tea`);
    const cookie = /\bsession=[^;]+/.exec(browser.cookieHeader(host.url))?.[0];
    await throughSignIn(browser, host, '/login');
    const bought = await basketOf(browser, host);
    expect(bought).toEqual({ basket: ['tea'], buyer: expect.stringContaining('@') });
    await browser.visit(`${host.url}/logout`, { redirects: 0 });
    expect(await basketOf(browser, host)).toEqual({ basket: ['tea'] });
    expect(browser.cookieHeader(host.url)).toContain(cookie ?? 'no cookie');
  });

  test('is not where people are signed in: a planted id stays a visitor', async () => {
    const attacker = createBrowser();
    await attacker.visit(`${host.url}/add/bait`);
    const victim = attacker.copy();
    await throughSignIn(victim, host, '/login');
    expect((await basketOf(victim, host)).buyer).toBeDefined();
    expect((await basketOf(attacker, host)).buyer).toBeUndefined();
    const sessions = Object.values(
      await new Promise<object>((resolve) => {
        store.all((_error, all) => resolve(all ?? {}));
      }),
    );
    expect(JSON.stringify(sessions)).not.toMatch(/eyJ|homeAccountId|@/);
  });
});

test('two sign-ins in one app keep apart, and request.entra is that of the one that ran last', async () => {
  const emulator = await openEmulator();
  const { server, url } = await listening();
  const settings = settingsFor(emulator, url);
  const office = {
    name: 'office',
    redirectPath: '/office/back',
    loginPath: '/office/in',
    logoutPath: '/office/out',
  };
  const [one, other] = [entra({ ...settings, name: 'shop' }), entra({ ...settings, ...office })];
  const app = express();
  const who: express.RequestHandler = (request, response) => {
    response.json({ who: request.entra.account?.username ?? null });
  };
  app.use(one).get('/shop', who).use(other).get('/office', requiresSignIn(), who).use(signInFailures());
  server.on('request', app);
  await Promise.all([one.ready(), other.ready()]);
  const host: Host = {
    url,
    emulator,
    async close() {
      server.closeAllConnections();
      await Promise.all([new Promise((resolve) => server.close(resolve)), emulator.close()]);
      await Promise.all([one.close(), other.close()]);
    },
  };
  const browser = await signedIn(host);
  const whoIs = async (path: string) => (await browser.visit(`${url}${path}`, { redirects: 0 })).status;
  expect(JSON.parse((await browser.visit(`${url}/shop`)).text).who).toContain('@');
  expect(await whoIs('/office')).toBe(302);
  await throughSignIn(browser, host, '/office/in');
  expect(JSON.parse((await browser.visit(`${url}/office`)).text).who).toContain('@');
  await browser.visit(`${url}/office/out`, { redirects: 0 });
  expect(JSON.parse((await browser.visit(`${url}/shop`)).text).who).toContain('@');
  expect(await whoIs('/office')).toBe(302);
  await host.close();
});

test.each([
  ['helmet and every body parser of Express', true],
  ['no helmet and no body parser', false],
])('beside %s people sign in, post and sign out', async (_what, isThere) => {
  const host = await openHost({
    before(app) {
      if (!isThere) return;
      app.use(helmet());
      app.use(express.json(), express.urlencoded({ extended: true }), express.text(), express.raw());
    },
    routes(app) {
      app.get('/who', requiresSignIn(), (request, response) => {
        response.send(request.entra.account?.username);
      });
      app.post('/order', requiresSignIn(), (request, response) => {
        response.json({ by: request.entra.account?.username, body: request.body ?? null });
      });
    },
  });
  const browser = createBrowser();
  expect((await throughSignIn(browser, host, '/who')).text).toContain('@');
  const order = await browser.visit(`${host.url}/order`, { method: 'POST', form: { item: 'tea' } });
  expect(JSON.parse(order.text)).toEqual({
    by: expect.stringContaining('@'),
    body: isThere ? { item: 'tea' } : null,
  });
  const out = await browser.visit(`${host.url}/logout`, { method: 'POST', form: { a: 'b' }, redirects: 0 });
  expect(out.status).toBe(302);
  expect((await browser.visit(`${host.url}/who`, { redirects: 0 })).status).toBe(302);
  await host.close();
});

test.each([
  ['none', false],
  ['one that nests', 'extended'],
  ['one of its own', () => ({ state: 'x', returnTo: '//evil.example' })],
])('an app with a query parser that is %s signs people in all the same', async (_what, parser) => {
  const host = await openHost({
    before: (app) => app.set('query parser', parser),
    routes: (app) =>
      app.get('/here', (request, response) => void response.send(request.entra.account?.username)),
  });
  const page = await throughSignIn(createBrowser(), host, '/login?returnTo=/here');
  await host.close();
  expect([page.url, page.text]).toEqual([`${host.url}/here`, 'adele.vance@contoso.example']);
});
