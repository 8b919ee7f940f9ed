import type { RequestListener } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { load } from 'cheerio/slim';
import { createMemoryRecords } from '../../src/sessions/store/memory-records.ts';
import type { SessionRecords } from '../../src/sessions/store/records.ts';
import { storeUnavailable } from '../../src/sessions/store/store-unavailable.ts';
import { type Browser, createBrowser, type Page } from '../support/browser.ts';
import { CATALOGUES } from '../support/words.ts';
import { openBeside, openWorld, signedInBrowser, type World } from '../support/world.ts';

const { en } = CATALOGUES;
const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0';
const EDGE =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0';

let world: World;
/** Another process of the same app. */
let beside: World;
/** What browsers say that they are. */
let userAgent = FIREFOX;
const saying =
  (app: RequestListener): RequestListener =>
  (request, response) => {
    request.headers['user-agent'] = userAgent;
    app(request, response);
  };

const inner = createMemoryRecords();
let begun: string[] = [];
let isListed = true;
const records: SessionRecords = {
  ...inner,
  create(id, record) {
    begun.push(id);
    return inner.create(id, record);
  },
  listGroup: (group) => (isListed ? inner.listGroup(group) : Promise.reject(storeUnavailable('told to'))),
};

beforeAll(async () => {
  world = await openWorld({ records, proxy: saying, config: { sessionsPerPerson: 4 } });
  beside = await openBeside(world, { sessionsPerPerson: 4 });
});
beforeEach(async () => {
  userAgent = FIREFOX;
  await Promise.all(begun.map((id) => inner.remove(id)));
  begun = [];
});
afterAll(() => Promise.all([world.close(), beside.close()]));

const pageOf = (browser: Browser) => browser.visit(`${world.url}/sessions`);
const isIn = async (browser: Browser) => (await browser.visit(`${world.url}/`)).text.includes('Sign out');
const areIn = (browsers: readonly Browser[]) => Promise.all(browsers.map(isIn));
const signIns = (count: number, where = world) =>
  Promise.all(Array.from({ length: count }, () => signedInBrowser(where)));

function rowsOf({
  html,
}: Page): { where: string; isThis: boolean; times: string[]; end: string | undefined }[] {
  const $ = load(html);
  return $('main .rows > li')
    .map((_index, row) => ({
      where: $(row).find('span').first().text(),
      isThis: $(row).text().includes(en.permissions.session),
      times: $(row)
        .find('time')
        .map((_each, time) => $(time).attr('datetime') ?? '')
        .get(),
      end: $(row).find('form').attr('action'),
    }))
    .get();
}

describe('the page of sessions', () => {
  test('shows each in words, this one first, with when it began and was used', async () => {
    const here = await signedInBrowser(world);
    world.wait(120_000);
    userAgent = EDGE;
    const there = await signedInBrowser(world);
    world.wait(120_000);
    await there.visit(`${world.url}/`);
    await signedInBrowser(world, ['admin']);
    const page = await pageOf(here);
    const rows = rowsOf(page);
    expect(rows.map(({ where, isThis, end }) => [where, isThis, end === undefined])).toEqual([
      ['Firefox on Linux', true, true],
      ['Edge on Windows', false, false],
    ]);
    const [began = 0, used = 0] = rows[1]?.times.map(Date.parse) ?? [];
    expect(used - began).toBeGreaterThanOrEqual(119_000);
    expect(page.html).not.toMatch(/127\.0\.0\.1|::1|Gecko|AppleWebKit/);
  });

  test('is linked from the account page, and part of it in the navigation', async () => {
    const browser = await signedInBrowser(world);
    const $ = load((await browser.visit(`${world.url}/permissions`)).html);
    expect($('main a[href="/sessions"]').text()).toBe(en.sessions.see);
    expect(load((await pageOf(browser)).html)('[aria-current=page]').attr('href')).toBe('/permissions');
  });

  test('ends one, which is out at once; the rest stay', async () => {
    const [here, there] = [await signedInBrowser(world), await signedInBrowser(world)];
    const page = await here.press(await pageOf(here), en.sessions.end, 'Firefox on Linux');
    expect([new URL(page.url).pathname, rowsOf(page).length]).toEqual(['/sessions', 1]);
    expect(page.text).toContain(en.sessions.alone);
    expect(await areIn([here, there])).toEqual([true, false]);
    expect((await there.visit(`${world.url}/graphcall`, { redirects: 0 })).headers.location).toMatch(
      /^\/login/,
    );
  });

  test('ends one that another process began, and all others', async () => {
    const here = await signedInBrowser(world);
    const others = [await signedInBrowser(beside), await signedInBrowser(world)];
    const stranger = await signedInBrowser(world, ['admin']);
    await here.press(await pageOf(here), en.sessions.endOthers);
    expect(await areIn([here, ...others, stranger])).toEqual([true, false, false, true]);
  });

  test('ends nobody else’s, whatever key is posted', async () => {
    const [victim, other] = [await signedInBrowser(world), await signedInBrowser(world)];
    const attacker = await signedInBrowser(world, ['admin']);
    const keys = rowsOf(await pageOf(victim)).flatMap(({ end }) => end ?? []);
    expect(keys).toHaveLength(1);
    for (const path of [...keys, '/sessions/constructor/end', `/sessions/${'x'.repeat(4_000)}/end`]) {
      const page = await attacker.visit(`${world.url}${path}`, { method: 'POST', redirects: 0 });
      expect([page.status, page.headers.location]).toEqual([302, '/sessions']);
    }
    expect(await areIn([victim, other, attacker])).toEqual([true, true, true]);
  });

  test('lets another site, a frame or a browser that loads in advance end none', async () => {
    const [here, there] = [await signedInBrowser(world), await signedInBrowser(world)];
    const [path = ''] = rowsOf(await pageOf(here)).flatMap(({ end }) => end ?? []);
    const others: Record<string, string>[] = [
      { 'Sec-Fetch-Site': 'cross-site' },
      { Origin: 'https://evil.example' },
      { Origin: 'null' },
      { 'Sec-Fetch-Site': 'same-site', Origin: 'http://sister.localhost' },
      { 'Sec-Purpose': 'prefetch' },
    ];
    for (const headers of others)
      for (const target of [path, '/sessions/others/end']) {
        const page = await here.visit(`${world.url}${target}`, { method: 'POST', headers, redirects: 0 });
        expect([headers, page.status, page.headers.location]).toEqual([headers, 403, undefined]);
      }
    expect(await areIn([here, there])).toEqual([true, true]);
  });

  test('is reached through the sign-in, and ends nothing by GET or for a visitor', async () => {
    const [here, there] = [await signedInBrowser(world), await signedInBrowser(world)];
    const [path = ''] = rowsOf(await pageOf(here)).flatMap(({ end }) => end ?? []);
    const visitor = createBrowser();
    const asked = await visitor.visit(`${world.url}/sessions`, { redirects: 0 });
    expect(asked.headers.location).toBe('/login?returnTo=%2Fsessions');
    await visitor.visit(`${world.url}${path}`, { method: 'POST', redirects: 0 });
    const { status, headers } = await here.visit(`${world.url}${path}`, { redirects: 0 });
    expect([status, headers.allow]).toEqual([405, 'POST']);
    expect(await areIn([here, there])).toEqual([true, true]);
  });

  test('leaves out one that ends while it is made', async () => {
    const [here, there] = [await signedInBrowser(world), await signedInBrowser(world)];
    const rounds = await Promise.all(
      Array.from({ length: 10 }, async (_round, index) => {
        if (index === 3) await there.visit(`${world.url}/logout`, { redirects: 0 });
        return pageOf(here);
      }),
    );
    expect(rounds.map(({ status }) => status)).toEqual(Array(10).fill(200));
    expect(rowsOf(await pageOf(here))).toHaveLength(1);
  });

  test('knows sessions from before the secret changed', async () => {
    await signIns(2);
    world.restart({ sessionSecrets: ['newer-session-secret-0123456789-abcdefghij', SECRET] });
    const here = await signedInBrowser(world);
    expect(rowsOf(await pageOf(here))).toHaveLength(3);
    await here.press(await pageOf(here), en.sessions.endOthers);
    expect(rowsOf(await pageOf(here))).toHaveLength(1);
    world.restart({});
  });
});

const SECRET = 'test-session-secret-0123456789-abcdefghijk';

describe('a person has so many sessions', () => {
  test('and the oldest ends when there is one more; nobody else’s does', async () => {
    const stranger = await signedInBrowser(world, ['admin']);
    const browsers: Browser[] = [];
    for (let count = 0; count < 6; count += 1) {
      browsers.push(await signedInBrowser(world));
      world.wait(1_000);
    }
    expect(await areIn([...browsers, stranger])).toEqual([false, false, true, true, true, true, true]);
  });

  test('however many begin at once, in two processes', async () => {
    await signIns(2);
    const browsers = (await Promise.all([signIns(3), signIns(3, beside)])).flat();
    expect((await areIn(browsers)).filter(Boolean)).toHaveLength(4);
  });

  test('and a sign-in goes on where the surplus cannot be ended, with a line in the log', async () => {
    await signIns(4);
    isListed = false;
    const browser = await signedInBrowser(world);
    isListed = true;
    expect(await isIn(browser)).toBe(true);
    expect(world.log).toContainEqual(expect.objectContaining({ reason: 'store_unavailable', level: 40 }));
  });
});
