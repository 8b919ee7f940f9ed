import { afterAll, afterEach, beforeAll, expect, jest } from '@jest/globals';
import type { BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { type Chromium, launchChromium } from '../support/chromium.ts';

/** The Chromium of one test file. */
export interface FileChromium {
  newProfile(options?: BrowserContextOptions): Promise<BrowserContext>;
  /** A page in a profile of its own. */
  newPage(options?: BrowserContextOptions): Promise<Page>;
  /** What pages complained about so far, for a test that expects a complaint. */
  takeComplaints(): string[];
}

/** Chromium on a busy machine is slow; a page that does not come fails by its own, shorter deadline. */
const MOST_MS = 90_000;

/** Starts Chromium for this file and closes every test's profiles; what a page complained about fails its test. */
export function useChromium(): FileChromium {
  jest.setTimeout(MOST_MS);
  let chromium: Chromium;
  beforeAll(async () => {
    chromium = await launchChromium();
  });
  afterEach(async () => {
    await chromium.closeProfiles();
    expect(chromium.takeComplaints()).toEqual([]);
  });
  afterAll(() => chromium.close());
  const newProfile: FileChromium['newProfile'] = (options) => chromium.newProfile(options);
  return {
    newProfile,
    newPage: async (options) => (await newProfile(options)).newPage(),
    takeComplaints: () => chromium.takeComplaints(),
  };
}
