import { describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { visitLater } from '../../browser/later-visit.ts';
import { openMenu, signInAs, WORK } from '../../browser/people.ts';
import { useChromium } from '../../browser/use-chromium.ts';
import { useWorld } from '../../support/stage.ts';
import { CATALOGUES } from '../../support/words.ts';

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

/** Whether each control has an outline, and what sets the current and the chosen apart, drawn and not read from a style sheet. */
const FORCED = `(() => {
  const styleOf = (one) => getComputedStyle(one);
  const shown = (selector) => [...document.querySelectorAll(selector)].filter((one) => one.checkVisibility());
  const kinds = (selector, of) => [...new Set(shown(selector).map((one) => of(styleOf(one))))].length;
  return {
    bare: shown('main .button, .search, select, summary.button').filter((one) => {
      const { borderTopWidth, borderTopStyle, borderTopColor } = styleOf(one);
      return parseFloat(borderTopWidth) < 1 || borderTopStyle !== 'solid' || borderTopColor === 'rgba(0, 0, 0, 0)';
    }).length,
    lines: kinds('.main-navigation a', ({ borderBlockEndColor }) => borderBlockEndColor),
    segments: kinds('.segments a', ({ backgroundColor }) => backgroundColor),
    options: kinds('[role=option]', ({ outlineStyle }) => outlineStyle),
  };
})()`;

test('in forced colours controls have outlines, and what is current or chosen is told from the rest', async () => {
  const page = await chromium.newPage({ forcedColors: 'active' });
  await signInAs(page, world(), WORK, '/graphcall');
  await page.locator('#search').pressSequentially('a');
  await page.getByRole('listbox').waitFor();
  await page.keyboard.press('ArrowDown');
  const typed = await page.evaluate(FORCED);
  await page.keyboard.press('Escape');
  await openMenu(page);
  expect({ typed, menu: await page.evaluate(FORCED) }).toEqual({
    typed: { bare: 0, lines: 2, segments: 0, options: 2 },
    menu: { bare: 0, lines: 2, segments: 2, options: 0 },
  });
});
