import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { storeChecks } from '../../../src/library/session-store.ts';
import { useChromium } from '../../browser/use-chromium.ts';
import { createBrowser } from '../../support/browser.ts';
import { freePort } from '../../support/free-port.ts';
import { type Postgres, startPostgres } from './postgres.ts';
import { type Examples, fetchAs, installExamples, signedIn } from './stage.ts';

// Each example of docs/recipes.md, installed from the packed file and used as its readers would.

let examples: Examples;
beforeAll(() => {
  examples = installExamples();
}, 240_000);
afterAll(() => examples.close());

const JSON_BODY = { 'Content-Type': 'application/json' };

test('protected-page: a visitor comes back to the page that they opened, and a script is told where to sign in', async () => {
  const example = await examples.open('protected-page');
  const browser = createBrowser();
  expect((await browser.visit(`${example.url}/`)).text).toBe('Hello visitor');
  const refused = await fetchAs(browser, `${example.url}/private`);
  expect({ status: refused.status, body: await refused.json() }).toEqual({
    status: 401,
    body: expect.objectContaining({ signInUrl: '/login?returnTo=%2Fprivate' }),
  });
  const page = await example.through(browser, '/private');
  expect(page.url).toBe(`${example.url}/private`);
  expect(page.text).toBe('Only for people who are signed in, such as adele.vance@contoso.example');
});

test('calendar: asks for its permission when it is first opened, and no more', async () => {
  const example = await examples.open('calendar');
  const browser = createBrowser();
  const consent = await browser.press(await browser.visit(`${example.url}/`), 'adele.vance');
  expect(consent.html).toContain('>Accept<');
  expect(consent.text).not.toMatch(/calendar/i);
  expect((await browser.press(consent, 'accept')).text).toContain('Hello Adele Vance');
  const more = await browser.visit(`${example.url}/calendar`);
  expect(more.text).toMatch(/calendar/i);
  const calendar = await browser.press(more, 'accept');
  expect(calendar).toMatchObject({ url: `${example.url}/calendar`, status: 200 });
  expect(calendar.text).toContain('2030-05-02T15:00 Tea with Nia');
  const again = await browser.visit(`${example.url}/calendar`, { redirects: 0 });
  expect(again).toMatchObject({ status: 200, html: calendar.html });
});

test('roles-and-groups: lets in who may, says once what is missing, and can ask again', async () => {
  const example = await examples.open('roles-and-groups');
  const [ada, ben] = [await signedIn(example, '/', 'ada@'), await signedIn(example, '/', 'ben@')];
  expect((await ada.visit(`${example.url}/orders`)).text).toBe('3 orders');
  expect((await ben.visit(`${example.url}/stock`)).text).toBe('12 chests of tea');
  const [noRole, noGroup] = [
    await ben.visit(`${example.url}/orders`),
    await ada.visit(`${example.url}/stock`),
  ];
  expect(noRole).toMatchObject({ status: 403, text: expect.stringContaining('Orders.Admin') });
  expect(noGroup).toMatchObject({ status: 403, text: expect.stringContaining('5f3c1f60') });
  const cancel = async () => (await fetchAs(ada, `${example.url}/orders/cancel`, { method: 'POST' })).status;
  expect(await cancel()).toBe(200);
  await fetch(`${example.emulatorUrl}/_emulator/accounts`, {
    ...{ method: 'POST', headers: JSON_BODY },
    body: JSON.stringify({ username: 'ada@contoso.example', roles: [] }),
  });
  expect(await cancel()).toBe(403);
});

test('own-api: the app calls it for the person, and it asks Microsoft Graph on their behalf', async () => {
  const apiPort = `${await freePort()}`;
  const ordersUrl = `http://localhost:${apiPort}`;
  const example = await examples.open('own-api', { ORDERS_URL: ordersUrl });
  const environment = { ...example.environment, API_PORT: apiPort };
  await examples.start('own-api', 'start:api', { says: /listening/, environment });
  const browser = await signedIn(example, '/orders');
  const order = { method: 'POST', headers: JSON_BODY, body: '{ "item": "coffee" }' };
  const bought = await fetchAs(browser, `${example.url}/orders`, order);
  expect(await bought.json()).toEqual({ item: 'coffee', buyer: 'Adele Vance' });
  expect(await (await fetchAs(browser, `${example.url}/orders`)).json()).toHaveLength(2);

  const nobody = await fetch(`${ordersUrl}/orders`);
  expect(nobody).toMatchObject({ status: 401 });
  expect(nobody.headers.get('www-authenticate')).toContain('Bearer');
  const tokenFor = async (access: object) => {
    const audience = 'api://22222222-2222-4222-8222-222222222222';
    const body = JSON.stringify({ audience, ...access });
    const made = await fetch(`${example.emulatorUrl}/_emulator/tokens`, {
      method: 'POST',
      body,
      headers: JSON_BODY,
    });
    return ((await made.json()) as { access_token: string }).access_token;
  };
  const call = async (token: string, init: RequestInit) => {
    const headers = { Authorization: `Bearer ${token}`, ...init.headers };
    return (await fetch(`${ordersUrl}/orders`, { ...init, headers })).status;
  };
  const reader = await tokenFor({ username: 'adele.vance@contoso.example', scopes: ['Orders.Read'] });
  const program = await tokenFor({ tenant: 'contoso.example', roles: ['Orders.Read.All'] });
  expect([await call(reader, {}), await call(reader, order)]).toEqual([200, 403]);
  expect([await call(program, {}), await call(program, order)]).toEqual([200, 403]);
});

test('shop: its own session goes through the sign-in and the sign-out', async () => {
  const example = await examples.open('shop');
  const browser = createBrowser();
  await browser.visit(`${example.url}/basket/tea`, { method: 'POST' });
  expect((await example.through(browser, '/checkout')).text).toBe('tea for Adele Vance');
  await browser.visit(`${example.url}/logout`, { redirects: 0 });
  expect((await browser.visit(`${example.url}/basket`)).text).toBe('["tea"]');
  expect((await browser.visit(`${example.url}/checkout`, { redirects: 0 })).status).toBe(302);
});

describe('single-page-app', () => {
  const chromium = useChromium();

  test('signs people in without a token in the browser, and takes no request from other sites', async () => {
    const { url } = await examples.open('single-page-app');
    const page = await chromium.newPage();
    await page.goto(url);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('button', { name: /adele\.vance/ }).click();
    await page.getByRole('button', { name: 'Accept' }).click();
    await page.getByText('Hello Adele Vance').waitFor();
    await page.getByLabel('Note').fill('buy <b>tea</b>');
    await page.getByRole('button', { name: 'Add' }).click();
    await page.getByText('buy <b>tea</b>').waitFor();
    await page.getByRole('button', { name: 'Who else is here?' }).click();
    await page.locator('#people li').nth(4).waitFor();
    const seen = 'JSON.stringify([document.cookie, { ...localStorage }, { ...sessionStorage }])';
    expect(await page.evaluate(seen)).toBe('["",{},{}]');

    const cookies = await page.context().cookies(url);
    const Cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
    const post = (headers: Record<string, string>) =>
      fetch(`${url}/api/notes`, {
        ...{ method: 'POST', body: '{ "text": "bait" }' },
        headers: { Cookie, ...JSON_BODY, ...headers },
      });
    expect((await post({})).status).toBe(403);
    expect((await post({ 'X-Requested-With': 'single-page-app' })).status).toBe(201);
    expect(chromium.takeComplaints()).toEqual([expect.stringContaining('401')]);
  });
});

describe('postgres-sessions', () => {
  let postgres: Postgres;
  beforeAll(async () => {
    postgres = await startPostgres();
  });
  afterAll(() => postgres.close());

  test('a session outlives the process', async () => {
    const secret = 'a-session-secret-of-this-test-0123456789';
    const example = await examples.open('postgres-sessions', {
      ...postgres.environment,
      SESSION_SECRET: secret,
    });
    const browser = await signedIn(example, '/');
    const ended = once(example.app, 'exit');
    example.app.kill('SIGTERM');
    await ended;
    const { environment } = example;
    await examples.start('postgres-sessions', 'start', { says: /listening/, environment });
    const page = await browser.visit(`${example.url}/`, { redirects: 0 });
    expect(page).toMatchObject({ status: 200, text: 'Hello Adele Vance' });
  });

  test('its store keeps every promise', () => {
    const { status, stdout } = examples.test('postgres-sessions', postgres.environment);
    expect({ status, failed: /^# fail \d+/m.exec(stdout)?.[0], stdout: status === 0 ? '' : stdout }).toEqual({
      status: 0,
      failed: '# fail 0',
      stdout: '',
    });
    expect(Number(/^# pass (\d+)/m.exec(stdout)?.[1])).toBe(storeChecks().length);
  });
});
