import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { load } from 'cheerio/slim';
import type { Browser, Page } from '../support/browser.ts';
import { openWorld, signedInBrowser, type World } from '../support/world.ts';

let world: World;

beforeAll(async () => {
  world = await openWorld();
});
beforeEach(() => world.emulator.reset());
afterAll(() => world.close());

const OPTIONAL = { optionalScopes: ['User.Read.All'] };

/** Somebody else than who signs in, with the address of their page. */
async function colleague(browser: Browser): Promise<string> {
  const list = await browser.visit(`${world.url}/graphcall?search=adele+vance`);
  return new URL(load(list.html)('tbody th a').attr('href') ?? '', list.url).href;
}

const factsOn = ({ html }: Page): Record<string, string> => {
  const $ = load(html);
  return Object.fromEntries(
    $('dl.facts > div')
      .toArray()
      .map((row) => [$(row).find('dt').text(), $(row).find('dd').text().trim()]),
  );
};
const askHref = ({ html }: Page) => load(html)('main a[href*="scope="]').attr('href');
const BASICS = ['Email', 'Username', 'First name', 'Last name', 'Account ID'];

describe('a person’s page', () => {
  test('has what the permission shows, and asks for nothing, where nothing is optional', async () => {
    world.restart({});
    const browser = await signedInBrowser(world, ['admin']);
    const page = await browser.visit(await colleague(browser));
    expect({ facts: Object.keys(factsOn(page)), ask: askHref(page) }).toEqual({
      facts: BASICS,
      ask: undefined,
    });
    const asked = (await world.received('/v1.0/users/')).at(-1)?.query;
    expect(asked).toEqual({ $select: 'id,displayName,givenName,surname,mail,userPrincipalName' });
  });

  test('has a button that asks for the optional permission, and shows the rest when it is given', async () => {
    world.restart(OPTIONAL);
    const browser = await signedInBrowser(world, ['admin']);
    const url = await colleague(browser);
    const before = await browser.visit(url);
    const consent = await browser.visit(`${world.url}${askHref(before)}`);
    expect(consent.text).toContain('Read the full profiles of all users');
    const after = await browser.press(consent, 'accept');
    const $ = load(after.html);
    expect({
      facts: Object.keys(factsOn(before)),
      url: after.url,
      ask: askHref(after),
      after: factsOn(after),
      phone: $('a[href^="tel:"]').attr('href'),
      people: (await browser.visit(`${world.url}/graphcall`)).status,
    }).toEqual({
      facts: BASICS,
      url,
      ask: undefined,
      after: expect.objectContaining({
        Phone: '+1 555 0100',
        Office: expect.stringMatching(/./),
        'Job title': expect.stringMatching(/./),
        Manager: expect.stringMatching(/./),
      }),
      phone: 'tel:+15550100',
      people: 200,
    });
    const manager = $('a.person').attr('href') ?? '';
    expect((await browser.visit(`${world.url}${manager}`)).text).toContain($('a.person').text());
  });

  test('goes on showing it after the token was renewed', async () => {
    world.restart(OPTIONAL);
    const browser = await signedInBrowser(world, ['admin']);
    const url = await colleague(browser);
    const consent = await browser.visit(`${world.url}${askHref(await browser.visit(url))}`);
    await browser.press(consent, 'accept');
    await world.fault({ at: 'users', fault: { kind: 'status', status: 401, body: {} } });
    await browser.visit(`${world.url}/graphcall`);
    const renewal = (await world.received('/token')).at(-1)?.body;
    expect({
      grant: renewal?.grant_type,
      scope: String(renewal?.scope).split(' ').includes('User.Read.All'),
      facts: Object.keys(factsOn(await browser.visit(url))),
    }).toEqual({ grant: 'refresh_token', scope: true, facts: expect.arrayContaining(['Phone', 'Manager']) });
  });

  test.each([
    ['declined', 'admin', 'cancel'],
    ['may not give it', 'work', 'return'],
  ])(
    'is there again for somebody who %s, with the list behind it, and asks nobody by itself',
    async (_why, who, decision) => {
      world.restart(OPTIONAL);
      const browser = await signedInBrowser(world, [who]);
      const url = `${await colleague(browser)}?search=a&top=25`;
      const consent = await browser.visit(`${world.url}${askHref(await browser.visit(url))}`);
      const declined = load((await browser.press(consent, decision)).html);
      const way = declined('main a.button').first();
      const back = await browser.visit(`${world.url}${way.attr('href')}`, { redirects: 0 });
      expect({
        heading: declined('h1').text(),
        isNextStep: way.hasClass('primary'),
        url: back.url,
        status: back.status,
        list: load(back.html)('.back').attr('href')?.split('#')[0],
        asked: askHref(back) === undefined ? 'no more' : 'by a button',
      }).toEqual({
        heading: 'The permission was not given',
        isNextStep: true,
        url,
        status: 200,
        list: '/graphcall?search=a&top=25',
        asked: 'by a button',
      });
    },
  );

  test('shows it without a button where every sign-in asks for it', async () => {
    world.restart({ scopes: ['User.Read.All'] });
    const browser = await signedInBrowser(world, ['admin']);
    const page = await browser.visit(await colleague(browser));
    expect({ facts: Object.keys(factsOn(page)), ask: askHref(page) }).toEqual({
      facts: expect.arrayContaining(['Phone', 'Office', 'Job title', 'Manager']),
      ask: undefined,
    });
  });

  test('leaves out what is not known, and no number leads where it should not', async () => {
    world.restart({ scopes: ['User.Read.All'] });
    const browser = await signedInBrowser(world, ['admin']);
    const url = await colleague(browser);
    const set = {
      jobTitle: ' ',
      department: null,
      officeLocation: ['x'],
      businessPhones: ['javascript:alert(1)', 7, '+1 (555) 01-00'],
      mobilePhone: '<b>1</b>',
      manager: { id: '../me', displayName: '<i>Nia</i>' },
    };
    await world.fault({ at: 'user', fault: { kind: 'answer', set } });
    const page = await browser.visit(url);
    const $ = load(page.html);
    expect({
      facts: Object.keys(factsOn(page)),
      manager: factsOn(page).Manager,
      mobile: factsOn(page)['Mobile phone'],
      links: $('dl a')
        .toArray()
        .map((link) => $(link).attr('href')),
    }).toEqual({
      facts: [
        'Email',
        'Phone',
        'Mobile phone',
        'Manager',
        'Username',
        'First name',
        'Last name',
        'Account ID',
      ],
      manager: '<i>Nia</i>',
      mobile: '<b>1</b>',
      links: ['tel:+15550100'],
    });
  });

  test('asks for no other permission than the configured ones, whatever a link names', async () => {
    world.restart(OPTIONAL);
    const browser = await signedInBrowser(world, ['admin']);
    const url = `${world.url}/login?scope=User.Read.All+Directory.ReadWrite.All`;
    const { headers } = await browser.visit(url, { redirects: 0 });
    const scope = new URL(headers.location ?? 'about:blank').searchParams.get('scope') ?? '';
    expect(scope.split(' ').sort()).toEqual(['User.Read.All', 'offline_access', 'openid', 'profile']);
  });
});
