import { expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { signInAs, WORK } from '../../browser/people.ts';
import { addProbes, heightOf, scrollToTheEnd } from '../../browser/probes.ts';
import { useChromium } from '../../browser/use-chromium.ts';
import { useWorld } from '../../support/stage.ts';
import { CATALOGUES } from '../../support/words.ts';

const { en } = CATALOGUES;
/** The least height of a row. */
const ROW_PX = 44;

const chromium = useChromium();
const world = useWorld();

/** Everybody of the directory, who are some hundreds; `npm run test:browsers` has thousands. */
async function openEverybody(page: Page): Promise<number> {
  await signInAs(page, world(), WORK, '/graphcall?top=all');
  return page.locator('tbody tr').count();
}

test('everybody at once needs no JavaScript', async () => {
  const page = await chromium.newPage({ javaScriptEnabled: false });
  const rows = await openEverybody(page);
  const ids = await page
    .locator('tbody th a')
    .evaluateAll((links: { pathname: string }[]) => links.map(({ pathname }) => pathname));
  expect({
    everybody: rows > 250,
    once: new Set(ids).size === rows,
    next: await page.getByRole('link', { name: en.actions.nextPage }).count(),
  }).toEqual({ everybody: true, once: true, next: 0 });
});

test.each([1280, 320])(
  'some hundreds keep the height of their page, %i wide, while it is scrolled',
  async (width) => {
    const profile = await chromium.newProfile({ viewport: { width, height: 800 } });
    await addProbes(profile);
    const page = await profile.newPage();
    const rows = await openEverybody(page);
    const before = await heightOf(page);
    const { atTheEnd } = await scrollToTheEnd(page);
    const change = Math.abs((await heightOf(page)) - before);
    expect({ rows: rows > 250, atTheEnd, change: change < ROW_PX ? 0 : change }).toEqual({
      rows: true,
      atTheEnd: true,
      change: 0,
    });
  },
);
