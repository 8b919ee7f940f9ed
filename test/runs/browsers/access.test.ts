import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import {
  ADMIN,
  chooseAccount,
  GUEST,
  openMenu,
  PERSONAL,
  pressAccount,
  signInAs,
  WORK,
} from '../../browser/people.ts';
import { pressAndHear } from '../../browser/press.ts';
import { useChromium } from '../../browser/use-chromium.ts';
import { JWT } from '../../support/jwt.ts';
import { CATALOGUES } from '../../support/words.ts';
import { openBeside, openWorld, signedInBrowser, type World } from '../../support/world.ts';

const { en } = CATALOGUES;
const chromium = useChromium();
let world: World;
/** The same app, since it was configured for one permission more. */
let grown: World;

beforeAll(async () => {
  world = await openWorld();
  grown = await openBeside(world, { scopes: ['User.ReadBasic.All', 'Mail.Read'] });
});
beforeEach(() => world.emulator.reset());
afterAll(() => Promise.all([world.close(), grown.close()]));

const SECRET_EXPIRED = { kind: 'aadsts', code: 7000222, error: 'invalid_client', status: 401 };

/** The buttons that one sees, in order, each with its colour. */
const LOOKS_OF_BUTTONS = `[...document.querySelectorAll('main .button')]
  .filter((button) => button.checkVisibility({ visibilityProperty: true }))
  .map((button) => [button.textContent, getComputedStyle(button).backgroundColor])`;

const main = (page: Page) => page.getByRole('main');
/** Accepts what is asked, and waits for the app's page with its style and scripts: they come after its words. */
async function acceptAndReturn(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Accept' }).click();
  await page.waitForURL(`${world.url}/**`, { waitUntil: 'load' });
}

const stateOf = (page: Page, scope: string) =>
  main(page).getByRole('listitem').filter({ hasText: scope }).locator('[data-state]').textContent();

describe.each([
  { script: 'with JavaScript', javaScriptEnabled: true },
  { script: 'without JavaScript', javaScriptEnabled: false },
])('$script', ({ javaScriptEnabled }) => {
  const visitor = () => chromium.newPage({ javaScriptEnabled });

  test('a missing permission is asked for alone, given, and then shown as granted', async () => {
    const page = await visitor();
    await signInAs(page, world, WORK);
    await page.goto(`${grown.url}/permissions`);
    const before = [await stateOf(page, 'User.ReadBasic.All'), await stateOf(page, 'Mail.Read')];
    await main(page)
      .getByRole('link', { name: en.permissions.askOne.replace('{{scope}}', 'Mail.Read') })
      .click();
    await page.getByRole('heading', { name: 'Permissions requested' }).waitFor();
    const asked = await page.getByRole('listitem').allTextContents();
    await page.getByRole('button', { name: 'Accept' }).click();
    await page.waitForURL(`${world.url}/permissions`);
    await page.goto(`${grown.url}/permissions`);
    const after = [await stateOf(page, 'User.ReadBasic.All'), await stateOf(page, 'Mail.Read')];
    const { granted, missing } = en.permissions;
    expect({ before, after, asked: asked.map((text) => text.trim()) }).toEqual({
      before: [granted, missing],
      asked: ['Read your mail (Mail.Read)'],
      after: [granted, granted],
    });
  });

  test('who signs out here only is still signed in with Microsoft', async () => {
    const page = await visitor();
    await signInAs(page, world, WORK, '/permissions');
    await page.getByRole('button', { name: en.everywhere.hereButton }).click();
    await page.getByRole('link', { name: en.actions.signIn }).click();
    await page.getByRole('heading', { name: en.home.heading }).waitFor();
    await openMenu(page);
    expect(await page.getByRole('banner').getByText(WORK).isVisible()).toBe(true);
  });

  test('somebody ends a session that they left open in another browser', async () => {
    const left = await signedInBrowser(world);
    const page = await visitor();
    await signInAs(page, world, WORK, '/permissions');
    await main(page).getByRole('link', { name: en.sessions.see }).click();
    await page.getByRole('heading', { name: en.sessions.heading }).waitFor();
    await main(page)
      .getByRole('listitem')
      .filter({ hasText: en.sessions.unknown })
      .getByRole('button', { name: en.sessions.end })
      .click();
    await page.waitForURL(`${world.url}/sessions`);
    await main(page).getByText(en.permissions.session).waitFor();
    const { headers } = await left.visit(`${world.url}/permissions`, { redirects: 0 });
    expect([await main(page).getByText(en.sessions.unknown).count(), headers.location]).toEqual([
      0,
      '/login?returnTo=%2Fpermissions',
    ]);
  });

  test('who they are, with which kind of account and of which organisation, is on every page', async () => {
    const page = await visitor();
    await signInAs(page, world, WORK);
    for (const path of ['/', '/permissions', '/graphcall', '/graphcall/export', '/nowhere']) {
      await page.goto(`${world.url}${path}`);
      await openMenu(page);
      const account = page.getByRole('region', { name: en.layout.account });
      expect({
        path,
        name: await account.getByText('Adele Vance').isVisible(),
        username: await account.getByText(WORK).isVisible(),
        kind: await account.getByText(en.kinds.work).isVisible(),
        organisation: await account.getByText(`${en.organisation.short} contoso.example`).isVisible(),
        token: JWT.test(await page.content()),
      }).toEqual({ path, name: true, username: true, kind: true, organisation: true, token: false });
    }
  });

  test.each([
    [WORK, 'contoso.example', true],
    [GUEST, `${en.organisation.guest} Your own account is from tailspin.example.`, true],
    [PERSONAL, '', false],
  ])('%s reads what is known of the organisation', async (username, said, hasOne) => {
    const page = await visitor();
    await signInAs(page, world, username);
    for (const path of ['/permissions']) {
      await page.goto(`${world.url}${path}`);
      const row = main(page).locator('.facts div').filter({ hasText: en.home.tenant });
      expect({
        path,
        said: (await row.filter({ hasText: said }).count()) === 1,
        id: await main(page)
          .getByText(/^[0-9a-f-]{36}$/)
          .isVisible(),
      }).toEqual({ path, said: hasOne, id: hasOne });
    }
  });

  async function askedForAdministrator(): Promise<Page> {
    const page = await visitor();
    const fault = {
      kind: 'authorize-error',
      error: 'access_denied',
      error_description: 'AADSTS90094: Approve.',
    };
    world.emulator.addFault({ at: 'authorize', fault });
    await page.goto(`${world.url}/graphcall`);
    await main(page).getByText(en.who.administrator).waitFor();
    await main(page).getByRole('link', { name: en.actions.giveConsent }).click();
    await pressAccount(page, ADMIN);
    return page;
  }

  test('an administrator comes from the page of who was refused, consents, and is told what comes next', async () => {
    const page = await askedForAdministrator();
    await page.getByRole('button', { name: 'Accept' }).click();
    await page.getByRole('heading', { name: en.consent.givenHeading }).waitFor();
    await main(page).locator('a.primary').click();
    await pressAccount(page, ADMIN);
    const accept = page.getByRole('button', { name: 'Accept' });
    await accept.or(page.getByRole('table')).first().waitFor();
    if (await accept.isVisible()) await accept.click();
    await page.getByRole('table').waitFor();
    expect(page.url()).toBe(`${world.url}/graphcall`);
  });

  test('an administrator who declines is told that nothing changed', async () => {
    const page = await askedForAdministrator();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('heading', { name: en.failures.admin_consent_declined.heading }).waitFor();
    await main(page).getByText(en.failures.admin_consent_declined.what).first().waitFor();
    await main(page).getByRole('link', { name: en.actions.giveConsent }).click();
    await pressAccount(page, ADMIN);
    await page.getByRole('button', { name: 'Accept' }).click();
    await page.getByRole('heading', { name: en.consent.givenHeading }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/getAToken');
  });

  test('an administrator whose consent did not work reads why, and can give it again', async () => {
    const page = await visitor();
    const answer = 'error=server_error&admin_consent=True&error_description=AADSTS500011%3A+x';
    await page.goto(`${world.url}/getAToken?${answer}`);
    await main(page).getByText(en.topics.serviceNotInTenant.what).first().waitFor();
    await main(page).locator('.primary').click();
    await pressAccount(page, ADMIN);
    await page.getByRole('button', { name: 'Accept' }).click();
    await page.getByRole('heading', { name: en.consent.givenHeading }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/getAToken');
  });

  test('what sends the message looks like the next step, and one can press it', async () => {
    const page = await visitor();
    world.emulator.addFault({ at: 'token', fault: SECRET_EXPIRED });
    await chooseAccount(page, world, WORK, '/graphcall');
    await acceptAndReturn(page);
    const first = javaScriptEnabled ? en.actions.copyMessage : en.actions.mailMessage;
    await main(page).locator('.button').filter({ hasText: first }).waitFor();
    const looks = await page.evaluate<[string, string][]>(LOOKS_OF_BUTTONS);
    expect({
      first: looks[0]?.[0],
      alike: looks.filter(([, colour]) => colour === looks[0]?.[1]).length,
      selected: await page.evaluate("getComputedStyle(document.querySelector('.message')).userSelect"),
    }).toEqual({ first, alike: 1, selected: 'all' });
  });

  test('a code that nobody knows keeps its number, id and time', async () => {
    const page = await visitor();
    world.emulator.addFault({ at: 'token', fault: { kind: 'aadsts', code: 999999 } });
    await chooseAccount(page, world, WORK, '/graphcall');
    await page.getByRole('button', { name: 'Accept' }).click();
    await main(page).getByText(en.failure.technical).click();
    await main(page).getByText('AADSTS999999').first().waitFor();
    const facts = await main(page).locator('.technical dd').allTextContents();
    expect({
      ids: facts.filter((text) => /^[0-9a-f-]{36}$/.test(text.trim())).length > 0,
      time: await main(page).locator('time').getAttribute('datetime'),
      again: await main(page).getByRole('link', { name: en.actions.signInAgain }).isVisible(),
    }).toEqual({ ids: true, time: expect.stringMatching(/^\d{4}-\d\d-\d\dT/), again: true });
  });

  test('a secret that has expired is said in words, with where to renew it and a message for who can', async () => {
    const page = await visitor();
    const fault = { kind: 'aadsts', code: 7000222, error: 'invalid_client', status: 401 };
    world.emulator.addFault({ at: 'token', fault });
    await chooseAccount(page, world, WORK, '/graphcall');
    await acceptAndReturn(page);
    const { what, next } = en.topics.secretExpired;
    await main(page).locator('.lead').filter({ hasText: what }).waitFor();
    const ask = main(page).getByRole('region', { name: en.ask.heading });
    expect({
      who: await main(page).getByText(en.who.developer).isVisible(),
      next: await main(page).getByText(next).first().isVisible(),
      place: await ask.getByText(en.places.secrets).isVisible(),
      code: await ask.getByText('AADSTS7000222').isVisible(),
      copy: await main(page).getByRole('button', { name: en.actions.copyMessage }).count(),
    }).toEqual({ who: true, next: true, place: true, code: true, copy: javaScriptEnabled ? 1 : 0 });
  });
});

test('the message for whoever can help is copied by a press', async () => {
  const profile = await chromium.newProfile({ permissions: ['clipboard-read', 'clipboard-write'] });
  const page = await profile.newPage();
  world.emulator.addFault({ at: 'token', fault: SECRET_EXPIRED });
  await chooseAccount(page, world, WORK, '/graphcall');
  await page.getByRole('button', { name: 'Accept' }).click();
  await pressAndHear(
    page.getByRole('button', { name: en.actions.copyMessage }),
    page.getByRole('status').filter({ hasText: en.actions.copied }),
  );
  const copied = await page.evaluate<string>('navigator.clipboard.readText()');
  expect({ code: copied.includes('AADSTS7000222'), place: copied.includes(en.places.secrets) }).toEqual({
    code: true,
    place: true,
  });
});

test('the redirect URI to register is copied by a press', async () => {
  const profile = await chromium.newProfile({ permissions: ['clipboard-read', 'clipboard-write'] });
  const page = await profile.newPage();
  world.emulator.addFault({ at: 'token', fault: { ...SECRET_EXPIRED, code: 50011 } });
  await chooseAccount(page, world, WORK, '/graphcall');
  await page.getByRole('button', { name: 'Accept' }).click();
  await pressAndHear(
    page.getByRole('button', { name: en.actions.copyRedirectUri }),
    page.getByRole('status').filter({ hasText: en.actions.copied }),
  );
  expect(await page.evaluate<string>('navigator.clipboard.readText()')).toBe(`${world.url}/getAToken`);
});
