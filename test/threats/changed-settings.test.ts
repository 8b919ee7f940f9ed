import { expect, test } from '@jest/globals';
import type { Config } from '../../src/config/config.ts';
import { useWorld } from '../support/stage.ts';
import { openBeside } from '../support/world.ts';
import { ADELE, callbackOf, knownBrowser, signedIn, TO_SIGN_IN } from './support/outcome.ts';

// The same over restarts of the built program: test/runs/processes/changed-settings.test.ts.

const CONTOSO = 'a1c0b5e2-7d34-4f6a-9b8e-0c2d4e6f8a10';
const FABRIKAM = 'b2d1c6f3-8e45-4a7b-8c9f-1d3e5f7a9b21';
const SAM = 'sam.rivera@mailbox.example';
const HOST = 'https://login.microsoftonline.com';

const world = useWorld();

type Change = readonly [string, Partial<Config>, string?];

/** Under these the app is another one, which knows neither seal nor signature of the first. */
const OTHER_APPS: readonly Change[] = [
  ['another client id', { clientId: '33333333-3333-4333-8333-333333333333' }],
  ['another public address', { baseUrl: 'http://127.0.0.1:1' }],
  ['an authority in another cloud', { authority: 'https://login.microsoftonline.us/common' }],
  ['an authority by name', { authority: `${HOST}/contoso.example` }],
  ['Microsoft in the place of the emulator', { usesEmulator: false }],
];
/** Under these it is the same app, for other people. */
const OTHER_PEOPLE: readonly Change[] = [
  ['other allowed tenants', { allowedTenants: [FABRIKAM] }],
  ['the authority of another tenant', { authority: `${HOST}/${FABRIKAM}` }],
  ['an authority for personal accounts', { authority: `${HOST}/consumers` }],
  ['an authority for organisations', { authority: `${HOST}/organizations` }, SAM],
];

test.each([...OTHER_APPS, ...OTHER_PEOPLE])(
  'D27 with %s a session is nobody’s',
  async (_name, changes, username = ADELE) => {
    const browser = await signedIn(world(), username);
    const changed = await openBeside(world(), changes);
    const home = await browser.visit(`${changed.url}/`);
    const people = await browser.visit(`${changed.url}/graphcall`, { redirects: 0 });
    await changed.close();
    expect([home.status, home.text.includes(username), people.headers.location]).toEqual([
      200,
      false,
      expect.stringMatching(TO_SIGN_IN),
    ]);
  },
);

test.each(OTHER_PEOPLE)(
  'D27 with %s the cookie of a session ends',
  async (_name, changes, username = ADELE) => {
    const browser = await signedIn(world(), username);
    const changed = await openBeside(world(), changes);
    await browser.visit(`${changed.url}/`);
    await changed.close();
    expect(browser.cookieHeader(changed.url)).not.toMatch(/(^|; )session=/);
  },
);

test.each(OTHER_APPS)(
  'D27 with %s the signature of a cookie is a foreign one, and the cookie is left alone',
  async (_name, changes) => {
    const browser = await signedIn(world());
    const before = browser.cookieHeader(world().url);
    const changed = await openBeside(world(), changes);
    const home = await browser.visit(`${changed.url}/`);
    await changed.close();
    expect(home.headers['set-cookie']).toBeUndefined();
    expect(browser.cookieHeader(changed.url)).toBe(before);
  },
);

test.each(OTHER_APPS)('D27 with %s a sign-in that began before is not finished', async (_name, changes) => {
  const browser = await knownBrowser(world());
  const callback = new URL(await callbackOf(browser, world()));
  const changed = await openBeside(world(), changes);
  const page = await browser.visit(`${changed.url}${callback.pathname}${callback.search}`, {
    redirects: 0,
  });
  await changed.close();
  expect([page.status, page.headers.location]).toEqual([400, undefined]);
});

test.each([
  ['the same settings', {}],
  ['the allowed tenants in another order', { allowedTenants: [FABRIKAM, CONTOSO] }],
  ['the authority of their own tenant', { authority: `${HOST}/${CONTOSO}` }],
  ['an authority for organisations', { authority: `${HOST}/organizations` }],
])('D27 with %s a session goes on', async (_name, changes) => {
  const browser = await signedIn(world());
  const changed = await openBeside(world(), changes);
  const home = await browser.visit(`${changed.url}/`);
  await changed.close();
  expect(home.text).toContain(ADELE);
});
