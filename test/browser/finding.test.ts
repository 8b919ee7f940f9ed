import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { CATALOGUES } from '../../src/web/words/catalogues.ts';
import { until } from '../support/until.ts';
import { openWorld, type World } from '../support/world.ts';
import { signInAs, WORK } from './people.ts';
import { useChromium } from './use-chromium.ts';

const { en } = CATALOGUES;
const chromium = useChromium();
let world: World;

beforeAll(async () => {
  world = await openWorld();
});
beforeEach(() => world.emulator.reset());
afterAll(() => world.close());

/** Faster than any pause: each letter is an input of its own, in one turn of the page. */
async function typeAtOnce(page: Page, text: string): Promise<void> {
  await page.evaluate(`{
    const box = document.querySelector('[name=search]');
    for (const letter of ${JSON.stringify(text)}) {
      box.value += letter;
      box.dispatchEvent(new InputEvent('input', { bubbles: true }));
    }
  }`);
}

test('typing quickly asks once, and a newer search gives up the older one', async () => {
  const page = await chromium.newPage();
  await signInAs(page, world, WORK, '/graphcall');
  const asked: string[] = [];
  const givenUp: string[] = [];
  const searchOf = (url: string) => new URL(url).searchParams.get('search') ?? '';
  page.on('request', (request) => {
    if (request.resourceType() === 'fetch') asked.push(searchOf(request.url()));
  });
  page.on('requestfailed', (request) => givenUp.push(searchOf(request.url())));
  await world.fault({ at: 'users', fault: { kind: 'delay', ms: 15_000 } });
  await typeAtOnce(page, 'adel');
  await until(() => asked.length > 0, 10_000);
  await typeAtOnce(page, 'e vance');
  await page.getByRole('status').filter({ hasText: 'adele vance' }).waitFor();
  expect({ asked, givenUp, url: searchOf(page.url()) }).toEqual({
    asked: ['adel', 'adele vance'],
    givenUp: ['adel'],
    url: 'adele vance',
  });
});

test('a search that fails says so and leaves what was there', async () => {
  const page = await chromium.newPage();
  await signInAs(page, world, WORK, '/graphcall?top=25');
  await world.fault({ at: 'users', fault: { kind: 'status', status: 403, body: {} } });
  await page.getByRole('searchbox').pressSequentially('adele');
  await page.getByText(en.find.failed).waitFor();
  expect({ rows: await page.getByRole('rowheader').count(), complaints: chromium.takeComplaints() }).toEqual({
    rows: 25,
    complaints: [expect.stringContaining('status of 403')],
  });
});

test.each([
  ['with JavaScript', true],
  ['without JavaScript', false],
])('the page before is one press away, also after several, %s', async (_mode, javaScriptEnabled) => {
  const page = await chromium.newPage({ javaScriptEnabled });
  await signInAs(page, world, WORK, '/graphcall?top=25');
  const addresses = [page.url()];
  for (const _step of [1, 2]) {
    await page.getByRole('link', { name: en.actions.nextPage }).click();
    await page.waitForURL((url) => !addresses.includes(url.href));
    addresses.push(page.url());
  }
  for (const address of [addresses[1], addresses[0]]) {
    await page.getByRole('link', { name: en.actions.previousPage }).click();
    await page.waitForURL(address ?? '');
  }
  expect(await page.getByRole('rowheader').count()).toBe(25);
});

test('a search of 500 characters, quotes and emoji included, is answered in words', async () => {
  const page = await chromium.newPage();
  await signInAs(page, world, WORK, '/graphcall');
  const search = `"\\:😀'`.repeat(83);
  await page.getByRole('searchbox').fill(search);
  await page.getByRole('searchbox').press('Enter');
  await page.waitForURL(/[?&]search=/);
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(en.find.tooLongHeading);
});
