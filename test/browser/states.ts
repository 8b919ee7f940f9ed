import type { FaultRequest } from '../../src/emulator/index.ts';
import { signedInBrowser, type World } from '../support/world.ts';
import { EXPORT_STATES } from './export-states.ts';
import {
  ADELE,
  ADMIN,
  chooseAccount,
  GUEST,
  openMenu,
  PERSONAL,
  pressAccount,
  signInAs,
  signOut,
  WORK,
} from './people.ts';
import type { State } from './state.ts';

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

const graphRefuses = (status: number, code: string, headers: Record<string, string> = {}): FaultRequest => ({
  at: 'users',
  times: 'always',
  fault: { kind: 'status', status, headers, body: { error: { code, message: 'The emulator was told to.' } } },
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

/** A person as an administrator sees them, where the app has asked for this. */
function adeleWith(config: Parameters<World['restart']>[0]): State['open'] {
  return async (page, world) => {
    world.restart(config);
    await signInAs(page, world, ADMIN, `/graphcall/users/${ADELE.id}`);
    world.restart({});
  };
}

/** Every page of the app in every state. */
export const APP_STATES: readonly State[] = [
  { name: 'welcome', open: async (page, world) => void (await page.goto(world.url)) },
  { name: 'home', open: (page, world) => signInAs(page, world, WORK) },
  { name: 'home-personal', open: (page, world) => signInAs(page, world, PERSONAL) },
  { name: 'home-guest', open: (page, world) => signInAs(page, world, GUEST) },
  {
    name: 'menu',
    answersInput: true,
    async open(page, world) {
      await signInAs(page, world, WORK);
      await openMenu(page);
    },
  },
  {
    name: 'signed-out',
    async open(page, world) {
      await signInAs(page, world, WORK);
      await signOut(page);
      await page.waitForURL(`${world.url}/`);
    },
  },
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
    name: 'people-all',
    async open(page, world) {
      await signInAs(page, world, WORK, `${PEOPLE}?top=all`);
      await page.evaluate('scrollTo(0, document.documentElement.scrollHeight)');
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
    name: 'people-typed',
    answersInput: true,
    async open(page, world) {
      await signInAs(page, world, WORK, PEOPLE);
      await page.locator('#search').pressSequentially('adele');
      await page.waitForURL(/[?&]search=adele/);
      await page.locator('[data-said]').filter({ hasText: 'adele' }).waitFor();
    },
  },
  {
    name: 'people-typed-failed',
    answersInput: true,
    async open(page, world) {
      await signInAs(page, world, WORK, PEOPLE);
      // Like a network that is gone, of which a page would complain.
      await page.evaluate('fetch = () => Promise.reject(new TypeError("Failed to fetch"))');
      await page.locator('#search').pressSequentially('adele');
      const failed = (await page.locator('[data-said]').getAttribute('data-failed')) ?? 'no words for it';
      await page.getByRole('heading', { name: failed }).waitFor();
    },
  },
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
  { name: 'person-whole', open: adeleWith({ scopes: ['User.Read.All'] }) },
  { name: 'person-optional', open: adeleWith({ optionalScopes: ['User.Read.All'] }) },
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
  {
    name: 'sessions',
    async open(page, world) {
      await signedInBrowser(world);
      await signInAs(page, world, WORK, '/sessions');
    },
  },
  { name: 'consent-given', open: consentAnswer('admin_consent=True&tenant=contoso.example') },
  { name: 'consent-declined', open: consentAnswer('error=access_denied&error_subcode=cancel') },
  { name: 'consent-failed', open: consentAnswer('error=server_error&admin_consent=True') },
  {
    name: 'consent-failed-known',
    open: consentAnswer('error=server_error&admin_consent=True&error_description=AADSTS500011%3A+x'),
  },
  ...EXPORT_STATES,
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
