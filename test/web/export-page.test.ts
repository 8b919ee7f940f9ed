import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { load } from 'cheerio/slim';
import { createMemoryRecords } from '../../src/sessions/store/memory-records.ts';
import type { SessionRecords } from '../../src/sessions/store/records.ts';
import { storeUnavailable } from '../../src/sessions/store/store-unavailable.ts';
import { type Browser, createBrowser, type Page } from '../support/browser.ts';
import { until } from '../support/until.ts';
import { CATALOGUES } from '../support/words.ts';
import { openBeside, openWorld, signedInBrowser, type World } from '../support/world.ts';

const { en } = CATALOGUES;
const records = createMemoryRecords({ now: () => Date.now() });
/** What becomes of what the first process writes: a dead one writes nothing, whatever it believes. */
let store: 'works' | 'fails' | 'is out of reach of the dead' = 'works';
let refusals = 0;
const recordsOfFirst: SessionRecords = {
  ...records,
  notes: {
    ...records.notes,
    write: async (...note) => (store === 'works' ? records.notes.write(...note) : refuse(undefined)),
    replace: async (...change) => (store === 'works' ? records.notes.replace(...change) : refuse(true)),
  },
};
/** Two processes of one app: with the same sessions and the same Microsoft. */
let world: World;
let other: World;
/** A third, whose clock goes ahead. */
let ahead: World;
let browser: Browser;

function refuse<Believed>(believed: Believed): Believed {
  refusals += 1;
  if (store === 'fails') throw storeUnavailable('told to');
  return believed;
}

beforeAll(async () => {
  world = await openWorld({ records: recordsOfFirst, emulator: { users: 2_500 } });
  other = await openBeside({ ...world, records });
  ahead = await openBeside({ ...world, records });
});
beforeEach(async () => {
  store = 'works';
  await world.emulator.reset();
  browser = await signedInBrowser(world);
});
afterAll(() => Promise.all([world.close(), other.close(), ahead.close()]));

/** Each page of Graph takes so long that there is something to see. */
const slowly = () => world.fault({ at: 'users', times: 'always', fault: { kind: 'delay', ms: 1_500 } });
const pageOf = (path = '/graphcall/export') => browser.visit(`${world.url}${path}`);
const files = ({ html, url }: Page) =>
  load(html)('main a[data-export]')
    .map((_index, link) => new URL(load(html)(link).attr('href') ?? '', url).href)
    .get();
const sentence = ({ html }: Page) => load(html)('[data-text]').text();
const renews = ({ html }: Page) =>
  /<noscript><meta http-equiv="refresh" content="\d+"><\/noscript>/.test(html);
const linkSaying = ({ html, url }: Page, words: string) => {
  const $ = load(html, { scriptingEnabled: false });
  const links = $('main a').filter((_index, link) => $(link).text().trim() === words);
  return new URL(links.attr('href') ?? '', url).href;
};
const secondPage = async () => {
  const first = await pageOf('/graphcall?search=a&top=25');
  return pageOf(load(first.html)('a[rel=next]').attr('href'));
};
const atOther = (page: Page, { url } = other) => page.url.replace(world.url, url);
/** Looks at a page again and again, as it renews itself, until it says this. */
async function whenItSays(url: string, words: RegExp): Promise<Page> {
  let page = await browser.copy().visit(url);
  await until(async () => {
    page = await browser.copy().visit(url);
    return words.test(page.text);
  });
  return page;
}

describe('the page of an export', () => {
  test('offers the files, follows them by a name in its address, and is linked to without scripts', async () => {
    const people = await pageOf('/graphcall?search=adele');
    const [, href = ''] = /<noscript><a href="([^"]+)">/.exec(people.html) ?? [];
    const page = await pageOf(href);
    const { searchParams } = new URL(page.url);
    expect({
      search: searchParams.get('search'),
      follow: /^[0-9a-f]{32}$/.test(searchParams.get('follow') ?? ''),
      files: files(page).map((file) => new URL(file).pathname),
      same: files(page).every((file) => new URL(file).search === new URL(page.url).search),
      renews: renews(page),
    }).toEqual({
      search: 'adele',
      follow: true,
      files: ['/graphcall/export.csv', '/graphcall/export.json'],
      same: true,
      renews: true,
    });
  });

  test.each([
    ['this process', (page: Page) => page.url],
    ['another process', atOther],
  ])(
    'that %s answers shows the count, the total, the rate, the time left, and the end',
    async (_name, at) => {
      await slowly();
      const page = await pageOf();
      const running = browser.copy().visit(files(page)[1] ?? '');
      const shown = await whenItSays(
        at(page),
        /999 of 2,503 people, [\d,]+ per second\. \d+ seconds? left\./,
      );
      const file = JSON.parse((await running).html);
      const ended = await whenItSays(at(page), /complete\. People in it: 2,503\./);
      expect({
        renews: [renews(shown), renews(ended)],
        bar: load(shown.html)('progress').attr('max'),
        cancel: [shown, ended].map(
          ({ html }) => load(html)('form[data-cancel]').attr('hidden') !== undefined,
        ),
        complete: file.complete,
      }).toEqual({ renews: [true, false], bar: '2503', cancel: [false, true], complete: true });
    },
  );

  test.each([
    ['this process', (page: Page) => page.url],
    ['another process', atOther],
  ])(
    'that %s answers cancels, says so, and offers the rest, as does the file’s last line',
    async (_name, at) => {
      await slowly();
      const page = await pageOf();
      const running = browser.copy().visit(files(page)[0] ?? '');
      const shown = await whenItSays(at(page), /999 of 2,503 people/);
      const back = await browser.copy().press(shown, 'cancel');
      const { html } = await running;
      const last = html.trimEnd().split('\r\n').at(-1) ?? '';
      const [, rest = ''] = /^"# .* (http[^\s"]+)",,,,,$/.exec(last) ?? [];
      const ended = await whenItSays(at(page), /You cancelled the export after [\d,]+ of 2,503 people/);
      const more = (await browser.visit(rest)).html.trimEnd().split('\r\n').slice(1);
      const resumed = await browser.visit(
        new URL(load(ended.html)('[data-resume]').attr('href') ?? '', world.url).href,
      );
      const lines = [...html.trimEnd().split('\r\n').slice(1, -1), ...more];
      expect({
        back: back.url === at(page),
        people: [new Set(lines).size, lines.length],
        rest: new URL(rest).origin === world.url || new URL(rest).origin === other.url,
        resumed: new URL(resumed.url).searchParams.get('cursor') === new URL(rest).searchParams.get('cursor'),
      }).toEqual({ back: true, people: [2_503, 2_503], rest: true, resumed: true });
    },
  );

  test('whose process died is said to be incomplete by another, which offers the rest and goes on', async () => {
    await slowly();
    const page = await pageOf();
    const running = openExport(files(page)[1]);
    const there = atOther(page, ahead);
    ahead.wait(5_000);
    await whenItSays(there, /[\d,]+ of 2,503 people/);
    store = 'is out of reach of the dead';
    running.destroy();
    ahead.wait(6_000);
    const ended = await whenItSays(there, /not complete: it ends after [\d,]+ of 2,503 people/);
    const [, written = ''] = /ends after ([\d,]+) of/.exec(ended.text) ?? [];
    const events = await browser.copy().visit(there.replace('export?', 'export/progress?'));
    world.emulator.clearFaults();
    const rest = await browser.visit(
      new URL(load(ended.html)('[data-resume]').attr('href') ?? '', ahead.url).href,
    );
    const { count, complete } = JSON.parse((await browser.visit(files(rest)[1] ?? '')).html);
    expect({
      renews: renews(ended),
      cancel: load(ended.html)('form[data-cancel]').attr('hidden') !== undefined,
      told: events.html.includes('"ended":"incomplete"'),
      people: Number(written.replace(',', '')) + count,
      complete,
    }).toEqual({ renews: false, cancel: true, told: true, people: 2_503, complete: true });
  });

  test('is told by another process after the store failed for a moment', async () => {
    await slowly();
    const page = await pageOf();
    const running = browser.copy().visit(files(page)[1] ?? '');
    await whenItSays(atOther(page), /999 of 2,503 people/);
    refusals = 0;
    store = 'fails';
    await until(() => refusals > 1);
    store = 'works';
    expect(JSON.parse((await running).html).complete).toBe(true);
    await whenItSays(atOther(page), /complete\. People in it: 2,503\./);
  });

  test('says that Microsoft asks for patience, at another process for as long as it does', async () => {
    await world.fault({
      at: 'users',
      times: 4,
      fault: { kind: 'status', status: 429, headers: { 'Retry-After': '2' }, body: {} },
    });
    const page = await pageOf();
    const running = browser.copy().visit(files(page)[1] ?? '');
    await whenItSays(page.url, /asks for patience. The export goes on in 2 seconds/);
    for (const each of [world, other]) each.wait(60_000);
    await whenItSays(atOther(page), /asks for patience. The export goes on in 2 seconds/);
    expect(JSON.parse((await running).html).complete).toBe(true);
  });

  test('shows nobody what another session exports', async () => {
    await slowly();
    const page = await pageOf();
    const running = browser.copy().visit(files(page)[1] ?? '');
    await whenItSays(page.url, /999 of/);
    const stranger = await (await signedInBrowser(world, ['admin'])).visit(page.url);
    expect({ stranger: sentence(stranger), files: files(stranger).length }).toEqual({
      stranger: '',
      files: 2,
    });
    await running;
  });

  test('stops renewing itself where somebody asks for that, is renewed by hand, and renews itself again', async () => {
    await slowly();
    const page = await pageOf('/graphcall/export?search=a');
    const still = await browser.copy().visit(linkSaying(page, en.export.stopRenewing));
    const running = browser.copy().visit(files(still)[1] ?? '');
    const later = await whenItSays(linkSaying(still, en.export.newest), /Preparing the file|[\d,]+ of/);
    const cancelled = await browser.copy().press(later, 'cancel');
    await running;
    const again = await browser.copy().visit(linkSaying(still, en.export.renewAgain));
    expect({
      renews: [page, still, later, cancelled].map(renews),
      says: still.text.includes(en.export.still),
      same: files(still),
      at: [again.url, cancelled.url],
    }).toEqual({
      renews: [true, false, false, false],
      says: true,
      same: files(page),
      at: [page.url, still.url],
    });
  });

  test.each([
    ['everybody', () => pageOf('/graphcall')],
    ['a search', () => pageOf('/graphcall?search=a')],
    ['a page of a search', secondPage],
  ])('leads back to %s, and so do the pages that it leads to', async (_name, open) => {
    const from = await open();
    const list = new URL(from.url);
    const [, href = ''] = /<noscript><a href="([^"]+)">/.exec(from.html) ?? [];
    const page = await pageOf(href.replaceAll('&amp;', '&'));
    const file = files(page)[0] ?? '';
    await browser.copy().visit(file);
    const ended = await whenItSays(page.url, /complete/);
    const again = await browser.copy().visit(linkSaying(ended, 'Export again'));
    expect({
      back: [page, ended, again].map((one) => linkSaying(one, 'Back to the people')),
      file: new URL(file).searchParams.has('returnTo'),
    }).toEqual({ back: [list.href, list.href, list.href], file: false });
  });

  test.each([
    '//evil.example',
    'https://evil.example/graphcall',
    '/logout',
    '/graphcall/export.csv',
    '/permissions',
  ])('leads back to the people, whatever an address says: %s', async (returnTo) => {
    const page = await pageOf(`/graphcall/export?search=a&${new URLSearchParams({ returnTo })}`);
    expect(linkSaying(page, 'Back to the people')).toBe(`${world.url}/graphcall?search=a`);
  });

  test('is reached through the sign-in', async () => {
    const { headers } = await createBrowser().visit(`${world.url}/graphcall/export?search=a`, {
      redirects: 0,
    });
    expect(headers.location).toBe('/login?returnTo=%2Fgraphcall%2Fexport%3Fsearch%3Da');
  });
});

describe('exports of one session', () => {
  test('are three at once; one more is refused by a page that says so, until one has ended', async () => {
    await slowly();
    const begun = Array.from({ length: 3 }, () => openExport());
    await until(async () => (await world.received('/v1.0/users')).length === 3);
    const refused = await pageOf('/graphcall/export.csv');
    const elsewhere = await (await signedInBrowser(world, ['admin'])).visit(
      `${world.url}/graphcall?search=q`,
    );
    for (const one of begun) one.destroy();
    expect({
      status: refused.status,
      wait: Number(refused.headers['retry-after']) > 0,
      said: refused.text.includes('three exports under way'),
      again: load(refused.html)('main a.primary').attr('href'),
      elsewhere: elsewhere.status,
    }).toEqual({ status: 429, wait: true, said: true, again: '/graphcall/export.csv', elsewhere: 200 });
    await until(async () => (await pageOf('/graphcall/export.json?search=adele')).status === 200);
  });
});

function openExport(file = `${world.url}/graphcall/export.csv`) {
  const headers = { Cookie: browser.cookieHeader(world.url) };
  const sent = httpRequest(file, { headers, agent: false }, (response) =>
    response.on('error', () => undefined).resume(),
  );
  sent.on('error', () => undefined).end();
  return sent;
}
