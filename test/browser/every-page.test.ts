import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { openWorld, type World } from '../support/world.ts';
import { addProbes, brokenRules, enlargeText, layoutShift, overflow } from './probes.ts';
import { APP_STATES, STAND_IN_STATES, type State } from './states.ts';
import { useChromium } from './use-chromium.ts';

const chromium = useChromium();
let world: World;

beforeAll(async () => {
  world = await openWorld({ notice: 'standIn' });
});
beforeEach(() => world.emulator.reset());
afterAll(() => world.close());

const HEIGHT = 800;
const WIDE = 1280;
/** A window of 1280 at a zoom of 200%. */
const ZOOMED = 640;
const NARROW = 320;

async function opened(state: State, locale = 'en-GB'): Promise<Page> {
  const viewport = { width: WIDE, height: HEIGHT };
  // Without motion: a colour that is still fading in when the scheme changes has no contrast yet.
  const profile = await chromium.newProfile({ viewport, locale, reducedMotion: 'reduce' });
  await addProbes(profile);
  const page = await profile.newPage();
  await state.open(page, world);
  await page.waitForLoadState('load');
  return page;
}

/** Looks at a page in every width and colour scheme, and with large text. */
async function findings(page: Page) {
  const moved = await layoutShift(page);
  const wide = await brokenRulesInBothSchemes(page);
  const overflowing: Record<string, string[]> = {};
  for (const width of [ZOOMED, NARROW]) {
    await page.setViewportSize({ width, height: HEIGHT });
    overflowing[`at ${width}`] = await overflow(page);
  }
  const narrow = await brokenRulesInBothSchemes(page);
  await page.setViewportSize({ width: WIDE, height: HEIGHT });
  await enlargeText(page);
  overflowing['with large text'] = await overflow(page);
  return { moved, wide, narrow, overflowing };
}

async function brokenRulesInBothSchemes(page: Page) {
  await page.emulateMedia({ colorScheme: 'light' });
  const light = await brokenRules(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  return { light, dark: await brokenRules(page, { contrastOnly: true }) };
}

const NOTHING = {
  moved: 0,
  wide: { light: [], dark: [] },
  narrow: { light: [], dark: [] },
  overflowing: { 'at 640': [], 'at 320': [], 'with large text': [] },
};

describe.each([...APP_STATES, ...STAND_IN_STATES])('$name', (state) => {
  test('is accessible in every width and colour scheme, stays still, and holds all it shows', async () => {
    expect(await findings(await opened(state))).toEqual(NOTHING);
  });
});

describe.each(['nl', 'de'] as const)('in %s', (language) => {
  test.each(APP_STATES)('$name is accessible, and holds its longer words', async (state) => {
    const page = await opened(state, language);
    const broken = await brokenRules(page);
    await page.setViewportSize({ width: NARROW, height: HEIGHT });
    expect({
      lang: await page.locator('html').getAttribute('lang'),
      broken,
      overflow: await overflow(page),
    }).toEqual({
      lang: language,
      broken: [],
      overflow: [],
    });
  });
});
