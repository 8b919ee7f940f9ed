import { afterEach, beforeEach } from '@jest/globals';
import type { BrowserContext, Page } from 'playwright-core';
import { useWorld } from '../support/stage.ts';
import type { World } from '../support/world.ts';
import { addProbes } from './probes.ts';
import type { State } from './state.ts';
import type { FileChromium } from './use-chromium.ts';

export const HEIGHT = 800;
export const WIDE = 1280;
export const NARROW = 320;

/** Enough for three pages of people; each more of them is looked at again and again. */
const USERS = 120;

/** The world of all states, which says that it is an emulator's; as at its start before each test of the file. */
export function useWorldOfStates(): () => World {
  const world = useWorld({ notice: 'emulator', emulator: { users: USERS } });
  beforeEach(() => world().emulator.reset());
  return world;
}

/** Brings a page to a state, in a wide window. */
export type OpenState = (world: World, state: State) => Promise<Page>;

/**
 * One page for all states of a file, without cookies before each, and nothing else is kept by any page of ours: what
 * Chromium has learnt of scripts and probes is half of its time. A running export is left behind with its session.
 */
export function useStatePage(chromium: FileChromium, locale = 'en-GB'): OpenState {
  let profile: BrowserContext | undefined;
  afterEach(async () => {
    const [first, ...others] = profile?.pages() ?? [];
    await Promise.all(others.map((page) => page.close()));
    await first?.goto('about:blank');
    chromium.takeComplaints();
  });
  return async (world, state) => {
    profile ??= await newStateProfile(chromium, locale);
    await profile.clearCookies();
    const page = profile.pages()[0] ?? (await profile.newPage());
    await page.setViewportSize({ width: WIDE, height: HEIGHT });
    await page.emulateMedia({ colorScheme: 'light' });
    await state.open(page, world);
    await page.waitForLoadState('load');
    return page;
  };
}

async function newStateProfile(chromium: FileChromium, locale: string): Promise<BrowserContext> {
  // Without motion: a colour that is still fading in when the scheme changes has no contrast yet.
  const profile = await chromium.newKeptProfile({ locale, reducedMotion: 'reduce' });
  await addProbes(profile);
  return profile;
}
