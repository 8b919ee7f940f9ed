import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { BrowserContext, Page } from 'playwright-core';

const PROBES = fileURLToPath(new URL('./probes.js', import.meta.url));
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Rules beyond the default ones. */
const MORE_RULES = { 'target-size': { enabled: true } };
/** Where each rule holds is of no interest, and telling it takes half of the time. */
const ALL = { rules: MORE_RULES, resultTypes: ['violations'] };
/** Which rules: all of them, what alone depends on the colour scheme, or what may depend on the width. */
const RULES = {
  all: ALL,
  contrast: { runOnly: ['color-contrast'], resultTypes: ['violations'] },
  'all but contrast': { ...ALL, rules: { ...MORE_RULES, 'color-contrast': { enabled: false } } },
};

/** Lets every page of a profile be asked about itself. */
export async function addProbes(profile: BrowserContext): Promise<void> {
  await profile.addInitScript({ path: PROBES });
}

/**
 * A layout shift that nobody sees; Web Vitals call up to 0.1 good. Half of it is a footer that grows while its page
 * arrives.
 */
const UNSEEN_SHIFT = 0.01;

/** Whether nothing of the page moved by itself since it began to load. */
export async function staysStill(page: Page): Promise<boolean> {
  return (await page.evaluate<number>('probes.layoutShift()')) <= UNSEEN_SHIFT;
}

/** What sticks out or is cut off. */
export const overflow = (page: Page): Promise<string[]> => page.evaluate('probes.overflow()');

/** What has the focus; asked of a page without scripts, too, whose profile adds none. */
export async function focusOf(page: Page): Promise<{ name: string; visible: boolean }> {
  if (!(await page.evaluate<boolean>('"probes" in globalThis')))
    await page.evaluate(readFileSync(PROBES, 'utf8'));
  return page.evaluate('probes.focus()');
}

/** How steadily a page scrolls from its beginning to its end. */
export interface Scrolled {
  /** The longest wait for a frame. */
  longestMs: number;
  /** The longest that the page itself worked without a pause; 0 where never for 50 ms. */
  longestTaskMs: number;
  atTheEnd: boolean;
}

const SCROLL_FRAMES = 30;

/** Scrolls a page to its end and measures its frames. */
export const scrollToTheEnd = (page: Page): Promise<Scrolled> =>
  page.evaluate(`probes.scrollToTheEnd(${SCROLL_FRAMES})`);

/** The height of the whole page. */
export const heightOf = (page: Page): Promise<number> =>
  page.evaluate('document.documentElement.scrollHeight');

/** Doubles the size of text. */
export const enlargeText = (page: Page): Promise<void> => page.evaluate('probes.enlargeText()');

/** Rules of the style sheets that set colours in some widths only: where there is none, contrast is the same in every width. */
export const coloursByWidth = (page: Page): Promise<string[]> => page.evaluate('probes.coloursByWidth()');

/** Rules of accessibility that the page breaks as it is shown now. */
export async function brokenRules(page: Page, which: keyof typeof RULES = 'all'): Promise<string[]> {
  if (!(await page.evaluate<boolean>('"axe" in globalThis'))) await page.evaluate(AXE);
  return page.evaluate<string[]>(`probes.brokenRules(${JSON.stringify(RULES[which])})`);
}
