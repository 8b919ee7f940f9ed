import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import type { Emulator } from '../../../src/emulator/index.ts';
import { ADELE, authorizeUrl, codeFields, postToken } from '../../emulator/stage.ts';
import { ask, visitor } from '../../emulator/visitor.ts';
import { chromiumPath } from '../../support/chromium.ts';
import { openEmulator } from '../../support/emulator.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const ADA = 'ada@contoso.example';
const NEW_ID = '7b1f0c3a-1111-4222-8333-944455558888';

let emulator: Emulator;
let browser: Browser;
let context: BrowserContext;
let page: Page;
beforeAll(async () => {
  emulator = await openEmulator({ users: 3 });
  browser = await chromium.launch({ executablePath: chromiumPath(), args: ['--no-sandbox'] });
});
beforeEach(async () => {
  emulator.reset();
  await open({});
});
afterEach(() => context.close());
afterAll(async () => {
  await browser.close();
  await emulator.close();
});

async function open(options: Parameters<Browser['newContext']>[0]): Promise<void> {
  await context?.close();
  context = await browser.newContext(options);
  page = await context.newPage();
}

const press = (name: string | RegExp): Promise<void> => page.getByRole('button', { name }).click();
const unfold = (name: string): Promise<void> => page.locator('summary').filter({ hasText: name }).click();

async function signIn(changes: Record<string, string | undefined> = {}): Promise<string> {
  const back = await emulator.signInByFetch(authorizeUrl(emulator, changes), ADELE);
  return back.searchParams.get('code') ?? '';
}

/** The stories on the page: their headings and their steps. */
async function stories(): Promise<readonly string[][]> {
  await page.goto(emulator.url);
  const cards = await page.locator('article.story').all();
  return Promise.all(cards.map((card) => card.locator('h3, li').allInnerTexts()));
}

// Without a script from here on, but where one is the subject.
describe.each([{ javaScriptEnabled: false }, { javaScriptEnabled: true }])('with %j', (options) => {
  beforeEach(() => open(options));

  test('somebody is added, changed and removed', async () => {
    await page.goto(emulator.url);
    await unfold('Add somebody');
    await page.getByLabel('Username', { exact: true }).fill(ADA);
    const form = page.locator('form').filter({ has: page.getByLabel('Username', { exact: true }) });
    await form.getByLabel('App roles').fill('Admin Reader');
    await form.getByLabel('Groups').fill('Readers, All of us');
    await form.getByLabel('Kind').selectOption('admin');
    await press('Add');
    expect(page.url()).toBe(`${emulator.url}/#accounts`);
    const found = () => emulator.accounts.find((one) => one.username === ADA);
    expect(found()).toMatchObject({
      kind: 'admin',
      roles: ['Admin', 'Reader'],
      groups: ['Readers', 'All of us'],
    });
    await unfold(ADA);
    const card = page.locator('details').filter({ hasText: ADA });
    await card.getByLabel('Display name').fill('Ada Lovelace');
    await press(`Change ${ADA}`);
    expect(found()).toMatchObject({ displayName: 'Ada Lovelace', kind: 'admin', roles: ['Admin', 'Reader'] });
    await unfold(ADA);
    await press(`Remove ${ADA}`);
    expect(found()).toBeUndefined();
  });

  test('an API is registered, changed and removed, and goes into the seed', async () => {
    await page.goto(emulator.url);
    await unfold('Add an app or API');
    await page.getByLabel('Client id').fill(NEW_ID);
    const form = page.locator('form').filter({ has: page.getByLabel('Client id') });
    await form.getByLabel('Name').fill('Orders');
    await form.getByLabel('App ID URIs').fill('api://orders');
    await form.getByLabel('Redirect URIs, web').fill('http://localhost:3000/a\nhttp://localhost:3000/b');
    await press('Register');
    const found = () => emulator.registrations.find((one) => one.clientId === NEW_ID);
    const redirectUris = ['http://localhost:3000/a', 'http://localhost:3000/b'];
    expect(found()).toMatchObject({ name: 'Orders', identifierUris: ['api://orders'], redirectUris });
    const seed = await ask(
      new URL((await page.getByRole('link', { name: 'seed' }).getAttribute('href')) ?? '', page.url()).href,
    );
    expect(JSON.parse(seed.text).registrations).toMatchObject([{ clientId: NEW_ID }]);
    await unfold('Orders');
    const card = page.locator('details').filter({ hasText: 'Orders' });
    await card.getByLabel('Another secret').fill('a new one');
    await card.getByLabel('A public client').check();
    await press('Change Orders');
    expect(found()).toMatchObject({ redirectUris, isPublic: true, secrets: [{ value: 'a new one' }] });
    await unfold('Orders');
    await press('Remove Orders');
    expect(found()).toBeUndefined();
  });

  test('what can’t be done is a page that says why', async () => {
    await page.goto(emulator.url);
    await unfold('Add an app or API');
    await page.getByLabel('Redirect URIs, web').last().fill('https://elsewhere.example/');
    await press('Register');
    expect(await page.textContent('main')).toMatch(
      /That can’t be done[\s\S]*elsewhere.example[\s\S]*--allow-host/,
    );
    expect(emulator.registrations).toHaveLength(1);
  });

  test('a fault is chosen by its name, waits, and is taken away', async () => {
    await page.goto(emulator.url);
    await unfold('What should go wrong?');
    await page
      .getByLabel('The next time:')
      .selectOption({ label: 'Conditional access blocks the sign-in (AADSTS53003)' });
    await press('Do that');
    expect(page.url()).toBe(`${emulator.url}/#faults`);
    expect(await page.textContent('main')).toContain('Going to go wrong: aadsts 53003 at token (1 time)');
    await press('Let everything work again');
    expect(await page.textContent('main')).not.toContain('Going to go wrong');
  });
});

describe('what happened', () => {
  test('is a story of each sign-in, the latest first', async () => {
    await postToken(emulator, codeFields(await signIn({ state: 'one' })));
    await signIn({ state: 'two' });
    expect(await stories()).toEqual([
      [expect.stringMatching(/^A sign-in, app 1111/), expect.anything(), expect.anything()],
      [
        expect.stringMatching(/^A sign-in, app 1111/),
        expect.stringMatching(/^The app sent a browser to the sign-in, for User.ReadBasic.All .* \(200\)$/),
        `${ADELE} was chosen (200)`,
        `${ADELE} chose “accept”: back to the app with a code`,
        'The app redeemed the code (200)',
      ],
    ]);
  });

  test('says why it was refused: on a page, in a redirect, at the token endpoint, in Graph', async () => {
    const who = visitor();
    await who.get(authorizeUrl(emulator, { redirect_uri: 'https://evil.example/', state: 'page' }));
    emulator.addFault({
      at: 'authorize',
      fault: { kind: 'authorize-error', error: 'temporarily_unavailable' },
    });
    await who.get(authorizeUrl(emulator, { state: 'redirect' }));
    emulator.addFault({ at: 'token', fault: { kind: 'aadsts', code: 53003 } });
    await postToken(emulator, codeFields(await signIn({ state: 'token' })));
    await emulator
      .signInByFetch(authorizeUrl(emulator, { scope: 'User.Read.All', state: 'admin' }), ADELE)
      .catch(() => undefined);
    await ask(`${emulator.url}/v1.0/me`);
    const last = (await stories()).map((steps) => steps.at(-1));
    expect(last).toEqual([
      expect.stringMatching(/^GET \/v1.0\/me. Refused: InvalidAuthenticationToken: /),
      `${ADELE} was chosen. Refused: An administrator has to consent to that.`,
      expect.stringMatching(/^The app redeemed the code. Refused: AADSTS53003: .*[^\s]$/),
      expect.stringMatching(/Refused: temporarily_unavailable$/),
      expect.stringMatching(/Refused: AADSTS50011: /),
    ]);
    expect(emulator.ledger().filter((one) => one.reason !== undefined)).toHaveLength(5);
    expect(last.join()).not.toMatch(/Trace ID|&#/);
  });

  test('is forgotten with a press', async () => {
    await signIn();
    await page.goto(emulator.url);
    await press(/Back to the start/);
    expect(await stories()).toEqual([]);
  });

  test('shows what others wrote as text', async () => {
    await ask(authorizeUrl(emulator, { scope: '<img src=x onerror=alert(1)>' }));
    emulator.putAccount({ username: ADA, displayName: '<b>Ada</b>', roles: ['"><script>'] });
    await page.goto(emulator.url);
    expect(await page.locator('main img, main b, main script').count()).toBe(0);
    expect(await page.textContent('main')).toContain('<b>Ada</b>');
  });
});

test('a snippet is copied with a press, and there is no such button without a script', async () => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto(emulator.url);
  await unfold('Settings');
  await press('Copy Settings');
  await page.getByText('Copied.').waitFor();
  const copied = await page.evaluate('navigator.clipboard.readText()');
  expect(copied).toContain(`AUTHORITY=${emulator.url}/common`);
  expect(copied).toBe(await page.locator('#snippet-variables').textContent());
  await open({ javaScriptEnabled: false });
  await page.goto(emulator.url);
  await unfold('Settings');
  expect(await page.getByRole('button', { name: 'Copy' }).count()).toBe(0);
  expect(await page.textContent('#snippet-variables')).toContain('CLIENT_ID=');
});

describe('each snippet names this emulator', () => {
  const folder = mkdtempSync(join(tmpdir(), 'snippets-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  test('and the ones for Node and for Go have the form of their language', async () => {
    await page.goto(emulator.url);
    const texts = await page.locator('pre').allTextContents();
    expect(texts.length).toBeGreaterThanOrEqual(8);
    const own = texts.filter((one) => !one.includes('startEmulator'));
    expect(own.every((one) => one.includes(new URL(emulator.url).host))).toBe(true);
    writeFileSync(join(folder, 'snippet.mjs'), (await page.locator('#snippet-node').textContent()) ?? '');
    execFileSync(process.execPath, ['--check', join(folder, 'snippet.mjs')]);
  });

  test('and under Microsoft’s own names those', async () => {
    const seen = await ask(emulator.url, { headers: { host: 'graph.microsoft.com' } });
    expect(seen.status).toBe(403);
    const microsoft = await openEmulator({ users: 0, allowedHosts: ['graph.microsoft.com'] });
    const shown = await ask(microsoft.url, { headers: { host: 'graph.microsoft.com' } });
    await microsoft.close();
    expect(shown.text).toContain('AUTHORITY=https://login.microsoftonline.com/common');
  });
});

test('forms are not for the pages of other sites', async () => {
  const headers = { origin: 'http://localhost:3000', 'content-type': 'application/x-www-form-urlencoded' };
  for (const form of ['account', 'remove-account', 'registration', 'remove-registration', 'reset']) {
    const seen = await ask(
      `${emulator.url}/_emulator/start/${form}`,
      { method: 'POST', headers },
      `username=${ADELE}`,
    );
    expect(seen.status).toBe(403);
  }
  expect(emulator.accounts.some((one) => one.username === ADELE)).toBe(true);
  const unknown = await ask(`${emulator.url}/_emulator/start/toString`, { method: 'POST' }, '');
  expect(unknown.status).toBe(400);
});

test('everything unfolded it has no accessibility fault, light or dark, narrow or wide', async () => {
  emulator.addFault({ at: 'token', fault: { kind: 'aadsts', code: 53003 } });
  await postToken(emulator, codeFields(await signIn()));
  for (const width of [320, 1280]) {
    await open({ viewport: { width, height: 800 }, bypassCSP: true });
    await page.goto(emulator.url);
    await page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true");
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    await page.evaluate(AXE);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      const found = await page.evaluate(
        'axe.run().then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes[0].html]))',
      );
      expect(found).toEqual([]);
      if (process.env.SCREENSHOTS_IN !== undefined)
        await page.screenshot({
          path: join(process.env.SCREENSHOTS_IN, `start-${width}-${colorScheme}.png`),
          fullPage: true,
        });
    }
  }
});
