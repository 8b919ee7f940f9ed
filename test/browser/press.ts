import type { Locator, Page } from 'playwright-core';

/** Sends the form that has the focus, and waits for the new document: a search while typing may show the same address. */
export async function submitByEnter(page: Page): Promise<void> {
  await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
}

/** Presses a button and waits for what is said for a moment only. */
export async function pressAndHear(button: Locator, said: Locator): Promise<void> {
  await Promise.all([said.waitFor(), button.click()]);
}
