import { beforeEach } from '@jest/globals';
import type { Page } from 'playwright-core';
import { useWorld } from '../support/stage.ts';
import type { World } from '../support/world.ts';
import { addProbes } from './probes.ts';
import type { State } from './state.ts';
import type { FileChromium } from './use-chromium.ts';

export const HEIGHT = 800;
export const WIDE = 1280;
export const NARROW = 320;

/** The world of all states, which says that it is an emulator's; as at its start before each test of the file. */
export function useWorldOfStates(): () => World {
  const world = useWorld({ notice: 'emulator' });
  beforeEach(() => world().emulator.reset());
  return world;
}

/** Brings a fresh profile to a state, in a wide window, with probes in each of its pages. */
export async function openState(
  chromium: FileChromium,
  world: World,
  state: State,
  locale = 'en-GB',
): Promise<Page> {
  const viewport = { width: WIDE, height: HEIGHT };
  // Without motion: a colour that is still fading in when the scheme changes has no contrast yet.
  const profile = await chromium.newProfile({ viewport, locale, reducedMotion: 'reduce' });
  await addProbes(profile);
  const page = await profile.newPage();
  await state.open(page, world);
  await page.waitForLoadState('load');
  return page;
}
