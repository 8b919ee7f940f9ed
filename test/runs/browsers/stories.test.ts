import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import {
  ADMIN,
  chooseAccount,
  FOUND_ADELE,
  GUEST,
  openMenu,
  PERSONAL,
  pressAccount,
  signInAs,
  signOut,
  WORK,
} from '../../browser/people.ts';
import { submitByEnter } from '../../browser/press.ts';
import { useChromium } from '../../browser/use-chromium.ts';
import { CATALOGUES } from '../../support/words.ts';
import { openWorld, type World } from '../../support/world.ts';

const { en, nl, de } = CATALOGUES;
const chromium = useChromium();
let world: World;

beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

/** Without the marks that keep what people typed from turning the text around it. */
const heading = async (page: Page) =>
  (await page.getByRole('heading', { level: 1 }).textContent())?.replaceAll(/[\u2066-\u2069]/g, '');
const names = (page: Page) => page.getByRole('rowheader').allTextContents();

describe.each([
  { script: 'with JavaScript', javaScriptEnabled: true },
  { script: 'without JavaScript', javaScriptEnabled: false },
])('$script', ({ javaScriptEnabled }) => {
  const visitor = (more: object = {}) => chromium.newPage({ javaScriptEnabled, ...more });

  test('somebody at work signs in, accepts, sees the people, the next ones, and signs out', async () => {
    world.emulator.reset();
    const page = await visitor();
    await page.goto(world.url);
    await page.getByRole('link', { name: en.actions.signIn }).click();
    await pressAccount(page, WORK);
    await page.getByRole('button', { name: 'Accept' }).click();
    await page.getByRole('heading', { name: en.home.heading }).waitFor();
    await page.getByRole('link', { name: en.actions.people }).click();
    await page.waitForURL(`${world.url}/graphcall`);
    const first = await names(page);
    await page.getByRole('link', { name: en.actions.nextPage }).click();
    await page.waitForURL(/cursor=/);
    const second = await names(page);
    await page.reload();
    const reloaded = await names(page);
    await signOut(page);
    await page.getByRole('link', { name: en.actions.signIn }).waitFor();
    expect({
      adele: first.some((name) => name.includes('Adele Vance')),
      sizes: [first.length, second.length],
      repeated: second.filter((name) => first.includes(name)).length > second.length / 2,
      reloaded,
      url: page.url(),
    }).toEqual({ adele: true, sizes: [50, 50], repeated: false, reloaded: second, url: `${world.url}/` });
  });

  test('a visitor who asks for the people comes back to them, and after sign-out is asked again', async () => {
    const page = await visitor();
    await signInAs(page, world, WORK, '/graphcall?top=7');
    const arrived = { url: page.url(), people: (await names(page)).length };
    await signOut(page);
    await page.getByRole('link', { name: en.actions.signIn }).waitFor();
    await page.goto(`${world.url}/graphcall`);
    expect({ arrived, picker: await page.getByRole('button', { name: WORK }).isVisible() }).toEqual({
      arrived: { url: `${world.url}/graphcall?top=7`, people: 7 },
      picker: true,
    });
  });

  test('a personal account is told why there is no directory and sees its own profile', async () => {
    const page = await visitor();
    const before = await world.received('/v1.0/users');
    await signInAs(page, world, PERSONAL, '/graphcall');
    await page.getByText(en.profile.why).waitFor();
    expect({
      own: await page.getByRole('main').getByText('Sam Rivera').first().isVisible(),
      otherAccount: await page
        .getByRole('main')
        .getByRole('link', { name: 'Use another account' })
        .isVisible(),
      asked: await world.received('/v1.0/users'),
    }).toEqual({ own: true, otherAccount: true, asked: before });
  });

  test('a guest who may not list the directory is told so, and whom to ask', async () => {
    const page = await visitor();
    await signInAs(page, world, GUEST, '/graphcall');
    expect({
      heading: await heading(page),
      kind: (await page.getByRole('banner').textContent())?.includes(en.kinds.guest),
      message: await page.getByRole('heading', { name: en.ask.heading }).isVisible(),
    }).toEqual({ heading: en.failures.guest_no_directory.heading, kind: true, message: true });
  });

  test('a declined consent is said in words, signs nobody in, and can be made good', async () => {
    world.emulator.reset();
    const page = await visitor();
    await chooseAccount(page, world, WORK, '/graphcall');
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('heading', { name: en.failures.sign_in_declined.heading }).waitFor();
    await page.getByText(en.failure.technical).click();
    const code = await page.getByText('AADSTS65004').isVisible();
    await page.getByRole('link', { name: en.actions.signInAgain }).click();
    const accept = page.getByRole('button', { name: 'Accept' });
    const account = page.getByRole('button', { name: WORK });
    await accept.or(account).waitFor();
    if (await account.isVisible()) await account.click();
    await accept.click();
    await page.waitForURL(`${world.url}/graphcall`);
    expect({ code, people: (await names(page)).length }).toEqual({ code: true, people: 50 });
  });

  test('going back from the account picker without choosing is said in words', async () => {
    const page = await visitor();
    await page.goto(`${world.url}/login`);
    await page.getByRole('button', { name: 'Back to the app' }).click();
    await page.waitForURL((url) => url.origin === world.url);
    expect(await heading(page)).toBe(en.failures.sign_in_declined.heading);
  });

  test('another account can be chosen, and is then the one who is signed in', async () => {
    const page = await visitor();
    await signInAs(page, world, WORK, '/graphcall');
    await openMenu(page);
    await page.getByRole('banner').getByRole('link', { name: en.actions.switchAccount }).click();
    await pressAccount(page, ADMIN);
    const accept = page.getByRole('button', { name: 'Accept' });
    const region = page.getByRole('region', { name: en.layout.account });
    const list = page.getByRole('table');
    await accept.or(list).waitFor();
    if (await accept.isVisible()) await accept.click();
    await list.waitFor();
    await openMenu(page);
    expect({ url: page.url(), who: await region.getByText(ADMIN).isVisible() }).toEqual({
      url: `${world.url}/graphcall`,
      who: true,
    });
  });

  test('the language that the browser asks for is spoken until another one is chosen, which stays', async () => {
    const page = await visitor({ locale: 'de-DE' });
    await page.goto(world.url);
    const german = await page.getByRole('link', { name: de.actions.signIn }).isVisible();
    await openMenu(page);
    await page.getByRole('link', { name: 'Nederlands' }).click();
    await page
      .getByRole('link', { name: nl.actions.signIn })
      .or(page.locator('html[lang=nl]'))
      .first()
      .waitFor();
    await page.reload();
    expect({
      german,
      language: await page.locator('html').getAttribute('lang'),
      current: await page.locator(`nav[aria-label="${nl.layout.language}"] [aria-current]`).textContent(),
      url: page.url(),
    }).toEqual({ german: true, language: 'nl', current: 'Nederlands', url: `${world.url}/` });
  });

  test('somebody is searched for with the form, found, and looked at', async () => {
    const page = await visitor();
    await signInAs(page, world, WORK, '/graphcall');
    await page.getByLabel(en.find.label).fill('adele');
    await submitByEnter(page);
    await page.waitForURL(/[?&]search=adele/);
    await page.getByRole('link', { name: 'Adele Vance' }).click();
    await page.getByRole('heading', { level: 1, name: 'Adele Vance' }).waitFor();
    expect(await page.getByRole('main').getByText(WORK).first().isVisible()).toBe(true);
  });

  test('a search that nobody matches says so, and leads back to everyone', async () => {
    const page = await visitor();
    await signInAs(page, world, WORK, `/graphcall?search=${encodeURIComponent('"qq\\: 😀')}`);
    const said = await heading(page);
    await page.getByRole('link', { name: en.find.everyone }).click();
    await page.getByRole('rowheader', { name: 'Adele Vance' }).waitFor();
    expect({ said, url: page.url() }).toEqual({
      said: en.find.nobodyHeading.replace('{{search}}', '"qq\\: 😀'),
      url: `${world.url}/graphcall`,
    });
  });

  test('a page that is not there leads home', async () => {
    const page = await visitor();
    await page.goto(`${world.url}/nowhere`);
    await page.getByRole('link', { name: en.actions.home }).click();
    await page.getByRole('link', { name: en.actions.signIn }).waitFor();
    expect(page.url()).toBe(`${world.url}/`);
  });
});

test('people are found while somebody types, said to those who listen, and the address can be shared', async () => {
  const page = await chromium.newPage();
  await signInAs(page, world, WORK, '/graphcall');
  await page.getByLabel(en.find.label).pressSequentially('adele');
  await page.getByRole('status').filter({ hasText: FOUND_ADELE }).waitFor();
  const typed = await names(page);
  await page.goto(page.url());
  expect({ typed, shared: await names(page), said: await heading(page) }).toEqual({
    typed: [expect.stringContaining('Adele Vance')],
    shared: typed,
    said: '1 person matches “adele”',
  });
});

describe('an organisation where only an administrator may consent', () => {
  let strict: World;

  beforeAll(async () => {
    strict = await openWorld({ config: { scopes: ['User.Read.All'] } });
  });
  afterAll(() => strict.close());

  test('somebody at work can only go back, and the administrator accepts for everybody', async () => {
    const page = await chromium.newPage();
    await chooseAccount(page, strict, WORK, '/graphcall');
    await page.getByRole('button', { name: 'Return to the app' }).click();
    await page.waitForURL((url) => url.origin === strict.url);
    const refused = await heading(page);

    const administrator = await chromium.newPage();
    await chooseAccount(administrator, strict, ADMIN, '/graphcall');
    await administrator.getByRole('checkbox', { name: 'on behalf of your organisation' }).check();
    await administrator.getByRole('button', { name: 'Accept' }).click();
    await administrator.waitForURL(`${strict.url}/graphcall`);

    await page.getByRole('link', { name: en.actions.signInAgain }).click();
    const account = page.getByRole('button', { name: WORK });
    await account.or(page.getByRole('table')).waitFor();
    if (await account.isVisible()) await account.click();
    await page.getByRole('table').waitFor();
    expect({ refused, people: (await names(page)).length }).toEqual({
      refused: en.failures.sign_in_declined.heading,
      people: 50,
    });
  });
});
