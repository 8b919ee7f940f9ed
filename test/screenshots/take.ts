import { Buffer } from 'node:buffer';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BrowserContext, Page } from 'playwright-core';
import { APP_STATES, STAND_IN_STATES, type State } from '../browser/states.ts';
import { type Chromium, launchChromium } from '../support/chromium.ts';
import { openWorld, type World } from '../support/world.ts';

/** `npm run screenshots [-- folder [webp|png]]`: pictures of every page in every state, narrow and wide, light and dark. */
const [folder = 'docs/screenshots', format = 'webp'] = process.argv.slice(2);

const STILL = fileURLToPath(new URL('./still.js', import.meta.url));
const WINDOWS = { wide: { width: 1280, height: 800 }, narrow: { width: 390, height: 844 } };
const SCHEMES = ['light', 'dark'] as const;
/** States that are worth a picture in the other languages too. */
const SPOKEN = ['welcome', 'people', 'permissions', 'throttled', 'guest'];
const QUALITY = 55;

const chromium = await launchChromium();
const world = await openWorld({ notice: 'standIn' });
try {
  mkdirSync(folder, { recursive: true });
  for (const old of readdirSync(folder).filter((name) => name.endsWith(`.${format}`))) {
    rmSync(join(folder, old));
  }
  for (const state of [...APP_STATES, ...STAND_IN_STATES]) await takeAll(chromium, world, state);
  for (const state of APP_STATES.filter(({ name }) => SPOKEN.includes(name))) {
    for (const language of ['nl', 'de']) await takeSpoken(chromium, world, state, language);
  }
} finally {
  await chromium.close();
  await world.close();
}

async function takeAll(browser: Chromium, place: World, state: State): Promise<void> {
  const page = await openedIn(await profileOf(browser, 'en-GB'), place, state);
  for (const [window, size] of Object.entries(WINDOWS)) {
    await page.setViewportSize(size);
    for (const colorScheme of SCHEMES) {
      await page.emulateMedia({ colorScheme });
      await photosShown(page);
      await take(page, `${state.name}-${window}-${colorScheme}`);
    }
  }
  await browser.closeProfiles();
}

/** The states' ways lead over English words, so the language is chosen at the end. */
async function takeSpoken(browser: Chromium, place: World, state: State, language: string): Promise<void> {
  const profile = await profileOf(browser, 'en-GB');
  const page = await openedIn(profile, place, state);
  await page.locator(`nav.languages a[lang=${language}]`).click();
  await page.locator(`html[lang=${language}]`).waitFor();
  await page.waitForLoadState('load');
  await page.evaluate(`holdStill(${portNames(place)})`);
  await take(page, `${state.name}-wide-light-${language}`);
  await browser.closeProfiles();
}

async function profileOf(browser: Chromium, locale: string): Promise<BrowserContext> {
  const profile = await browser.newProfile({ locale, viewport: WINDOWS.wide, reducedMotion: 'reduce' });
  await profile.addInitScript({ path: STILL });
  return profile;
}

async function openedIn(profile: BrowserContext, place: World, state: State): Promise<Page> {
  place.emulator.reset();
  const page = await profile.newPage();
  await state.open(page, place);
  await page.waitForLoadState('load');
  await page.evaluate(`holdStill(${portNames(place)})`);
  return page;
}

function portNames(place: World): string {
  return JSON.stringify({ [new URL(place.url).port]: 5000, [place.emulator.port]: 5001 });
}

/** Photos come late, and only those that are near the window. */
async function photosShown(page: Page): Promise<void> {
  await page.waitForFunction(
    '[...document.images].every((one) => one.complete || one.getBoundingClientRect().top > innerHeight)',
  );
}

/** The first view: what the window shows before anybody scrolls. */
async function take(page: Page, name: string): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  const { data } = await devtools.send('Page.captureScreenshot', {
    format: format === 'png' ? 'png' : 'webp',
    ...(format === 'png' ? {} : { quality: QUALITY }),
  });
  await devtools.detach();
  writeFileSync(join(folder, `${name}.${format}`), Buffer.from(data, 'base64'));
}
