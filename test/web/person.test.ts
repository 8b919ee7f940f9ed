import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { load } from 'cheerio/slim';
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

/** Without the row of the list. */
const wayBack = ($: ReturnType<typeof load>) => $('.back').attr('href')?.split('#')[0];

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
      $('dd :is(span, code)')
        .map((_index, value) => $(value).text())
        .get(),
    );
  });

  test.each([
    ['everybody', '', '/graphcall'],
    ['a search', '?search=a%26b+%C3%A9&top=25', '/graphcall?search=a%26b+%C3%A9&top=25'],
    ['all at once', '?top=all', '/graphcall?top=all'],
    ['nothing that is elsewhere', '?returnTo=//evil.example&url=https://evil.example', '/graphcall'],
  ])('leads back to %s', async (_name, query, back) => {
    const { html } = await browser.visit(`${new URL(url).origin}${new URL(url).pathname}${query}`);
    expect(wayBack(load(html))).toBe(back);
  });

  test('leads back to the page of the list that it was chosen from, also through another language', async () => {
    const first = await browser.visit(`${world.url}/graphcall?search=a&top=25`);
    const next = load(first.html)('a[rel=next]').attr('href') ?? '';
    const list = load((await browser.visit(`${world.url}${next}`)).html);
    const person = `${world.url}${list('tbody th a').first().attr('href')}`;
    const page = await browser.visit(person, { headers: { Referer: `${world.url}${next}` } });
    const $ = load(page.html);
    const dutch = $('nav a[lang=nl]').attr('href') ?? '';
    const other = load((await browser.copy().visit(`${world.url}${dutch}`)).html);
    expect([$, other].map((one) => wayBack(one))).toEqual([next, next]);
  });

  test.each([
    ['no address', 'x'],
    ['another page of ours', '/graphcall/export?search=a'],
    ['a list that there is none of', '/graphcall?search=a&top=0'],
    ['a cursor that is none', '/graphcall?cursor=%00'],
    ['a part that is too long', `/graphcall?search=${'a'.repeat(1_001)}`],
    ['nothing that is elsewhere', '/graphcall?returnTo=//evil.example'],
  ])('leads back to everybody where the browser came from %s', async (_name, from) => {
    const page = await browser.visit(url, {
      headers: { Referer: from === 'x' ? from : `${world.url}${from}` },
    });
    expect({ status: page.status, back: wayBack(load(page.html)) }).toEqual({
      status: 200,
      back: '/graphcall',
    });
  });

  test('leads back to the person’s own row', async () => {
    const list = load((await browser.visit(`${world.url}/graphcall`)).html);
    const row = list('tbody tr')
      .has(`a[href="${new URL(url).pathname}"]`)
      .attr('id');
    const back = load((await browser.visit(url)).html)('.back').attr('href');
    expect({ back, isThere: row !== undefined }).toEqual({ back: `/graphcall#${row}`, isThere: true });
  });

  test('signed out, is reached through the sign-in', async () => {
    const { pathname, search } = new URL(url);
    const { headers } = await createBrowser().visit(url, { redirects: 0 });
    expect(headers.location).toBe(`/login?returnTo=${encodeURIComponent(`${pathname}${search}`)}`);
  });

  test('of nobody says so', async () => {
    const page = await browser.visit(`${world.url}/graphcall/users/00000000-0000-4000-8000-000000000000`);
    expect(page.status).toBe(404);
    expect(page.text).toContain('Request_ResourceNotFound');
  });

  test.each(['me', 'x', '%252e%252e', '..%2f..%2fme', 'adele.vance@contoso.example', "'or'", 'delta'])(
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
