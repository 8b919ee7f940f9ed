import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { load } from 'cheerio';
import { type Browser, createBrowser } from '../support/browser.ts';
import { openWorld, signedInBrowser, type World } from '../support/world.ts';

let world: World;
let browser: Browser;
let url: string;

beforeAll(async () => {
  world = await openWorld();
  browser = await signedInBrowser(world);
  const list = await browser.visit(`${world.url}/graphcall?search=adele+vance`);
  url = new URL(load(list.html)('tbody th a').attr('href') ?? '', list.url).href;
});
afterAll(() => world.close());

describe('a person’s page', () => {
  test('is reached from the list, and shows what the app may see of them', async () => {
    const page = await browser.visit(url);
    const $ = load(page.html);
    expect({ status: page.status, name: $('h1').text(), dir: $('h1').attr('dir') }).toEqual({
      status: 200,
      name: 'Adele Vance',
      dir: 'auto',
    });
    expect($('main').text()).toContain('adele.vance@contoso.example');
  });

  test('leads to a mail and a chat, and copies every value', async () => {
    const $ = load((await browser.visit(url)).html);
    expect($('a[href^="mailto:"]').attr('href')).toBe('mailto:adele.vance@contoso.example');
    expect($('a[href^="https:"]').attr('href')).toBe(
      'https://teams.microsoft.com/l/chat/0/0?users=adele.vance%40contoso.example',
    );
    const copied = $('main button[data-copy]').map((_index, button) => $(button).attr('data-copy'));
    expect(copied.get()).toEqual(
      $('dd span')
        .map((_index, value) => $(value).text())
        .get(),
    );
  });

  test('signed out, is reached through the sign-in', async () => {
    const { headers } = await createBrowser().visit(url, { redirects: 0 });
    expect(headers.location).toBe(`/login?returnTo=${encodeURIComponent(new URL(url).pathname)}`);
  });

  test('of nobody says so', async () => {
    const page = await browser.visit(`${world.url}/graphcall/users/00000000-0000-4000-8000-000000000000`);
    expect(page.status).toBe(404);
    expect(page.text).toContain('Request_ResourceNotFound');
  });

  test.each(['me', 'x', '%2e%2e', 'adele.vance@contoso.example', "'or'", 'delta'])(
    'of %s is none, and Graph is not asked',
    async (id) => {
      const before = await world.received('/v1.0/');
      expect((await browser.visit(`${world.url}/graphcall/users/${id}`)).status).toBe(404);
      expect(await world.received('/v1.0/')).toHaveLength(before.length);
    },
  );

  test('takes no other method', async () => {
    const page = await browser.visit(url, { method: 'POST' });
    expect({ status: page.status, allow: page.headers.allow }).toEqual({ status: 405, allow: 'GET, HEAD' });
  });
});
