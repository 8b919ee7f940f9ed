import { Buffer } from 'node:buffer';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { EMULATOR_STATES } from '../browser/emulator-states.ts';
import type { State } from '../browser/state.ts';
import { APP_STATES } from '../browser/states.ts';
import { launchChromium } from '../support/chromium.ts';
import { until } from '../support/until.ts';
import { openWorld } from '../support/world.ts';

/**
 * `npm run screenshots [-- folder [webp|png] [state…]]`: pictures of every page in every state, wide in light and narrow
 * in dark. The app's pages are taken in Dutch and German too, narrow: there other words find the least room.
 */
const [folder = 'docs/screenshots', format = 'webp', ...names] = process.argv.slice(2);

const STILL = fileURLToPath(new URL('./still.js', import.meta.url));
const WIDE = { window: 'wide', size: { width: 1280, height: 800 } };
const NARROW = { window: 'narrow', size: { width: 390, height: 844 } };
const [LIGHT, DARK] = [{ colorScheme: 'light' as const }, { colorScheme: 'dark' as const }];
const ENGLISH = {
  locale: 'en-GB',
  place: folder,
  looks: [
    { ...WIDE, ...LIGHT },
    { ...NARROW, ...DARK },
  ],
};
const LANGUAGES = [
  ENGLISH,
  ...['nl', 'de'].map((locale) => ({
    locale,
    place: join(folder, locale),
    looks: [{ ...NARROW, ...LIGHT }],
  })),
];
const QUALITY = 40;

/** Photos come late, and only those that are near the window. */
const PHOTOS_SHOWN = `[...document.images].every((one) => {
  const { top, bottom } = one.getBoundingClientRect();
  return one.complete || top > innerHeight || bottom < 0 || !one.checkVisibility();
})`;

const chromium = await launchChromium();
const world = await openWorld({ notice: 'emulator' });
try {
  for (const language of LANGUAGES) {
    emptied(language.place);
    for (const state of APP_STATES.filter(isWanted)) await takeAll(state, language);
  }
  for (const state of EMULATOR_STATES.filter(isWanted)) await takeAll(state, ENGLISH);
} finally {
  await chromium.close();
  await world.close();
}

function isWanted({ name }: State): boolean {
  return names.length === 0 || names.includes(name);
}

function emptied(place: string): void {
  mkdirSync(place, { recursive: true });
  if (names.length > 0) return;
  for (const old of readdirSync(place).filter((name) => name.endsWith(`.${format}`)))
    rmSync(join(place, old));
}

async function takeAll(state: State, { locale, place, looks }: typeof ENGLISH): Promise<void> {
  const page = await opened(state, locale);
  for (const { window, size, colorScheme } of looks) {
    await page.setViewportSize(size);
    await page.emulateMedia({ colorScheme });
    await until(() => page.evaluate<boolean>(PHOTOS_SHOWN));
    await take(page, join(place, `${state.name}-${window}-${colorScheme}.${format}`));
  }
  await chromium.closeProfiles();
}

/** A state's page in a fresh profile, with what differs from run to run held still. */
async function opened(state: State, locale: string): Promise<Page> {
  world.emulator.reset();
  const profile = await chromium.newProfile({ locale, viewport: WIDE.size, reducedMotion: 'reduce' });
  await profile.addInitScript({ path: STILL });
  const page = await profile.newPage();
  await state.open(page, world);
  await page.waitForLoadState('load');
  await page.evaluate(`holdStill(${portNames()})`);
  return page;
}

function portNames(): string {
  return JSON.stringify({ [new URL(world.url).port]: 5000, [world.emulator.port]: 5001 });
}

/** The first view: what the window shows before anybody scrolls. */
async function take(page: Page, file: string): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  const { data } = await devtools.send('Page.captureScreenshot', {
    format: format === 'png' ? 'png' : 'webp',
    ...(format === 'png' ? {} : { quality: QUALITY }),
  });
  await devtools.detach();
  writeFileSync(file, Buffer.from(data, 'base64'));
}
