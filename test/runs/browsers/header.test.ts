import { expect, test } from '@jest/globals';
import { ADELE, openMenu, signInAs, WORK } from '../../browser/people.ts';
import { useChromium } from '../../browser/use-chromium.ts';
import { useWorld } from '../../support/stage.ts';
import { CATALOGUES } from '../../support/words.ts';

const { en } = CATALOGUES;
const HEADER_PX = 56;

const chromium = useChromium();
const world = useWorld();

test.each([
  { width: 1280, height: 800 },
  { width: 390, height: 844 },
  { width: 320, height: 256 },
])(
  'the header is as high at every width, and the heading on the first screen: $width × $height',
  async (viewport) => {
    const page = await chromium.newPage({ viewport });
    await signInAs(page, world(), WORK);
    for (const path of [
      '/',
      '/graphcall',
      '/permissions',
      '/sessions',
      `/graphcall/users/${ADELE.id}`,
      '/nowhere',
    ]) {
      await page.goto(`${world().url}${path}`);
      const header = await page.getByRole('banner').boundingBox();
      const heading = await page.getByRole('heading', { level: 1 }).boundingBox();
      expect({
        path,
        header: header?.height,
        seen: heading !== null && heading.y + heading.height <= viewport.height,
      }).toEqual({ path, header: HEADER_PX, seen: true });
    }
  },
);

test('at twice the size of text words of the header stay whole, and initials in their circle', async () => {
  const page = await chromium.newPage({ viewport: { width: 390, height: 844 } });
  await signInAs(page, world(), WORK, '/graphcall');
  await page.evaluate("document.documentElement.style.fontSize = '200%'");
  const seen = await page.evaluate<object>(`({
    words: [...document.querySelectorAll('.main-navigation a')].map((link) => {
      const range = document.createRange();
      range.selectNodeContents(link);
      return range.getClientRects().length;
    }),
    initials: [...document.querySelectorAll('.top .initials')].filter(
      (one) => one.checkVisibility() && (one.scrollWidth > one.clientWidth || one.scrollHeight > one.clientHeight)).length,
    wide: document.documentElement.scrollWidth,
  })`);
  expect(seen).toEqual({ words: [1, 1], initials: 0, wide: 390 });
});

test('the menu says who one is, and closes on Escape with the focus where it was opened', async () => {
  const page = await chromium.newPage();
  await signInAs(page, world(), WORK, '/graphcall');
  await openMenu(page);
  const account = page.getByRole('region', { name: en.layout.account });
  await account.getByText(WORK).waitFor();
  const choices = await account.locator('a, button').allTextContents();
  await account.getByRole('link').first().focus();
  await page.keyboard.press('Escape');
  expect({
    choices: choices.map((text) => text.replaceAll(/\s+/g, ' ').trim()),
    open: await account.isVisible(),
    focus: await page.evaluate('document.activeElement.localName'),
  }).toEqual({
    choices: [
      en.layout.account,
      en.actions.switchAccount,
      en.actions.signOut,
      `${en.everywhere.button} ${en.everywhere.where}`,
    ],
    open: false,
    focus: 'summary',
  });
});
