import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { CATALOGUES } from '../../src/web/words/catalogues.ts';
import { openWorld, type World } from '../support/world.ts';
import { signInAs, WORK } from './people.ts';
import { addProbes, focusOf } from './probes.ts';
import { useChromium } from './use-chromium.ts';

const { en } = CATALOGUES;
const chromium = useChromium();
let world: World;

beforeAll(async () => {
  world = await openWorld();
});
beforeEach(() => world.emulator.reset());
afterAll(() => world.close());

const FOOTER = ['English', 'Nederlands', 'Deutsch', ...Object.values(en.appearances)];
const HEADER = [
  en.layout.skip,
  en.app.name,
  en.navigation.home,
  en.navigation.people,
  en.navigation.permissions,
];
const ACCOUNT = [en.actions.switchAccount, en.actions.signOut];
const FIND = [en.find.label, en.find.size, en.find.button];
const MOST_STOPS = 60;

async function visitor(): Promise<Page> {
  const profile = await chromium.newProfile();
  await addProbes(profile);
  return profile.newPage();
}

/** Presses Tab until the page has been gone through: what had the focus, in order, each visibly. */
async function focusOrder(page: Page): Promise<string[]> {
  const names: string[] = [];
  while (names.length < MOST_STOPS) {
    await page.keyboard.press('Tab');
    const { name, visible } = await focusOf(page);
    if (name === '') break;
    names.push(visible ? name : `${name} (nobody sees the focus)`);
  }
  return names;
}

/** Presses Tab until something of this name has the focus, and then Enter. */
async function enter(page: Page, name: string): Promise<void> {
  for (let stops = 0; stops < MOST_STOPS; stops++) {
    await page.keyboard.press('Tab');
    const focus = await focusOf(page);
    if (!focus.name.includes(name)) continue;
    await page.keyboard.press('Enter');
    return;
  }
  throw new Error(`no Tab leads to "${name}" on ${page.url()}`);
}

describe('with the keyboard only', () => {
  test('somebody signs in, sees the people, goes on, and signs out', async () => {
    const page = await visitor();
    await page.goto(world.url);
    await enter(page, en.actions.signIn);
    await page.getByRole('heading', { name: 'Choose an account' }).waitFor();
    await enter(page, WORK);
    await page.getByRole('heading', { name: 'Permissions requested' }).waitFor();
    await enter(page, 'Accept');
    await page.getByRole('heading', { name: en.home.heading }).waitFor();
    await enter(page, en.actions.people);
    await page.getByRole('table').waitFor();
    await page.goto(`${world.url}/graphcall?top=5`);
    await enter(page, en.actions.nextPage);
    await page.waitForURL(/cursor=/);
    await enter(page, en.actions.signOut);
    await page.getByRole('link', { name: en.actions.signIn }).waitFor();
    expect(page.url()).toBe(`${world.url}/`);
  });

  test('the focus goes through a signed-out page from top to bottom', async () => {
    const page = await visitor();
    await page.goto(world.url);
    expect(await focusOrder(page)).toEqual([en.layout.skip, en.app.name, en.actions.signIn, ...FOOTER]);
  });

  test('the focus goes through the people in their order', async () => {
    const page = await visitor();
    await signInAs(page, world, WORK, '/graphcall?top=3');
    const links = await page.getByRole('table').getByRole('link').allTextContents();
    expect(await focusOrder(page)).toEqual([
      ...HEADER,
      ...ACCOUNT,
      ...FIND,
      ...links,
      en.actions.nextPage,
      en.export.csv,
      en.export.json,
      ...FOOTER,
    ]);
  });

  test('the focus goes through a page that says what went wrong', async () => {
    const page = await visitor();
    await page.goto(`${world.url}/nowhere`);
    expect(await focusOrder(page)).toEqual([
      en.layout.skip,
      en.app.name,
      en.actions.home,
      en.failure.technical,
      en.actions.copyDetails,
      ...FOOTER,
    ]);
  });

  test('the first stop leads past the header', async () => {
    const page = await visitor();
    await signInAs(page, world, WORK, '/graphcall?top=1');
    await enter(page, en.layout.skip);
    await page.keyboard.press('Tab');
    expect(await focusOf(page)).toEqual({ name: en.find.label, visible: true });
  });
});

test('a button that may not copy says so', async () => {
  const page = await chromium.newPage();
  await page.addInitScript('navigator.clipboard.writeText = () => Promise.reject(new Error("not allowed"))');
  await page.goto(`${world.url}/nowhere`);
  await page.getByRole('button', { name: en.actions.copyDetails }).click();
  await page.getByRole('status').filter({ hasText: en.actions.uncopied }).waitFor();
  await page.getByRole('button', { name: en.actions.copyDetails }).waitFor();
});

test('the details of a failure are copied by a press', async () => {
  const profile = await chromium.newProfile({ permissions: ['clipboard-read', 'clipboard-write'] });
  const page = await profile.newPage();
  await page.goto(`${world.url}/nowhere`);
  await page.getByRole('button', { name: en.actions.copyDetails }).click();
  await page.getByRole('status').filter({ hasText: en.actions.copied }).waitFor();
  const copied = await page.evaluate<string>('navigator.clipboard.readText()');
  const id = await page.locator('dd code').last().textContent();
  expect({ code: copied.includes('not_found'), id: copied.includes(id ?? 'none') }).toEqual({
    code: true,
    id: true,
  });
});
