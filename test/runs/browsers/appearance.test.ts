import { describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { CATALOGUES } from '../../../src/web/words/catalogues.ts';
import { visitLater } from '../../browser/later-visit.ts';
import { openMenu, signInAs, WORK } from '../../browser/people.ts';
import { useChromium } from '../../browser/use-chromium.ts';
import { useWorld } from '../../support/stage.ts';

const { en } = CATALOGUES;
const chromium = useChromium();
const world = useWorld();

/** Whether the page's ground is nearer to black than to white: drawn, not read from its style. */
async function isDark(page: Page): Promise<boolean> {
  const ground = await page.evaluate<string>('getComputedStyle(document.documentElement).backgroundColor');
  const [red = 0] = (ground.match(/[\d.]+/g) ?? []).map(Number);
  return red < 128;
}

describe.each([
  { system: 'light', other: en.appearances.dark, dark: true },
  { system: 'dark', other: en.appearances.light, dark: false },
] as const)('where the system is $system', ({ system, other, dark }) => {
  test.each([
    { script: 'with JavaScript', javaScriptEnabled: true },
    { script: 'without JavaScript', javaScriptEnabled: false },
  ])('the page is too, until the other is chosen, which stays, $script', async ({ javaScriptEnabled }) => {
    const options = { javaScriptEnabled, colorScheme: system };
    const page = await chromium.newPage(options);
    await page.goto(world().url);
    const first = await isDark(page);
    await openMenu(page);
    await page.getByRole('link', { name: other }).click();
    await page.reload();
    const chosen = await isDark(page);
    const current = await page
      .locator(`nav[aria-label="${en.layout.appearance}"] [aria-current]`)
      .textContent();
    const laterPage = await visitLater(chromium, page, options);
    await laterPage.goto(world().url);
    const later = await isDark(laterPage);
    await openMenu(page);
    await page.getByRole('link', { name: en.appearances.auto }).click();
    await page.waitForLoadState('load');
    expect({ first, chosen, current, later, back: await isDark(page), url: page.url() }).toEqual({
      first: !dark,
      chosen: dark,
      current: other,
      later: dark,
      back: !dark,
      url: `${world().url}/`,
    });
  });
});

/** What moves on the page, if somebody lets it. */
const moving = (page: Page): Promise<number> =>
  page.evaluate(
    `[...document.querySelectorAll('*')].filter((element) => {
      const { transitionDuration, animationName } = getComputedStyle(element);
      return transitionDuration.split(', ').some((duration) => parseFloat(duration) > 0) || animationName !== 'none';
    }).length`,
  );

test('nothing moves for who wants no motion', async () => {
  const page = await chromium.newPage();
  await signInAs(page, world(), WORK, '/graphcall');
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  const usual = await moving(page);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  expect({ usual: usual > 0, reduced: await moving(page) }).toEqual({ usual: true, reduced: 0 });
});

test('on paper there are the people, in black on white, and nothing to press', async () => {
  const page = await chromium.newPage({ colorScheme: 'dark' });
  await signInAs(page, world(), WORK, '/graphcall');
  await page.emulateMedia({ media: 'print' });
  const visible = await page.locator('button, select, input, nav a').filter({ visible: true }).count();
  expect({
    dark: await isDark(page),
    people: await page.getByRole('rowheader').filter({ visible: true }).count(),
    columns: await page.getByRole('columnheader').filter({ visible: true }).count(),
    visible,
  }).toEqual({ dark: false, people: 50, columns: 2, visible: 0 });
});
