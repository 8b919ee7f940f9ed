import { expect, test } from '@jest/globals';
import { visitLater } from '../../browser/later-visit.ts';
import { openMenu, signInAs, signOut, WORK } from '../../browser/people.ts';
import { useChromium } from '../../browser/use-chromium.ts';
import { useWorld } from '../../support/stage.ts';
import { CATALOGUES } from '../../support/words.ts';

const { nl } = CATALOGUES;
const chromium = useChromium();
const world = useWorld();

test.each([
  { script: 'with JavaScript', javaScriptEnabled: true },
  { script: 'without JavaScript', javaScriptEnabled: false },
])('a chosen language outlives the sign-out and the browser, $script', async ({ javaScriptEnabled }) => {
  const options = { javaScriptEnabled, locale: 'de-DE' };
  const page = await chromium.newPage(options);
  await signInAs(page, world(), WORK, '/graphcall');
  const language = () => page.locator('html').getAttribute('lang');
  const first = await language();
  await openMenu(page);
  await page.getByRole('link', { name: 'Nederlands' }).click();
  await signOut(page);
  await page.getByRole('link', { name: nl.actions.signIn }).waitFor();
  const signedOut = await language();
  const later = await visitLater(chromium, page, options);
  await later.goto(world().url);
  await later.getByRole('link', { name: nl.actions.signIn }).waitFor();
  expect({ first, signedOut, later: await later.locator('html').getAttribute('lang') }).toEqual({
    first: 'de',
    signedOut: 'nl',
    later: 'nl',
  });
});
