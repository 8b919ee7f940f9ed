import type { Page } from 'playwright-core';
import { CATALOGUES } from '../support/words.ts';
import { focusOf } from './probes.ts';

const { en } = CATALOGUES;

/** What has the focus first on every page. */
const TOP = [en.layout.skip, en.app.name];
const NAVIGATION = [en.navigation.people, en.navigation.account];
const MOST_STOPS = 60;

/** The stops of a signed-out page, with these between header and footer. */
export const signedOutStops = (...main: string[]): string[] => [...TOP, 'English', ...main];

/** The stops of the page of somebody at work, with these between header and footer. */
export const signedInStops = (...main: string[]): string[] => [
  ...TOP,
  ...NAVIGATION,
  en.layout.account,
  ...main,
];

/** Presses Tab until the page has been gone through: what had the focus, in order, each visibly. */
export async function focusOrder(page: Page): Promise<string[]> {
  const names: string[] = [];
  while (names.length < MOST_STOPS) {
    await page.keyboard.press('Tab');
    const { name, visible } = await focusOf(page);
    if (name === '') break;
    names.push(visible ? name : `${name} (nobody sees the focus)`);
  }
  return names;
}

/** Presses Tab until something of this name has the focus. */
export async function tabTo(page: Page, name: string): Promise<void> {
  for (let stops = 0; stops < MOST_STOPS; stops++) {
    await page.keyboard.press('Tab');
    if ((await focusOf(page)).name.includes(name)) return;
  }
  throw new Error(`no Tab leads to "${name}" on ${page.url()}`);
}

/** Presses Tab until something of this name has the focus, and then Enter. */
export async function enter(page: Page, name: string): Promise<void> {
  await tabTo(page, name);
  await page.keyboard.press('Enter');
}
