import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { load } from 'cheerio/slim';
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

  test('over https have a name that no other host can plant; one from before counts until a new choice', async () => {
    const secure = await openWorld({ config: { baseUrl: 'https://app.example' } });
    const browser = createBrowser();
    const shown = async (cookie: string) => {
      const { html } = await browser.visit(`${secure.url}/`, { headers: { Cookie: cookie } });
      const $ = load(html)('html');
      return [$.attr('lang'), $.attr('data-theme')];
    };
    const chosen = async (address: string, cookie: string) =>
      (await browser.visit(`${secure.url}${address}`, { headers: { Cookie: cookie }, redirects: 0 })).headers[
        'set-cookie'
      ];
    const attributes = 'Path=/; HttpOnly; Secure; SameSite=Lax';
    expect(await shown('__Host-language=nl; language=de; __Host-appearance=dark; appearance=light')).toEqual([
      'nl',
      'dark',
    ]);
    expect(await shown('language=de; appearance=light')).toEqual(['de', 'light']);
    expect(await chosen('/language?to=nl', 'a=b')).toEqual([
      `__Host-language=nl; Max-Age=31536000; ${attributes}`,
    ]);
    expect(await chosen('/appearance?to=dark', 'appearance=light')).toEqual([
      `__Host-appearance=dark; Max-Age=31536000; ${attributes}`,
      `appearance=; Max-Age=0; ${attributes}`,
    ]);
    await secure.close();
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
