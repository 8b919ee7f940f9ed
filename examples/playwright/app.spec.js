import { expect, test } from '@playwright/test';
import { startEmulator } from 'ms-identity-typescript-webapp/emulator';
import { startApp } from './app.js';

const ADA = 'ada@contoso.example';
let emulator;
let app;

test.beforeAll(async () => {
  emulator = await startEmulator({
    port: 0,
    seed: { accounts: [{ username: ADA, displayName: 'Ada Lovelace' }] },
  });
  app = await startApp(emulator.environment(), 0);
});
test.beforeEach(() => emulator.reset());
test.afterAll(async () => {
  app?.close();
  await emulator?.close();
});

test('somebody signs in and is greeted', async ({ page }) => {
  await page.goto(app.url);
  await page.getByRole('link', { name: 'Sign in' }).click();
  await emulator.signIn(page, ADA);
  await expect(page.getByRole('heading')).toHaveText('Hello Ada Lovelace');
});

test('somebody whom conditional access blocks reads why', async ({ page }) => {
  emulator.addFault({ at: 'token', fault: { kind: 'aadsts', code: 53003 } });
  await page.goto(`${app.url}/login`);
  await emulator.signIn(page, ADA);
  await expect(page.getByText('AADSTS53003')).toBeVisible();
});

test('somebody who starts today is let in at once', async ({ page }) => {
  emulator.putAccount({ username: 'grace@contoso.example', displayName: 'Grace Hopper' });
  await page.goto(`${app.url}/login`);
  await emulator.signIn(page, 'grace@contoso.example');
  await expect(page.getByRole('heading')).toHaveText('Hello Grace Hopper');
});
