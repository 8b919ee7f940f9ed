import type { Page } from 'playwright-core';
import { DEFAULT_CLIENT_ID } from '../../src/emulator/registry/registrations.ts';
import type { World } from '../support/world.ts';
import { ADMIN, pressAccount, signInAs, WORK } from './people.ts';
import type { State } from './state.ts';

/** Opens the consent page for scopes that the app did not ask for. */
async function askForScopes(page: Page, world: World, username: string, scopes: string): Promise<void> {
  await page.goto(`${world.url}/login`);
  const request = new URL(page.url());
  request.searchParams.set('scope', scopes);
  await page.goto(request.href);
  await pressAccount(page, username);
  await page.getByRole('heading', { name: /permissions|approval/i }).waitFor();
}

async function askAdministrator(page: Page, { emulator, url }: World): Promise<void> {
  const query = new URLSearchParams({
    client_id: DEFAULT_CLIENT_ID,
    scope: 'https://graph.microsoft.com/User.Read.All',
    redirect_uri: `${url}/getAToken`,
    state: '12345',
  });
  await page.goto(`${emulator.baseUrl}/organizations/v2.0/adminconsent?${query}`);
}

/** Every page of the emulator. */
export const EMULATOR_STATES: readonly State[] = [
  { name: 'emulator', open: async (page, world) => void (await page.goto(world.emulator.baseUrl)) },
  { name: 'emulator-picker', open: async (page, world) => void (await page.goto(`${world.url}/login`)) },
  {
    name: 'emulator-fault-menu',
    async open(page, world) {
      await page.goto(`${world.url}/login`);
      await page.getByText('What should go wrong?').click();
      await page.getByRole('combobox').waitFor();
    },
  },
  {
    name: 'emulator-consent',
    open: (page, world) =>
      askForScopes(
        page,
        world,
        WORK,
        'openid profile email offline_access User.ReadBasic.All Some.Permission',
      ),
  },
  {
    name: 'emulator-consent-administrator',
    open: (page, world) => askForScopes(page, world, ADMIN, 'openid profile User.Read.All'),
  },
  {
    name: 'emulator-approval',
    open: (page, world) => askForScopes(page, world, WORK, 'openid profile User.Read.All'),
  },
  { name: 'emulator-admin-consent-who', open: askAdministrator },
  {
    name: 'emulator-admin-consent',
    async open(page, world) {
      await askAdministrator(page, world);
      await pressAccount(page, ADMIN);
      await page.getByRole('button', { name: 'Accept' }).waitFor();
    },
  },
  {
    name: 'emulator-refusal',
    async open(page, world) {
      const query = `client_id=${DEFAULT_CLIENT_ID}&redirect_uri=https://elsewhere.example/&response_type=code`;
      await page.goto(`${world.emulator.baseUrl}/common/oauth2/v2.0/authorize?${query}`);
    },
  },
  {
    name: 'emulator-who-signs-out',
    async open(page, world) {
      await signInAs(page, world, WORK);
      await signInAs(page, world, ADMIN, '/login?prompt=select_account');
      await page.goto(`${world.emulator.baseUrl}/common/oauth2/v2.0/logout`);
      await page.getByRole('button', { name: ADMIN }).waitFor();
    },
  },
  {
    name: 'emulator-signed-out',
    open: async (page, world) =>
      void (await page.goto(`${world.emulator.baseUrl}/common/oauth2/v2.0/logout`)),
  },
  {
    name: 'emulator-device',
    open: async (page, world) =>
      void (await page.goto(`${world.emulator.baseUrl}/devicelogin?user_code=WRONG`)),
  },
];
