import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { type Emulator, readSeed } from '../../../src/emulator/index.ts';
import { ADELE, authorizeUrl, CLIENT_ID, VERIFIER } from '../../emulator/stage.ts';
import { chromiumPath } from '../../support/chromium.ts';
import { openEmulator } from '../../support/emulator.ts';
import { until } from '../../support/until.ts';

const NIA = 'nia.okafor@contoso.example';
const SPA_ID = '5f0c7d3e-2b1a-4c9d-8e7f-000000000007';
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let emulator: Emulator;
let browser: Browser;
let app: Server;
let appUrl: string;
let signedOut: string[];
let context: BrowserContext;
let page: Page;
let complaints: string[];

beforeAll(async () => {
  app = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString();
    });
    request.on('end', () => {
      if (request.url?.startsWith('/signed-out')) signedOut.push(request.url);
      response.writeHead(200, { 'content-type': 'text/html' });
      response.end(
        `<!doctype html><link rel="icon" href="data:,"><title>the app</title><p>${request.method} ${body.split('=')[0]}</p>`,
      );
    });
  });
  await new Promise<void>((resolve) => app.listen(0, '127.0.0.1', resolve));
  appUrl = `http://localhost:${(app.address() as AddressInfo).port}`;
  const registrations = [
    {
      clientId: CLIENT_ID,
      name: 'The test app',
      redirectUris: [`${appUrl}/cb`],
      logoutUri: `${appUrl}/signed-out`,
      isPublic: true,
      implicitIdTokens: true,
    },
    { clientId: SPA_ID, spaRedirectUris: [`${appUrl}/cb`] },
  ];
  emulator = await openEmulator({ seed: readSeed({ registrations }) });
  browser = await chromium.launch({ executablePath: chromiumPath(), args: ['--no-sandbox'] });
});
afterAll(async () => {
  await browser.close();
  await emulator.close();
  app.closeAllConnections();
  await new Promise((resolve) => app.close(resolve));
});
beforeEach(async () => {
  emulator.reset();
  signedOut = [];
  await open({});
});
afterEach(async () => {
  await context.close();
  expect(complaints).toEqual([]);
});

async function open(options: Parameters<Browser['newContext']>[0]): Promise<void> {
  await context?.close();
  context = await browser.newContext(options);
  page = await context.newPage();
  complaints = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
}

const request = (changes: Record<string, string | undefined> = {}): string =>
  authorizeUrl(emulator, { redirect_uri: `${appUrl}/cb`, ...changes });

const press = (name: string | RegExp): Promise<void> => page.getByRole('button', { name }).click();

async function signIn(username = ADELE, client = CLIENT_ID): Promise<void> {
  await page.goto(request({ client_id: client }));
  await press(new RegExp(username));
  await press('Accept');
  await page.waitForURL(`${appUrl}/**`);
}

describe('with a browser', () => {
  test('each account is a button that names the person and the kind', async () => {
    await page.goto(request());
    for (const { username, kind } of emulator.accounts)
      expect(await page.getByRole('button', { name: `${username} ${kind}` }).count()).toBe(1);
  });

  test('sign in by keyboard alone, and single sign-on afterwards', async () => {
    await page.goto(request());
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Accept' }).focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(`${appUrl}/cb?code=**`);
    await page.goto(request());
    expect(page.url()).toContain(`${appUrl}/cb?code=`);
  });

  test('form_post posts itself, and with JavaScript off by its button', async () => {
    await signIn();
    await page.goto(request({ response_mode: 'form_post' }));
    await page.waitForURL(`${appUrl}/cb`);
    expect(await page.textContent('p')).toBe('POST code');
    await open({ javaScriptEnabled: false });
    await page.goto(request({ response_mode: 'form_post' }));
    await press(new RegExp(ADELE));
    await press('Continue to the app');
    await page.waitForURL(`${appUrl}/cb`);
  });

  test('a declined consent leads back to the app', async () => {
    await page.goto(request());
    await press(new RegExp(ADELE));
    await press('Cancel');
    await page.waitForURL(`${appUrl}/cb?error=access_denied**`);
  });

  test('signing out tells the app in a frame, then leads on', async () => {
    await signIn();
    const target = encodeURIComponent(`${appUrl}/cb`);
    const told = page.waitForRequest(/\/signed-out\?sid=/);
    await page.goto(`${emulator.baseUrl}/common/oauth2/v2.0/logout?post_logout_redirect_uri=${target}`);
    await page.waitForURL(`${appUrl}/cb`);
    await told;
    await until(() => signedOut.length > 0);
    expect(signedOut).toEqual([expect.stringMatching(/^\/signed-out\?sid=[0-9a-f-]{36}$/)]);
  });

  test('what should go wrong is a choice on the picker', async () => {
    await page.goto(request());
    await page.getByText('What should go wrong?').click();
    await page.getByLabel('The next time:').selectOption('authorize-down');
    await press('Do that');
    await page.waitForURL(`${appUrl}/cb?**error=temporarily_unavailable**`);
  });

  test('the picker says what is going to go wrong, and a press makes everything work again', async () => {
    await page.goto(request());
    await page.getByText('What should go wrong?').click();
    await page.getByLabel('The next time:').selectOption('blocked');
    await press('Do that');
    expect(await page.getByRole('status').textContent()).toBe(
      'Going to go wrong: aadsts 53003 at token (1 time).',
    );
    await press('Let everything work again');
    expect(await page.getByRole('status').count()).toBe(0);
    expect(await page.textContent('h1')).toBe('Choose an account');
  });

  test('the start page leads to the picker', async () => {
    await page.goto(emulator.baseUrl);
    const link = await page.getByRole('link', { name: 'The account picker' }).getAttribute('href');
    expect(link).toMatch(/^\/common\/oauth2\/v2\.0\/authorize\?client_id=/);
  });

  test('a script of a single-page application redeems its own code, and reads Graph', async () => {
    await signIn(ADELE, SPA_ID);
    const answered = await page.evaluate(
      async ({ token, graph, fields }) => {
        const answer = await fetch(token, { method: 'POST', body: new URLSearchParams(fields) });
        const { access_token: bearer } = (await answer.json()) as { access_token: string };
        const me = await fetch(graph, { headers: { authorization: `Bearer ${bearer}` } });
        return ((await me.json()) as { displayName: string }).displayName;
      },
      {
        token: `${emulator.baseUrl}/common/oauth2/v2.0/token`,
        graph: `${emulator.baseUrl}/v1.0/me`,
        fields: {
          ...{ grant_type: 'authorization_code', client_id: SPA_ID, redirect_uri: `${appUrl}/cb` },
          ...{ code: new URL(page.url()).searchParams.get('code') ?? '', code_verifier: VERIFIER },
        },
      },
    );
    expect(answered).toBe('Adele Vance');
  });

  test('a device code is entered, and answered', async () => {
    const device = await fetch(`${emulator.baseUrl}/common/oauth2/v2.0/devicecode`, {
      method: 'POST',
      body: new URLSearchParams({ client_id: CLIENT_ID, scope: 'User.Read openid' }),
    });
    const { user_code: code, verification_uri: uri } = (await device.json()) as Record<string, string>;
    await page.goto(String(uri));
    await page.getByLabel('The code that your device shows').fill(String(code).toLowerCase());
    await press('Next');
    await press(new RegExp(ADELE));
    await press('Accept');
    expect(await page.textContent('h1')).toBe('Done');
  });
});

const PAGES: readonly (readonly [string, () => Promise<void>])[] = [
  ['start', async () => void (await page.goto(emulator.baseUrl))],
  ['picker', async () => void (await page.goto(request()))],
  [
    'consent',
    async () => {
      await page.goto(request());
      await press(new RegExp(NIA));
    },
  ],
  [
    'approval',
    async () => {
      await page.goto(request({ scope: 'User.Read.All' }));
      await press(new RegExp(ADELE));
    },
  ],
  ['refusal', async () => void (await page.goto(request({ redirect_uri: 'https://evil.example/' })))],
  ['device', async () => void (await page.goto(`${emulator.baseUrl}/devicelogin?user_code=WRONG`))],
  ['signed out', async () => void (await page.goto(`${emulator.baseUrl}/common/oauth2/v2.0/logout`))],
];

test.each(PAGES)(
  'the page %s has no accessibility fault, light or dark, in a narrow window',
  async (name, visit) => {
    await open({ viewport: { width: 320, height: 640 }, bypassCSP: true });
    await visit();
    if (name === 'refusal') complaints = [];
    expect(await page.textContent('header')).toBe('Local emulator, not Microsoft');
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    await page.evaluate(AXE);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      const violations = await page.evaluate(
        'axe.run().then(({ violations }) => violations.map(({ id }) => id))',
      );
      expect(violations).toEqual([]);
    }
  },
);
