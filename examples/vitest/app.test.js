import { startEmulator } from 'ms-identity-typescript-webapp/emulator';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createApp } from './app.js';

const ADA = 'ada@contoso.example';
const BASE_URL = 'http://localhost:5000';

let emulator;
let app;
beforeAll(async () => {
  emulator = await startEmulator({
    port: 0,
    seed: { accounts: [{ username: ADA, displayName: 'Ada Lovelace', roles: ['Orders.Reader'] }] },
  });
  const [{ id: tenant }] = emulator.tenants;
  app = await createApp({ ...emulator.environment(), AUTHORITY: `${emulator.url}/${tenant}`, BASE_URL });
});
beforeEach(() => emulator.reset());
afterAll(async () => {
  await app?.close();
  await emulator?.close();
});

/** Signs Ada in: the response of the callback, and the cookie of her browser. */
async function signIn() {
  const login = await app.inject('/login');
  const cookies = Object.fromEntries(login.cookies.map(({ name, value }) => [name, value]));
  const back = await emulator.signInByFetch(login.headers.location, ADA);
  return { cookies, callback: await app.inject({ url: back.pathname + back.search, cookies }) };
}

test('somebody signs in and is known by name', async () => {
  const { cookies, callback } = await signIn();
  expect(callback.headers.location).toBe('/');
  expect((await app.inject({ url: '/', cookies })).body).toBe('Hello Ada Lovelace');
});

test('a second factor that is required is a page, and not a crash', async () => {
  emulator.addFault({ at: 'token', fault: { kind: 'aadsts', code: 50076 } });
  const { callback } = await signIn();
  expect([callback.statusCode, callback.body]).toEqual([502, 'The sign-in failed: AADSTS50076']);
});

test.each([
  ['a good token', {}, 200],
  ['a token that is over', { expiresInSeconds: -300 }, 401],
  ['a token for another API', { audience: 'api://invoices' }, 401],
  ['a token signed by nobody', { signature: 'none' }, 401],
  ['a person without the role', { username: 'adele.vance@contoso.example' }, 403],
])('with %s the API answers accordingly', async (_what, changes, status) => {
  const token = emulator.accessToken({
    audience: 'api://orders',
    username: ADA,
    scopes: ['access'],
    ...changes,
  });
  const response = await app.inject({ url: '/api/orders', headers: { authorization: `Bearer ${token}` } });
  expect(response.statusCode).toBe(status);
});

test('what the emulator was asked can be looked at', async () => {
  await signIn();
  const asked = emulator.ledger().filter(({ path }) => path.endsWith('/token'));
  expect(asked.map(({ body }) => body.grant_type)).toEqual(['authorization_code']);
});
