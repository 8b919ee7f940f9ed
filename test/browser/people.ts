import type { Page } from 'playwright-core';
import type { World } from '../support/world.ts';

/** The emulator's accounts that the stories are about, by kind. */
export const WORK = 'adele.vance@contoso.example';
export const ADMIN = 'nia.okafor@contoso.example';
export const GUEST = 'jonas.lindqvist@tailspin.example';
export const ELSEWHERE = 'priya.raman@fabrikam.example';
export const PERSONAL = 'sam.rivera@mailbox.example';

/** The person of the directory whom the stories look for: who signs in as WORK. */
export const ADELE = { id: '0a6f1c52-1d3b-4b57-9f5e-6f2c8f0b7a01', name: 'Adele Vance' };

/** What is said of a search for her first name once it is whole, with the marks around what somebody typed. */
export const FOUND_ADELE = /1 person matches “[\u2066-\u2069]*adele[\u2066-\u2069]*”/;

/** Goes to a page of the app and presses an account on the emulator's picker. */
export async function chooseAccount(page: Page, world: World, username: string, path: string): Promise<void> {
  await page.goto(`${world.url}${path}`);
  await pressAccount(page, username);
}

/** Presses an account on the emulator's picker. */
export async function pressAccount(page: Page, username: string): Promise<void> {
  await page.getByRole('button', { name: username }).click();
}

/**
 * Signs in and shows the app's page. What the person would press on the emulator's pages is sent without showing them:
 * the stories about signing in press it themselves.
 */
export async function signInAs(page: Page, world: World, username: string, path = '/login'): Promise<void> {
  const picker = await page.request.get(`${world.url}${path}`);
  const answer = await page.request.post(picker.url().replace('/authorize?', '/authorize/continue?'), {
    form: { account: username, decision: 'accept' },
    maxRedirects: 0,
  });
  const { location } = answer.headers();
  if (location === undefined) throw new Error(`${username} was not signed in: ${await answer.text()}`);
  await page.goto(location);
}

/** Opens the menu of the header: the account, the languages, the appearances. */
export const openMenu = (page: Page): Promise<void> => page.locator('header summary').click();

/** Opens the menu of the header, and signs out. */
export async function signOut(page: Page): Promise<void> {
  await openMenu(page);
  await page.getByRole('banner').locator('form[action$="/logout"] button').click();
}

/** Opens the menu of files, and presses one. */
export async function exportAs(page: Page, name: string): Promise<void> {
  await page.locator('[data-exports] summary').click();
  await page.getByRole('link', { name }).click();
}
