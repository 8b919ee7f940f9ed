import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { load } from 'cheerio';
import { createBrowser } from '../support/browser.ts';
import { openWorld, type World } from '../support/world.ts';

let world: World;

beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

describe('the switches in the footer', () => {
  test('change the appearance for good, and come back to the page', async () => {
    const browser = createBrowser();
    const home = await browser.visit(`${world.url}/nowhere?a=b`);
    const dark = load(home.html)('a[href^="/appearance?to=dark"]').attr('href') ?? '';
    const back = await browser.visit(`${world.url}${dark}`);
    expect(back.url).toBe(`${world.url}/nowhere?a=b`);
    expect(load(back.html)('html').attr('data-theme')).toBe('dark');
    expect(load((await browser.visit(`${world.url}/`)).html)('html').attr('data-theme')).toBe('dark');
    await browser.visit(`${world.url}/appearance?to=auto`);
    expect(load((await browser.visit(`${world.url}/`)).html)('html').attr('data-theme')).toBeUndefined();
  });

  test('change the language for good', async () => {
    const browser = createBrowser();
    await browser.visit(`${world.url}/language?to=nl`);
    expect(load((await browser.visit(`${world.url}/`)).html)('html').attr('lang')).toBe('nl');
  });

  test('remember nothing but the choice, for a year', async () => {
    const { headers } = await createBrowser().visit(`${world.url}/appearance?to=light`, { redirects: 0 });
    expect(headers['set-cookie']).toEqual([
      'appearance=light; Max-Age=31536000; Path=/; HttpOnly; SameSite=Lax',
    ]);
  });

  test.each(['to=blue', 'to=dark&to=light', 'to[x]=dark', '', 'to=dark%0d%0aSet-Cookie:a=b', 'to=__proto__'])(
    'take no other choice: %s',
    async (query) => {
      const { status, headers } = await createBrowser().visit(`${world.url}/appearance?${query}`, {
        redirects: 0,
      });
      expect({ status, location: headers.location, cookies: headers['set-cookie'] }).toEqual({
        status: 302,
        location: '/',
        cookies: undefined,
      });
    },
  );

  test.each(['//evil.example', 'https://evil.example', '/\\evil.example', '/appearance?to=dark'])(
    'do not lead to %s',
    async (returnTo) => {
      const { headers } = await createBrowser().visit(
        `${world.url}/appearance?${new URLSearchParams({ to: 'dark', returnTo })}`,
        { redirects: 0 },
      );
      expect(headers.location).toBe('/');
    },
  );

  test.each(['blue', '"><script>', 'dark light'])('a cookie with %j changes nothing', async (value) => {
    const browser = createBrowser();
    browser.setCookie(world.url, 'appearance', encodeURIComponent(value));
    const { html, status } = await browser.visit(`${world.url}/`);
    expect({ status, theme: load(html)('html').attr('data-theme') }).toEqual({
      status: 200,
      theme: undefined,
    });
  });
});
