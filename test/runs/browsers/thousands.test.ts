import { expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { signInAs, WORK } from '../../browser/people.ts';
import { addProbes, heightOf, scrollToTheEnd } from '../../browser/probes.ts';
import { useChromium } from '../../browser/use-chromium.ts';
import { useWorld } from '../../support/stage.ts';
import { until } from '../../support/until.ts';
import { CATALOGUES } from '../../support/words.ts';

const { en } = CATALOGUES;
const USERS = 5_200;
/** Far more than a frame ought to take: this holds on a busy machine without a graphics card, too. */
const LONGEST_FRAME_MS = 5_000;
/**
 * Photos that a browser asks for where somebody stops to look: of what is to be seen and what is near it, not of everybody.
 * On the way from end to end it asks for as many as it finds the time for: a slow machine finds more.
 */
const MOST_PHOTOS_AT_A_STOP = 300;
/** Of the height of thousands of rows, which is not known before they are drawn. */
const MOST_GROWTH = 0.01;

const SEEN_IS_LOADED = `[...document.images]
  .filter((image) => image.getBoundingClientRect().top < innerHeight && image.getBoundingClientRect().bottom > 0)
  .every((image) => image.complete)`;

const chromium = useChromium();
const world = useWorld({ emulator: { users: USERS } });

/** Rows that the browser has drawn, of all. */
const drawn = (page: Page): Promise<number> =>
  page.evaluate(
    `[...document.querySelectorAll('tbody th')].filter((row) => row.checkVisibility({ contentVisibilityAuto: true })).length`,
  );
const sideways = (page: Page): Promise<number> =>
  page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');

async function chooseEverybody(page: Page): Promise<void> {
  await signInAs(page, world(), WORK, '/graphcall');
  await page.getByLabel(en.find.size).selectOption({ label: en.find.all });
  await page.getByRole('button', { name: en.find.button }).click();
  // Not until everything is loaded: without scripts, a browser loads the photos of all of them at once.
  await page.waitForURL(/[?&]top=all/, { waitUntil: 'domcontentloaded' });
  await page.locator('tbody tr').last().waitFor({ state: 'attached' });
}

test('everybody at once is one page of thousands that scrolls without a stutter, wide and narrow', async () => {
  const profile = await chromium.newProfile({ viewport: { width: 1280, height: 800 } });
  await addProbes(profile);
  const page = await profile.newPage();
  const photos = new Set<string>();
  page.on('request', (request) => {
    if (/\/photo\?/.test(request.url())) photos.add(request.url());
  });
  await chooseEverybody(page);
  const photosAtStops = [];
  let counted = 0;
  for (const place of ['0', 'document.documentElement.scrollHeight']) {
    await page.evaluate(`scrollTo(0, ${place})`);
    await until(() => photos.size > counted);
    await until(() => page.evaluate<boolean>(SEEN_IS_LOADED));
    const more = photos.size - counted;
    counted = photos.size;
    photosAtStops.push(more > 0 && more < MOST_PHOTOS_AT_A_STOP ? 'a few' : more);
  }
  const found = [];
  for (const width of [1280, 360]) {
    await page.setViewportSize({ width, height: 800 });
    await page.reload(); // what was drawn in another width is remembered as high as it was there
    await page.evaluate('scrollTo(0, 0)');
    const drawsFew = async () => {
      const rows = await drawn(page);
      return rows > 0 && rows < 500;
    };
    await until(drawsFew); // the first frames may draw none yet, or too many
    const height = await heightOf(page);
    const { atTheEnd, longestMs } = await scrollToTheEnd(page);
    found.push({
      atTheEnd,
      steady: longestMs < LONGEST_FRAME_MS ? true : longestMs,
      keepsItsHeight: Math.abs((await heightOf(page)) / height - 1) < MOST_GROWTH,
      sideways: await sideways(page),
    });
  }
  const asExpected = { atTheEnd: true, steady: true, keepsItsHeight: true, sideways: 0 };
  expect({
    everybody: (await page.locator('tbody tr').count()) > USERS,
    next: await page.getByRole('link', { name: en.actions.nextPage }).count(),
    photosAtStops,
    found,
  }).toEqual({
    everybody: true,
    next: 0,
    photosAtStops: ['a few', 'a few'],
    found: [asExpected, asExpected],
  });
});

test('everybody at once needs no JavaScript', async () => {
  const page = await chromium.newPage({ javaScriptEnabled: false });
  await chooseEverybody(page);
  const ids = await page
    .locator('tbody th a')
    .evaluateAll((links: { pathname: string }[]) => links.map(({ pathname }) => pathname));
  expect({
    everybody: ids.length > USERS,
    once: new Set(ids).size === ids.length,
    next: await page.getByRole('link', { name: en.actions.nextPage }).count(),
  }).toEqual({ everybody: true, once: true, next: 0 });
});
