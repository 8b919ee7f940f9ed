import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { load } from 'cheerio/slim';
import { type Browser, createBrowser, type Page } from '../support/browser.ts';
import { openWorld, signedInBrowser, type World } from '../support/world.ts';

let world: World;

beforeAll(async () => {
  world = await openWorld();
});
beforeEach(() => world.emulator.reset());
afterAll(() => world.close());

/** A browser that signed in before the app was configured for more. */
async function signedInBefore(): Promise<Browser> {
  world.restart({});
  const browser = await signedInBrowser(world);
  world.restart({ scopes: ['User.ReadBasic.All', 'Mail.Read', 'Calendars.Read'] });
  return browser;
}

const READ_BASIC = 'User.ReadBasic.All: Given';
const statesOn = ({ html }: Page): string[] => {
  const $ = load(html);
  return $('.rows li')
    .slice(0, 3)
    .map((_index, row) => `${$(row).find('code').text()}: ${$(row).find('[data-state]').text()}`)
    .get();
};
const permissions = (browser: Browser) => browser.visit(`${world.url}/permissions`);
const link = (page: Page, selector: string) =>
  new URL(load(page.html)(selector).attr('href') ?? 'about:blank', page.url).href;
const asked = async (browser: Browser, url: string) => {
  const { headers } = await browser.visit(url, { redirects: 0 });
  return new URL(headers.location ?? 'about:blank').searchParams;
};
const scopesOf = (text: string | null) => (text ?? '').split(' ').sort();
const OPENID = ['offline_access', 'openid', 'profile'];

describe('a scope that was configured after somebody signed in', () => {
  test('is missing, and the app goes on working with what it has', async () => {
    const browser = await signedInBefore();
    expect(statesOn(await permissions(browser))).toEqual([
      'Mail.Read: Missing',
      'Calendars.Read: Missing',
      READ_BASIC,
    ]);
    const people = await browser.visit(`${world.url}/graphcall`);
    expect({ url: people.url, status: people.status }).toEqual({
      url: `${world.url}/graphcall`,
      status: 200,
    });
  });

  test('does not get in the way of a renewal', async () => {
    const browser = await signedInBefore();
    await world.fault({ at: 'users', fault: { kind: 'status', status: 401, body: {} } });
    const people = await browser.visit(`${world.url}/graphcall`);
    const renewal = (await world.received('/token')).at(-1)?.body;
    expect({ status: people.status, scope: scopesOf(String(renewal?.scope)) }).toEqual({
      status: 200,
      scope: ['User.ReadBasic.All', ...OPENID],
    });
  });

  test('is asked for alone, of the same person, and then granted', async () => {
    const browser = await signedInBefore();
    const page = await permissions(browser);
    const href = link(page, '.rows li:nth-child(1) a');
    const query = await asked(browser, href);
    expect({
      scope: scopesOf(query.get('scope')),
      prompt: query.get('prompt'),
      hinted: query.has('login_hint'),
    }).toEqual({ scope: ['Mail.Read', ...OPENID], prompt: null, hinted: true });
    const consent = await browser.visit(href);
    expect(consent.text).toContain('Read your mail');
    expect(consent.text).not.toMatch(/calendars|all users/i);
    const back = await browser.press(consent, 'accept');
    expect({ url: back.url, states: statesOn(back) }).toEqual({
      url: `${world.url}/permissions`,
      states: ['Calendars.Read: Missing', READ_BASIC, 'Mail.Read: Given'],
    });
    expect((await browser.visit(`${world.url}/graphcall`)).status).toBe(200);
  });

  test('is asked for with all that is missing, by the page’s main button', async () => {
    const browser = await signedInBefore();
    const consent = await browser.visit(link(await permissions(browser), 'main a.primary'));
    const back = await browser.press(consent, 'accept');
    expect({ states: statesOn(back), buttons: load(back.html)('main a[href*="scope="]').length }).toEqual({
      states: [READ_BASIC, 'Mail.Read: Given', 'Calendars.Read: Given'],
      buttons: 0,
    });
  });

  test('costs nothing of what was granted before, where the platform answers with just that', async () => {
    const browser = await signedInBefore();
    const consent = await browser.visit(link(await permissions(browser), '.rows li:nth-child(1) a'));
    await world.fault({
      at: 'token',
      fault: { kind: 'answer', set: { scope: 'Mail.Read openid profile' } },
    });
    const back = await browser.press(consent, 'accept');
    const [redeemed, whole] = (await world.received('/token')).slice(-2);
    expect({
      states: statesOn(back),
      redeemed: scopesOf(String(redeemed?.body.scope)),
      whole: scopesOf(String(whole?.body.scope)),
      people: (await browser.visit(`${world.url}/graphcall`)).status,
    }).toEqual({
      states: ['Calendars.Read: Missing', READ_BASIC, 'Mail.Read: Given'],
      redeemed: ['Mail.Read', ...OPENID],
      whole: ['Mail.Read', 'User.ReadBasic.All', ...OPENID],
      people: 200,
    });
  });

  test('that is declined leaves the session as it was', async () => {
    const browser = await signedInBefore();
    const consent = await browser.visit(link(await permissions(browser), 'main a.primary'));
    const declined = await browser.press(consent, 'cancel');
    expect({ status: declined.status, declined: declined.text.includes('AADSTS65004') }).toEqual({
      status: 403,
      declined: true,
    });
    const back = await browser.visit(link(declined, 'main a.primary'));
    expect({ url: back.url, states: statesOn(back) }).toEqual({
      url: `${world.url}/permissions`,
      states: expect.arrayContaining([READ_BASIC]),
    });
  });
});

describe('a link to the sign-in', () => {
  test.each([
    ['Directory.ReadWrite.All'],
    ['https://evil.example/.default'],
    ['Mail.Read&scope=Mail.Read'],
    ['.default'],
    [''],
  ])('asks for all that is configured and nothing else where it names %s', async (scope) => {
    const browser = await signedInBefore();
    const query = await asked(browser, `${world.url}/login?scope=${scope}`);
    expect(scopesOf(query.get('scope'))).toEqual(
      ['User.ReadBasic.All', 'Mail.Read', 'Calendars.Read', ...OPENID].sort(),
    );
  });

  test('asks for the configured one of those that it names, in its own spelling', async () => {
    const browser = await signedInBefore();
    const query = await asked(browser, `${world.url}/login?scope=mail.read+Directory.ReadWrite.All`);
    expect(scopesOf(query.get('scope'))).toEqual(['Mail.Read', ...OPENID]);
  });

  test('asks a visitor for all', async () => {
    const query = await asked(createBrowser(), `${world.url}/login?scope=Mail.Read`);
    expect(scopesOf(query.get('scope'))).toContain('User.ReadBasic.All');
  });
});
