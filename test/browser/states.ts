import type { Page } from 'playwright-core';
import type { FaultRequest } from '../../src/emulator/emulator.ts';
import { STAND_IN_CLIENT_ID } from '../../src/emulator/registrations.ts';
import { until } from '../support/until.ts';
import type { World } from '../support/world.ts';
import { ADMIN, chooseAccount, GUEST, PERSONAL, pressAccount, signInAs, WORK } from './people.ts';

/** A page in a state that somebody can meet. */
export interface State {
  /** Stable: the name of its pictures, too. */
  name: string;
  /** Brings a fresh profile's page there, in a world that was just reset. */
  open(page: Page, world: World): Promise<void>;
}

const PEOPLE = '/graphcall';

/** Signs in as somebody at work and opens the list of people with a fault waiting. */
const peopleWith =
  (...faults: FaultRequest[]): State['open'] =>
  async (page, world) => {
    await signInAs(page, world, WORK);
    for (const fault of faults) world.emulator.addFault(fault);
    await page.goto(`${world.url}${PEOPLE}`);
  };

/** Tries to sign in as somebody at work with a fault waiting. */
const signInWith =
  (fault: FaultRequest): State['open'] =>
  async (page, world) => {
    world.emulator.addFault(fault);
    await page.goto(`${world.url}/login?returnTo=${PEOPLE}`);
    if (fault.at === 'authorize') return;
    await pressAccount(page, WORK);
    await page.getByRole('button', { name: 'Accept' }).click();
    await page.waitForURL((url) => url.origin === world.url);
  };

/** What an administrator comes back with from the consent page. */
const consentAnswer =
  (query: string): State['open'] =>
  async (page, world) =>
    void (await page.goto(`${world.url}/getAToken?${query}`));

/** Begins an export that takes its time, in the way of a page without scripts, and shows how far it is. */
async function beginExport(page: Page, world: World): Promise<void> {
  await signInAs(page, world, WORK, '/graphcall/export');
  const fault = { kind: 'delay', ms: 20_000 };
  world.emulator.addFault({ at: 'users', times: 'always', fault });
  const href = await page.locator('a[data-export]').first().getAttribute('href');
  // Not by the page itself, which is loaded anew; it ends with the profile.
  void page
    .context()
    .request.get(`${world.url}${href}`)
    .catch(() => undefined);
  await until(async () => {
    await page.reload();
    return page.locator('[data-progress]').isVisible();
  }, 10_000);
}

/** Begins as many exports as one may have at a time, and asks for another. */
async function beginTooManyExports(page: Page, world: World): Promise<void> {
  await signInAs(page, world, WORK);
  const file = `${world.url}/graphcall/export.csv`;
  world.emulator.addFault({ at: 'users', times: 'always', fault: { kind: 'delay', ms: 20_000 } });
  const asked = async () => (await world.received('/v1.0/users')).length;
  for (let count = 1; count <= 3; count += 1) {
    void page
      .context()
      .request.get(file)
      .catch(() => undefined);
    await until(async () => (await asked()) === count, 10_000);
  }
  await page.goto(file);
}

const graphRefuses = (status: number, code: string, headers: Record<string, string> = {}): FaultRequest => ({
  at: 'users',
  times: 'always',
  fault: { kind: 'status', status, headers, body: { error: { code, message: 'The stand-in was told to.' } } },
});

const person = (number: number, names: Record<string, unknown>) => ({
  id: `00000000-0000-4000-8000-00000000000${number}`,
  displayName: null,
  givenName: null,
  surname: null,
  mail: null,
  userPrincipalName: `person${number}@contoso.example`,
  ...names,
});

/** Names and addresses as long, as short and as foreign as directories have them. */
const UNUSUAL_PEOPLE = [
  person(1, {
    displayName: `Wolfeschlegelsteinhausenbergerdorff${'-von-und-zu-Hohenlohe'.repeat(5)}`,
    mail: `${'a-very-long-local-part-of-an-address'.repeat(1)}@${'subdomain.'.repeat(8)}contoso.example`,
    userPrincipalName: `${'longusername'.repeat(5)}@contoso.example`,
  }),
  person(2, { displayName: 'محمد بن عبد الله آل سعود', mail: 'mohammed@contoso.example' }),
  person(3, { displayName: 'יעל (Yael) כהן', givenName: 'יעל', surname: 'כהן' }),
  person(4, { displayName: '👩🏽‍🚀 Zoë 𠮷田', mail: 'zoë@bücher.example' }),
  person(5, {}),
  person(6, { displayName: 'Nguyễn Thị Minh Khai', mail: 'not an address' }),
  person(7, { displayName: 'X' }),
];

/** Every page of the app in every state. */
export const APP_STATES: readonly State[] = [
  { name: 'welcome', open: async (page, world) => void (await page.goto(world.url)) },
  { name: 'home', open: (page, world) => signInAs(page, world, WORK) },
  { name: 'home-personal', open: (page, world) => signInAs(page, world, PERSONAL) },
  { name: 'home-guest', open: (page, world) => signInAs(page, world, GUEST) },
  { name: 'people', open: (page, world) => signInAs(page, world, WORK, PEOPLE) },
  {
    name: 'people-second-page',
    async open(page, world) {
      await signInAs(page, world, WORK, `${PEOPLE}?top=10`);
      await page.locator('a[rel=next]').click();
      await page.waitForURL(/cursor=/);
    },
  },
  {
    name: 'people-unusual',
    open: peopleWith({ at: 'users', fault: { kind: 'rows', rows: UNUSUAL_PEOPLE } }),
  },
  {
    name: 'people-none',
    open: peopleWith({
      at: 'users',
      fault: { kind: 'answer', set: { value: [], '@odata.count': 0 }, remove: ['@odata.nextLink'] },
    }),
  },
  {
    name: 'people-none-here',
    open: peopleWith({ at: 'users', fault: { kind: 'rows', rows: [] } }),
  },
  {
    name: 'people-found',
    async open(page, world) {
      await signInAs(page, world, WORK, '/graphcall?search=adele');
      await page.getByRole('rowheader', { name: 'Adele Vance' }).waitFor();
    },
  },
  { name: 'people-not-found', open: (page, world) => signInAs(page, world, WORK, '/graphcall?search=qqqq') },
  {
    name: 'people-incomplete',
    open: peopleWith({
      at: 'users',
      fault: { kind: 'rows', rows: [...UNUSUAL_PEOPLE.slice(1), 'no person'] },
    }),
  },
  {
    name: 'people-search-too-long',
    open: (page, world) => signInAs(page, world, WORK, `${PEOPLE}?search=${'x'.repeat(201)}`),
  },
  {
    name: 'people-beginnings',
    async open(page, world) {
      await signInAs(page, world, WORK);
      const body = { error: { code: 'Request_UnsupportedQuery', message: 'Unsupported Query.' } };
      const fault = { kind: 'status', status: 400, body };
      world.emulator.addFault({ at: 'users', when: { $count: 'true' }, fault });
      await page.goto(`${world.url}${PEOPLE}?search=ade`);
    },
  },
  {
    name: 'person',
    async open(page, world) {
      await signInAs(page, world, WORK, '/graphcall?search=adele');
      await page.getByRole('link', { name: 'Adele Vance' }).click();
      await page.getByRole('heading', { level: 1, name: 'Adele Vance' }).waitFor();
    },
  },
  { name: 'profile', open: (page, world) => signInAs(page, world, PERSONAL, PEOPLE) },
  { name: 'permissions', open: (page, world) => signInAs(page, world, WORK, '/permissions') },
  {
    name: 'permissions-missing',
    async open(page, world) {
      world.emulator.addFault({
        at: 'token',
        fault: { kind: 'answer', set: { scope: 'openid profile email' } },
      });
      await signInAs(page, world, WORK, '/permissions');
    },
  },
  { name: 'consent-given', open: consentAnswer('admin_consent=True&tenant=contoso.example') },
  { name: 'consent-declined', open: consentAnswer('error=access_denied&error_subcode=cancel') },
  { name: 'consent-failed', open: consentAnswer('error=server_error&admin_consent=True') },
  {
    name: 'consent-failed-known',
    open: consentAnswer('error=server_error&admin_consent=True&error_description=AADSTS500011%3A+x'),
  },
  { name: 'export', open: (page, world) => signInAs(page, world, WORK, '/graphcall/export') },
  { name: 'export-running', open: beginExport },
  {
    name: 'export-cancelled',
    async open(page, world) {
      await beginExport(page, world);
      await page.locator('[data-cancel] button').click();
      await page.locator('[data-cancel]').waitFor({ state: 'hidden' });
      await page.reload();
    },
  },
  { name: 'too-many-exports', open: beginTooManyExports },
  {
    name: 'sign-out-question',
    async open(page, world) {
      await signInAs(page, world, WORK);
      await page.goto(world.emulator.baseUrl.replace('localhost', '127.0.0.1'));
      const location = JSON.stringify(`${world.url}/logout`);
      await Promise.all([page.waitForURL(`${world.url}/logout`), page.evaluate(`location = ${location}`)]);
    },
  },
  {
    name: 'declined',
    async open(page, world) {
      await chooseAccount(page, world, WORK, PEOPLE);
      await page.getByRole('button', { name: 'Cancel' }).click();
      await page.waitForURL((url) => url.origin === world.url);
    },
  },
  {
    name: 'administrator-needed',
    open: signInWith({
      at: 'authorize',
      fault: { kind: 'authorize-error', error: 'access_denied', error_description: 'AADSTS90094: Approve.' },
    }),
  },
  { name: 'permission-missing', open: peopleWith(graphRefuses(403, 'Authorization_RequestDenied')) },
  {
    name: 'guest',
    async open(page, world) {
      world.emulator.addFault(graphRefuses(403, 'Authorization_RequestDenied'));
      await signInAs(page, world, GUEST, PEOPLE);
    },
  },
  { name: 'throttled', open: peopleWith(graphRefuses(429, 'TooManyRequests', { 'Retry-After': '150' })) },
  { name: 'graph-down', open: peopleWith(graphRefuses(503, 'serviceNotAvailable', { 'Retry-After': '60' })) },
  {
    name: 'blocked-by-policy',
    open: signInWith({ at: 'token', fault: { kind: 'aadsts', code: 53003, suberror: 'message_only' } }),
  },
  {
    name: 'secret-expired',
    open: signInWith({
      at: 'token',
      fault: { kind: 'aadsts', code: 7000222, error: 'invalid_client', status: 401 },
    }),
  },
  {
    name: 'redirect-uri',
    open: signInWith({
      at: 'token',
      fault: { kind: 'aadsts', code: 50011, error: 'invalid_client', status: 401 },
    }),
  },
  { name: 'unknown-code', open: signInWith({ at: 'token', fault: { kind: 'aadsts', code: 999999 } }) },
  {
    name: 'sign-in-unknown',
    open: async (page, world) =>
      void (await page.goto(`${world.url}/getAToken?state=${'x'.repeat(22)}&code=1`)),
  },
  { name: 'not-found', open: async (page, world) => void (await page.goto(`${world.url}/nowhere`)) },
];

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
