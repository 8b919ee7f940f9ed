import type { Page } from 'playwright-core';
import type { World } from '../support/world.ts';

/** The stand-in's accounts that the stories are about, by kind. */
export const WORK = 'adele.vance@contoso.example';
export const ADMIN = 'nia.okafor@contoso.example';
export const GUEST = 'jonas.lindqvist@tailspin.example';
export const ELSEWHERE = 'priya.raman@fabrikam.example';
export const PERSONAL = 'sam.rivera@mailbox.example';

/** Goes to a page of the app and presses an account on the stand-in's picker. */
export async function chooseAccount(page: Page, world: World, username: string, path: string): Promise<void> {
  await page.goto(`${world.url}${path}`);
  await pressAccount(page, username);
}

/** Presses an account on the stand-in's picker. */
export async function pressAccount(page: Page, username: string): Promise<void> {
  await page.getByRole('button', { name: username }).click();
}

/** Signs in through the stand-in, accepts where it asks for consent, and waits for the app's page. */
export async function signInAs(page: Page, world: World, username: string, path = '/login'): Promise<void> {
  await chooseAccount(page, world, username, path);
  const accept = page.getByRole('button', { name: 'Accept' });
  await accept
    .or(page.getByText(username).and(page.locator('bdi')))
    .first()
    .waitFor();
  if (await accept.isVisible()) await accept.click();
  await page.waitForURL((url) => url.origin === world.url && url.pathname !== '/getAToken');
}
