import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { load } from 'cheerio/slim';
import type { Browser } from '../support/browser.ts';
import { until } from '../support/until.ts';
import { openWorld, signedInBrowser, type World } from '../support/world.ts';

const USERS = 6_100;
/** Six pages of Graph's. */
const MOST = 5_994;

let world: World;
let browser: Browser;

beforeAll(async () => {
  world = await openWorld({ emulator: { users: USERS } });
});
beforeEach(async () => {
  await world.emulator.reset();
  browser = await signedInBrowser(world);
});
afterAll(() => world.close());

/** Read as text: thousands of rows are much to parse. */
const read = async (url: string) => {
  const headers = { Cookie: browser.cookieHeader(world.url), 'Accept-Language': 'en' };
  const answer = await fetch(url, { headers });
  const html = await answer.text();
  const next = /rel="next" href="([^"]+)"/.exec(html)?.[1]?.replaceAll('&amp;', '&');
  return {
    status: answer.status,
    html,
    ids: [...html.matchAll(/users\/([0-9a-f-]{36})["?]/g)].map(([, id = '']) => id),
    notes: [...html.matchAll(/<p class="note">([^<]*)/g)].map(([, note = '']) => note).join(' '),
    next: next === undefined ? undefined : new URL(next, url),
  };
};
const all = (query = '') => read(`${world.url}/graphcall?top=all${query}`);

describe('all at once', () => {
  test('is as many as a page holds, and says that there are more and where', async () => {
    const first = await all();
    const asked = (await world.received('/v1.0/users')).map(({ query }) => query.$top);
    const second = await read(first.next?.href ?? '');
    const ids = [...first.ids, ...second.ids];
    expect({
      asked,
      first: first.ids.length,
      all: new Set(ids).size === ids.length && ids.length > USERS,
      said: first.notes,
      address: first.next?.searchParams.get('top'),
      after: { said: second.notes, next: second.next },
      exported: first.html.includes('/graphcall/export.csv'),
    }).toEqual({
      asked: Array.from({ length: 6 }, () => '999'),
      first: MOST,
      all: true,
      said: expect.stringContaining('no more than these 5,994 people'),
      address: 'all',
      after: { said: '', next: undefined },
      exported: true,
    });
  });

  test('is the last of the sizes, and chosen where it was asked for', async () => {
    const sizes = async (query: string) => {
      const { html } = await browser.visit(`${world.url}/graphcall?${query}`);
      const options = load(html)('#top option');
      return [options.last().attr('value'), options.filter('[selected]').attr('value')];
    };
    expect([await sizes('top=all&search=adele'), await sizes('top=25')]).toEqual([
      ['all', 'all'],
      ['all', '25'],
    ]);
  });

  test('of a search is who matches', async () => {
    const { html, ids } = await all('&search=adele+vance');
    expect({ adele: html.includes('Adele Vance'), few: ids.length < 100 }).toEqual({
      adele: true,
      few: true,
    });
  });

  test('of a directory that cannot sort or search goes by beginnings, and says so', async () => {
    const body = { error: { code: 'Request_UnsupportedQuery', message: 'Unsupported Query.' } };
    await world.fault({
      at: 'users',
      times: 'always',
      when: { $count: 'true' },
      fault: { kind: 'status', status: 400, body },
    });
    const { ids, notes } = await all('&search=adele');
    expect({ found: ids.length > 0, said: notes }).toEqual({
      found: true,
      said: expect.stringContaining('begins with what you typed'),
    });
  });

  test('shows what came before Graph stopped answering, says so, and goes on from there', async () => {
    await world.fault({ at: 'users', times: 'always', fault: { kind: 'delay', ms: 300 } });
    const running = all();
    await until(async () => (await world.received('/v1.0/users')).length > 1);
    await world.fault({ at: 'users', fault: { kind: 'status', status: 500, body: {} } });
    const page = await running;
    const shown = page.ids.length;
    expect({
      status: page.status,
      some: shown > 0 && shown < MOST && shown % 999 === 0,
      said: page.notes,
    }).toEqual({
      status: 200,
      some: true,
      said: expect.stringContaining(`stopped answering after ${shown.toLocaleString('en')} people`),
    });
    expect(world.log.some(({ reason }) => String(reason).startsWith('graph_'))).toBe(true);
    const rest = await read(page.next?.href ?? '');
    const ids = [...page.ids, ...rest.ids];
    expect({ once: new Set(ids).size === ids.length, all: ids.length > USERS }).toEqual({
      once: true,
      all: true,
    });
  });

  test('that fails from the beginning is a page that says why', async () => {
    await world.fault({ at: 'users', fault: { kind: 'status', status: 403, body: {} } });
    expect((await all()).status).toBe(403);
  });

  test('is read twice at once for a session, four more wait, and the next are told so; others are not held up', async () => {
    // One of theirs and two of one session: the six that follow have all the time that a busy machine needs.
    await world.fault({ at: 'users', times: 3, fault: { kind: 'delay', ms: 3_000 } });
    const other = await signedInBrowser(world, ['nia']);
    const one = Array.from({ length: 8 }, () => browser.visit(`${world.url}/graphcall?top=all&search=adele`));
    const [theirs, ...pages] = await Promise.all([
      other.visit(`${world.url}/graphcall?top=all&search=adele`),
      ...one,
    ]);
    const refused = pages.filter(({ status }) => status === 429);
    expect({
      theirs: theirs?.status,
      read: pages.filter(({ status }) => status === 200).length,
      refused: refused.map(({ headers, text }) => [
        headers['retry-after'],
        text.includes('Too many long lists'),
      ]),
    }).toEqual({ theirs: 200, read: 6, refused: Array(2).fill(['5', true]) });
    expect((await all('&search=adele')).status).toBe(200);
  });
});
