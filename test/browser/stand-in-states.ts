import type { Page } from 'playwright-core';
import { STAND_IN_CLIENT_ID } from '../../src/emulator/registrations.ts';
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
    client_id: STAND_IN_CLIENT_ID,
    scope: 'https://graph.microsoft.com/User.Read.All',
    redirect_uri: `${url}/getAToken`,
    state: '12345',
  });
  await page.goto(`${emulator.baseUrl}/organizations/v2.0/adminconsent?${query}`);
}

/** Every page of the stand-in. */
export const STAND_IN_STATES: readonly State[] = [
  { name: 'stand-in', open: async (page, world) => void (await page.goto(world.emulator.baseUrl)) },
  { name: 'stand-in-picker', open: async (page, world) => void (await page.goto(`${world.url}/login`)) },
  {
    name: 'stand-in-fault-menu',
    async open(page, world) {
      await page.goto(`${world.url}/login`);
      await page.getByText('What should go wrong?').click();
      await page.getByRole('combobox').waitFor();
    },
  },
  {
    name: 'stand-in-consent',
    open: (page, world) =>
      askForScopes(
        page,
        world,
        WORK,
        'openid profile email offline_access User.ReadBasic.All Some.Permission',
      ),
  },
  {
    name: 'stand-in-consent-administrator',
    open: (page, world) => askForScopes(page, world, ADMIN, 'openid profile User.Read.All'),
  },
  {
    name: 'stand-in-approval',
    open: (page, world) => askForScopes(page, world, WORK, 'openid profile User.Read.All'),
  },
  { name: 'stand-in-admin-consent-who', open: askAdministrator },
  {
    name: 'stand-in-admin-consent',
    async open(page, world) {
      await askAdministrator(page, world);
      await pressAccount(page, ADMIN);
      await page.getByRole('button', { name: 'Accept' }).waitFor();
    },
  },
  {
    name: 'stand-in-refusal',
    async open(page, world) {
      const query = `client_id=${STAND_IN_CLIENT_ID}&redirect_uri=https://elsewhere.example/&response_type=code`;
      await page.goto(`${world.emulator.baseUrl}/common/oauth2/v2.0/authorize?${query}`);
    },
  },
  {
    name: 'stand-in-who-signs-out',
    async open(page, world) {
      await signInAs(page, world, WORK);
      await signInAs(page, world, ADMIN, '/login?prompt=select_account');
      await page.goto(`${world.emulator.baseUrl}/common/oauth2/v2.0/logout`);
      await page.getByRole('button', { name: ADMIN }).waitFor();
    },
  },
  {
    name: 'stand-in-signed-out',
    open: async (page, world) =>
      void (await page.goto(`${world.emulator.baseUrl}/common/oauth2/v2.0/logout`)),
  },
  {
    name: 'stand-in-device',
    open: async (page, world) =>
      void (await page.goto(`${world.emulator.baseUrl}/devicelogin?user_code=WRONG`)),
  },
];
