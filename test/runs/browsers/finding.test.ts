import { describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { FOUND_ADELE, signInAs, WORK } from '../../browser/people.ts';
import { submitByEnter } from '../../browser/press.ts';
import { useChromium } from '../../browser/use-chromium.ts';
import { receivedSince, useWorld } from '../../support/stage.ts';
import { until } from '../../support/until.ts';
import { CATALOGUES } from '../../support/words.ts';

const { en } = CATALOGUES;
const chromium = useChromium();
const world = useWorld();

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
  await signInAs(page, world(), WORK, '/graphcall');
  const asked: string[] = [];
  const givenUp: string[] = [];
  const searchOf = (url: string) => new URL(url).searchParams.get('search') ?? '';
  page.on('request', (request) => {
    if (request.resourceType() === 'fetch') asked.push(searchOf(request.url()));
  });
  page.on('requestfailed', (request) => {
    if (request.resourceType() === 'fetch') givenUp.push(searchOf(request.url()));
  });
  await world().fault({ at: 'users', fault: { kind: 'delay', ms: 15_000 } });
  const lists = () =>
    receivedSince(world(), '/v1.0/users').filter(({ path }) => path === '/v1.0/users').length;
  const before = lists();
  await typeAtOnce(page, 'adel');
  await until(() => lists() > before);
  await typeAtOnce(page, 'e vance');
  await page.getByRole('status').filter({ hasText: 'adele vance' }).waitFor();
  expect({ asked, givenUp, url: searchOf(page.url()) }).toEqual({
    asked: ['adel', 'adele vance'],
    givenUp: ['adel'],
    url: 'adele vance',
  });
});

test('a search that fails says so in the place of what was found before', async () => {
  const page = await chromium.newPage();
  await signInAs(page, world(), WORK, '/graphcall?top=25');
  await world().fault({ at: 'users', fault: { kind: 'status', status: 403, body: {} } });
  await page.getByLabel(en.find.label).fill('adele');
  await page.getByRole('heading', { name: en.find.failed }).waitFor();
  await page.getByRole('status').filter({ hasText: en.find.failed }).waitFor();
  expect({ rows: await page.getByRole('rowheader').count(), complaints: chromium.takeComplaints() }).toEqual({
    rows: 0,
    complaints: [expect.stringContaining('status of 403')],
  });
});

test.each([
  ['with JavaScript', true],
  ['without JavaScript', false],
])('the page before is one press away, also after several, %s', async (_mode, javaScriptEnabled) => {
  const page = await chromium.newPage({ javaScriptEnabled });
  await signInAs(page, world(), WORK, '/graphcall?top=25');
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

/** Without the marks that keep what people typed from turning the text around it. */
const heading = async (page: Page) =>
  (await page.getByRole('heading', { level: 1 }).textContent())?.replaceAll(/[\u2066-\u2069]/g, '');

describe.each([
  { script: 'with JavaScript', javaScriptEnabled: true },
  { script: 'without JavaScript', javaScriptEnabled: false },
])('$script', ({ javaScriptEnabled }) => {
  async function atThePeople(): Promise<Page> {
    const page = await chromium.newPage({ javaScriptEnabled });
    await signInAs(page, world(), WORK, '/graphcall');
    return page;
  }

  async function searchFor(page: Page, text: string): Promise<void> {
    await page.getByLabel(en.find.label).fill(text);
    await submitByEnter(page);
    await page.waitForURL(({ searchParams }) => searchParams.get('search') === text);
  }

  test('a directory that finds only beginnings is searched so, and the page says it', async () => {
    const page = await atThePeople();
    await searchFor(page, 'adele');
    const note = page.getByRole('main').getByText(en.find.beginningsOnly);
    const before = await note.count();
    const body = { error: { code: 'Request_UnsupportedQuery', message: 'Unsupported Query.' } };
    const fault = { kind: 'status', status: 400, body };
    await world().fault({ at: 'users', times: 'always', when: { $count: 'true' }, fault });
    await searchFor(page, 'vanc');
    await note.waitFor();
    expect({ before, names: await page.getByRole('rowheader').allTextContents() }).toEqual({
      before: 0,
      names: expect.arrayContaining([expect.stringContaining('Adele Vance')]),
    });
  });

  test('an empty directory and a search that nobody matches have words of their own', async () => {
    const said = async (page: Page) => ({
      heading: await heading(page),
      empty: await page.getByRole('main').getByText(en.users.empty).count(),
      nobody: await page.getByRole('main').getByText(en.find.nobody).count(),
      boxes: await page.getByLabel(en.find.label).count(),
    });
    const page = await atThePeople();
    await searchFor(page, 'zzzqqq');
    const unmatched = await said(page);
    const nothing = { kind: 'answer', set: { value: [], '@odata.count': 0 }, remove: ['@odata.nextLink'] };
    await world().fault({ at: 'users', fault: nothing });
    await page.goto(`${world().url}/graphcall`);
    expect({ unmatched, unpeopled: await said(page) }).toEqual({
      unmatched: {
        heading: en.find.nobodyHeading.replace('{{search}}', 'zzzqqq'),
        empty: 0,
        nobody: 1,
        boxes: 1,
      },
      unpeopled: { heading: en.users.emptyHeading, empty: 1, nobody: 0, boxes: 0 },
    });
  });

  test('the size of a page is chosen, and kept for the next page, a reload and a search', async () => {
    const page = await atThePeople();
    const size = page.getByLabel(en.find.size);
    const shown = async () => ({
      rows: await page.getByRole('rowheader').count(),
      size: await size.inputValue(),
    });
    const first = await shown();
    await size.selectOption({ label: '25' });
    await page.getByRole('button', { name: en.find.button }).click();
    await page.waitForURL(/[?&]top=25/);
    const chosen = await shown();
    await page.getByRole('link', { name: en.actions.nextPage }).click();
    await page.waitForURL(/cursor=/);
    await page.reload();
    const next = await shown();
    await searchFor(page, 'a');
    expect({ first, chosen, next, search: await shown() }).toEqual({
      first: { rows: 50, size: '50' },
      chosen: { rows: 25, size: '25' },
      next: { rows: 25, size: '25' },
      search: { rows: 25, size: '25' },
    });
  });

  test('a search of 500 characters, quotes and emoji included, is answered in words', async () => {
    const page = await atThePeople();
    await searchFor(page, `"\\:😀'`.repeat(84).slice(0, 500));
    expect(await heading(page)).toBe(en.find.tooLongHeading);
  });
});

test('while somebody types, All is a page of the usual size, and with the button it is All', async () => {
  const page = await chromium.newPage();
  await signInAs(page, world(), WORK, '/graphcall?top=all');
  const lastAsked = async () =>
    (await world().received('/v1.0/users')).filter(({ path }) => path === '/v1.0/users').at(-1)?.query.$top;
  await page.getByLabel(en.find.label).fill('a');
  await page.getByRole('status').filter({ hasText: 'match' }).waitFor();
  const typed = [await lastAsked(), new URL(page.url()).search];
  await page.getByRole('button', { name: en.find.button }).click();
  await page.waitForURL(/top=all/);
  expect({ typed, pressed: [await lastAsked(), new URL(page.url()).search] }).toEqual({
    typed: ['50', '?search=a'],
    pressed: ['999', '?search=a&top=all'],
  });
});

test('what leads back from a page leads back to what was typed, and so does a person found there', async () => {
  const page = await chromium.newPage();
  await signInAs(page, world(), WORK, '/graphcall?top=25');
  await page.getByLabel(en.find.label).pressSequentially('adele');
  await page.getByRole('status').filter({ hasText: FOUND_ADELE }).waitFor();
  const found = new URL(page.url());
  const dutch = await page.locator('a[hreflang=nl]').getAttribute('href');
  await page.getByRole('link', { name: 'Adele Vance' }).click();
  await page.getByRole('link', { name: en.person.back }).click();
  await page.getByRole('rowheader', { name: 'Adele Vance' }).waitFor();
  expect({ dutch, back: page.url().replace(/#.*/, '') }).toEqual({
    dutch: `/language?to=nl&returnTo=${encodeURIComponent(`${found.pathname}${found.search}`)}`,
    back: found.href,
  });
});

test('without JavaScript, a person leads back to the page and the search where they were found', async () => {
  const page = await chromium.newPage({ javaScriptEnabled: false });
  await signInAs(page, world(), WORK, '/graphcall?search=a&top=25');
  await page.getByRole('link', { name: en.actions.nextPage }).click();
  await page.waitForURL(/page=2/);
  const list = page.url();
  await page.getByRole('rowheader').last().getByRole('link').click();
  await page.getByRole('link', { name: en.person.back }).click();
  await page.waitForURL(/graphcall\?/);
  expect(page.url().replace(/#.*/, '')).toBe(list);
});
