import { describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { EMULATOR_STATES } from '../../browser/emulator-states.ts';
import { HEIGHT, NARROW, useStatePage, useWorldOfStates, WIDE } from '../../browser/open-state.ts';
import { brokenRules, coloursByWidth, enlargeText, overflow, staysStill } from '../../browser/probes.ts';
import type { State } from '../../browser/state.ts';
import { APP_STATES } from '../../browser/states.ts';
import { useChromium } from '../../browser/use-chromium.ts';

const chromium = useChromium();
const world = useWorldOfStates();
const openState = useStatePage(chromium);

/** A window of 1280 at a zoom of 200%. */
const ZOOMED = 640;

/** Looks at a page in every width, in both colour schemes, and with large text. */
async function findings(page: Page, { answersInput = false }: State) {
  const moved = !answersInput && !(await staysStill(page));
  const wide = await brokenRulesInBothSchemes(page);
  const overflowing: Record<string, string[]> = {};
  for (const width of [ZOOMED, NARROW]) {
    await page.setViewportSize({ width, height: HEIGHT });
    overflowing[`at ${width}`] = await overflow(page);
  }
  await page.emulateMedia({ colorScheme: 'light' });
  const narrow = {
    broken: await brokenRules(page, 'all but contrast'),
    coloursOfItsOwn: await coloursByWidth(page),
  };
  await page.setViewportSize({ width: WIDE, height: HEIGHT });
  await enlargeText(page);
  overflowing['with large text'] = await overflow(page);
  await page.setViewportSize({ width: NARROW, height: HEIGHT });
  overflowing['with large text at 320'] = await overflow(page);
  return { moved, wide, narrow, overflowing };
}

async function brokenRulesInBothSchemes(page: Page) {
  await page.emulateMedia({ colorScheme: 'light' });
  const light = await brokenRules(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  return { light, dark: await brokenRules(page, 'contrast') };
}

const NOTHING = {
  moved: false,
  wide: { light: [], dark: [] },
  narrow: { broken: [], coloursOfItsOwn: [] },
  overflowing: { 'at 640': [], 'at 320': [], 'with large text': [], 'with large text at 320': [] },
};

describe.each([...APP_STATES, ...EMULATOR_STATES])('$name', (state) => {
  test('is accessible in every width and colour scheme, stays still, and holds all it shows', async () => {
    expect(await findings(await openState(world(), state), state)).toEqual(NOTHING);
  });
});
