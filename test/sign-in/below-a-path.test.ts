import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import express, { type Express } from 'express';
import type { Emulator } from '../../src/emulator/index.ts';
import { entra, requiresRole, requiresSignIn, signInFailures } from '../../src/sign-in/index.ts';
import { takingAway } from '../support/below-a-path.ts';
import { createBrowser } from '../support/browser.ts';
import { openEmulator } from '../support/emulator.ts';
import { type Host, listening, openHost, settingsFor, signedIn, throughSignIn } from './host.ts';

/** The name of the path is that of a page, too: only a whole app is below it. */
const BASE = '/people';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await openEmulator();
});
afterAll(() => emulator.close());

function routes(app: Express): void {
  app.get('/', (request, response) => {
    response.type('text').send(`Hello ${request.entra.account?.displayName ?? 'visitor'}`);
  });
  app.get('/people', requiresSignIn(), (request, response) => {
    response.json({ query: request.query, by: request.entra.account?.username });
  });
  app.post('/order', requiresSignIn(), (_request, response) => void response.send('ordered'));
  app.get('/admin', requiresRole('Admin'), (_request, response) => void response.send('secrets'));
}

const places = {
  'mounted there': (app: Express) => express().use(BASE, app),
  'behind a proxy that takes the path away': takingAway(BASE),
} as const;

describe.each(Object.entries(places))('an app below a path, %s', (_where, inFront) => {
  let host: Host;
  beforeAll(async () => {
    host = await openHost({ emulator, basePath: BASE, inFront, routes });
  });
  afterAll(() => host.close());

  test('sends people through a redirect URI below it, and back to the page', async () => {
    const browser = createBrowser();
    const away = await browser.visit(`${host.url}/people?page=2`, { redirects: 0 });
    expect(new URL(away.headers.location ?? '').searchParams.get('redirect_uri')).toBe(
      `${host.url}/getAToken`,
    );
    const page = await throughSignIn(browser, host, '/people?page=2');
    expect({ url: page.url, said: JSON.parse(page.text) }).toEqual({
      url: `${host.url}/people?page=2`,
      said: { query: { page: '2' }, by: expect.stringContaining('@') },
    });
  });

  test('leads from /login to a page that is named with the path or without', async () => {
    for (const [returnTo, path] of [
      ['/people', '/'],
      ['/people/people', '/people'],
      ['/admin', '/admin'],
      ['/peoples', '/peoples'],
      ['//elsewhere.example', '/'],
      ['/people//elsewhere.example', '/'],
      ['/people/login', '/'],
      ['/people/getAToken?code=x', '/'],
    ]) {
      const browser = createBrowser();
      const query = new URLSearchParams({ returnTo: returnTo ?? '' });
      const page = await throughSignIn(browser, host, `/login?${query}`);
      expect([returnTo, page.url]).toEqual([returnTo, `${host.url}${path}`]);
    }
  });

  test('gives its cookies to nobody else on the host', async () => {
    const browser = createBrowser();
    const away = await browser.visit(`${host.url}/login`, { redirects: 0 });
    const callback = await browser.pressUntilSentAway(
      await browser.visit(away.headers.location ?? ''),
      ['work'],
      ['accept'],
    );
    const back = await browser.visit(callback, { redirects: 0 });
    expect(back.headers.location).toBe(`${BASE}/`);
    const set = [away, back].flatMap(({ headers }) => headers['set-cookie'] ?? []);
    expect(set.length).toBeGreaterThan(2);
    expect(set.filter((line) => !/; Path=\/people(;|$)/.test(line))).toEqual([]);
  });

  test('signs out to a page below it, and names below it where to sign in', async () => {
    const browser = await signedIn(host);
    const script = await createBrowser().visit(`${host.url}/people`, {
      headers: { Accept: 'application/json' },
    });
    expect(JSON.parse(script.text).signInUrl).toBe('/people/login?returnTo=%2Fpeople%2Fpeople');
    const refused = await browser.visit(`${host.url}/admin`);
    expect(refused.html).toContain('href="/people/login?returnTo=%2Fpeople%2Fadmin"');
    expect(refused.html).toContain('href="/people/"');
    const out = await browser.visit(`${host.url}/logout`, { redirects: 0 });
    const url = new URL(out.headers.location ?? '');
    expect(url.searchParams.get('post_logout_redirect_uri')).toBe(`${host.url}/`);
    const here = await browser.visit(`${host.url}/logout/here`, { method: 'POST', redirects: 0 });
    expect(here.headers.location).toBe('/people/');
    expect((await browser.visit(`${host.url}/`)).text).toBe('Hello visitor');
  });
});

test('the code of a failed sign-in stands in no address that its page names', async () => {
  const host = await openHost({ emulator, routes });
  const browser = createBrowser();
  const picker = await browser.visit(`${host.url}/login?returnTo=/people`);
  emulator.addFault({ at: 'token', fault: { kind: 'aadsts', code: 50076 } });
  const failed = await browser.visit(await browser.pressUntilSentAway(picker, ['work'], ['accept']));
  expect(failed.url).toContain('/getAToken?code=');
  expect(failed.html).not.toContain(new URL(failed.url).searchParams.get('code'));
  expect(failed.html).not.toMatch(/returnTo=[^"]*(code|state)/);
  expect(failed.html).toContain('href="/login?returnTo=%2Fpeople"');
  emulator.clearFaults();
  await host.close();
});

describe('what cannot work is said', () => {
  const said = async (make: (app: Express, url: string) => void, path: string) => {
    const { server, url } = await listening();
    const app = express();
    make(app, url);
    app.use(signInFailures());
    const told: express.ErrorRequestHandler = (error: Error, _request, response, _next) => {
      response.status(500).send(error.message);
    };
    app.use(told);
    server.on('request', app);
    const page = await createBrowser().visit(`${url}${path}`, { headers: { Accept: 'application/json' } });
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    return [page.status, page.text];
  };

  test('a router below a path that BASE_URL does not have', async () => {
    const [status, text] = await said((app, url) => {
      app.use('/admin', express.Router().use(entra(settingsFor(emulator, url))));
    }, '/admin/login');
    expect(status).toBe(500);
    expect(text).toContain('entra() is mounted at /admin: BASE_URL has to end with that path');
  });

  test.each([
    ['one name', { redirectPath: '/back', loginPath: '/in', logoutPath: '/out' }],
    ['one redirect URI', { name: 'other', loginPath: '/in', logoutPath: '/out' }],
    ['one address for sign-ins', { name: 'other', redirectPath: '/back', logoutPath: '/out' }],
    ['one address for sign-outs', { name: 'other', redirectPath: '/back', loginPath: '/in' }],
    [
      'one address for two things',
      { name: 'other', redirectPath: '/back', loginPath: '/in', logoutPath: '/Login' },
    ],
  ])('two of them with %s', async (_what, options) => {
    const [status, text] = await said((app, url) => {
      app.use(entra(settingsFor(emulator, url)));
      app.use(entra({ ...settingsFor(emulator, url), ...options }));
    }, '/');
    expect(status).toBe(500);
    expect(text).toContain(
      'each entra() of an app needs its own name, redirectPath, loginPath and logoutPath',
    );
  });

  test('to the logger, else to the warnings of the process, where a page cannot say it', async () => {
    const told: string[] = [];
    const error = ({ detail }: { detail?: string }, message: string) =>
      void told.push(`${message}: ${detail}`);
    const logger = { info: () => undefined, warn: () => undefined, error };
    const { emitWarning } = process;
    process.emitWarning = (warning: string | Error) => void told.push(`${warning}`); // Jest's process hears no warnings
    for (const options of [{ logger }, {}]) {
      await said((app, url) => {
        const twin = { ...settingsFor(emulator, url), ...options };
        app.use(entra(twin), entra(twin));
      }, '/');
      const file = fileURLToPath(import.meta.url);
      const folder = { ...settingsFor(emulator, 'http://localhost:1'), store: { folder: file }, ...options };
      const broken = entra(folder);
      await expect(broken.ready()).rejects.toThrow();
      await broken.close(); // where nothing was opened, nothing is left to close
    }
    process.emitWarning = emitWarning;
    expect(told).toEqual([
      expect.stringMatching(/^failure: each entra\(\) of an app needs its own name/),
      expect.stringMatching(/^nobody can sign in: .*folder/),
      expect.stringMatching(/^entra\(\): each entra\(\) of an app needs its own name/),
      expect.stringMatching(/^entra\(\): .*folder/),
    ]);
  });

  test('an option that there is not', () => {
    const misspelt = { ...settingsFor(emulator, 'http://localhost:1'), clientid: 'x', onEvents: () => 1 };
    expect(() => entra(misspelt)).toThrow(
      'clientid is no option of entra(): see docs/library.md\nonEvents is no option of entra(): see docs/library.md',
    );
  });

  test.each(['/a b', '/people/../x//y', '/*', '/people?x=1'])('a public address such as host%s', (path) => {
    expect(() => entra(settingsFor(emulator, `http://localhost:1${path}`))).toThrow(/^BASE_URL m/);
  });
});
