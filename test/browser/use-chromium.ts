import { afterAll, afterEach, beforeAll, expect } from '@jest/globals';
import type { BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { type Chromium, launchChromium } from '../support/chromium.ts';

/** The Chromium of one test file. */
export interface FileChromium {
  newProfile(options?: BrowserContextOptions): Promise<BrowserContext>;
  /** A page in a profile of its own. */
  newPage(options?: BrowserContextOptions): Promise<Page>;
  /** A profile for several tests, which stays open until the file ends. */
  newKeptProfile(options?: BrowserContextOptions): Promise<BrowserContext>;
  /** What pages complained about so far, for a test that expects a complaint. */
  takeComplaints(): string[];
}

/** Starts Chromium for this file and closes every test's profiles; what a page complained about fails its test. */
export function useChromium(): FileChromium {
  let chromium: Chromium;
  const kept: BrowserContext[] = [];
  beforeAll(async () => {
    chromium = await launchChromium();
  });
  afterEach(async () => {
    await chromium.closeProfiles(kept);
    expect(chromium.takeComplaints()).toEqual([]);
  });
  afterAll(() => chromium.close());
  const newProfile: FileChromium['newProfile'] = (options) => chromium.newProfile(options);
  return {
    newProfile,
    newPage: async (options) => (await newProfile(options)).newPage(),
    newKeptProfile: async (options) => {
      const profile = await newProfile(options);
      kept.push(profile);
      return profile;
    },
    takeComplaints: () => chromium.takeComplaints(),
  };
}
