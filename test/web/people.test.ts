import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { load } from 'cheerio/slim';
import type { Browser, Page } from '../support/browser.ts';
import { openWorld, signedInBrowser, type World } from '../support/world.ts';

let world: World;
let browser: Browser;

beforeAll(async () => {
  world = await openWorld();
});
beforeEach(async () => {
  await world.emulator.reset();
  browser = await signedInBrowser(world);
});
afterAll(() => world.close());

const UNSUPPORTED = { error: { code: 'Request_UnsupportedQuery', message: 'Unsupported Query.' } };
/** A directory that can neither search nor count, as Azure AD B2C's. */
const PLAIN_DIRECTORY = {
  at: 'users',
  times: 'always',
  when: { $count: 'true' },
  fault: { kind: 'status', status: 400, body: UNSUPPORTED },
};

const HOSTILE: readonly string[] = [
  '"',
  '\\',
  '"\\"',
  ':',
  'displayName:x" OR "displayName:',
  "O'Brien",
  "') or startswith(id,'",
  '😀',
  '😀'.repeat(100),
  '%',
  '%00',
  '&$top=1',
  '+',
  '#',
  '?',
  '()',
  '<script>alert(1)</script>',
  '{{search}} $t(app.name) <%= 1 %>',
  '\u0000\u0001\u007f',
  '\u202eabc',
  'مريم',
  '李',
  '__proto__',
  'a'.repeat(200),
];

const peoplePage = (query: Record<string, string> = {}): Promise<Page> =>
  browser.visit(`${world.url}/graphcall?${new URLSearchParams(query)}`);

const headingOf = ({ html }: Page): string =>
  load(html)('h1')
    .text()
    .replaceAll(/[\u2068\u2069]/g, '');
const namesOn = ({ html }: Page): string[] => {
  const $ = load(html);
  return $('tbody th')
    .map((_index, cell) => $(cell).find('.person bdi').text())
    .get();
};
const linkOn = ({ html, url }: Page, rel: string): string | undefined => {
  const href = load(html)(`a[rel="${rel}"]`).attr('href');
  return href === undefined ? undefined : new URL(href, url).href;
};
const asked = async () =>
  (await world.received('/v1.0/users')).map(({ query, headers }) => ({ query, headers }));

describe('finding people', () => {
  test.each([
    'Adele Vance',
    'adele',
    'VANCE ade',
    'vance',
    'adele.vance@contoso.example',
    '  Adele\t\nVance ',
  ])('by %j finds her', async (search) => {
    const page = await peoplePage({ search });
    expect(page.status).toBe(200);
    expect(namesOn(page)).toContain('Adele Vance');
    expect(headingOf(page)).toMatch(/^\d+ (person|people) match(es)? “/);
  });

  test('asks the directory to search, sort and count', async () => {
    await peoplePage({ search: 'a"b\\c', top: '25' });
    const [request] = await asked();
    expect(request?.query).toEqual({
      $select: 'id,displayName,givenName,surname,mail,userPrincipalName',
      $search: ['displayName', 'givenName', 'surname', 'mail', 'userPrincipalName']
        .map((property) => `"${property}:a\\"b\\\\c"`)
        .join(' OR '),
      $orderby: 'displayName',
      $count: 'true',
      $top: '25',
    });
    expect(request?.headers).toMatchObject({ consistencylevel: 'eventual' });
  });

  test('keeps the search in the box and the page size in the choice', async () => {
    const $ = load((await peoplePage({ search: 'adele "x"', top: '100' })).html);
    expect($('input[name=search]').attr('value')).toBe('adele "x"');
    expect($('input[name=top]').attr('value')).toBe('100');
    expect($('form[role=search]').attr()).toMatchObject({ method: 'get', action: '/graphcall' });
  });

  test('says how many there are in all, however few the page shows', async () => {
    const page = await peoplePage({ top: '25' });
    expect(headingOf(page)).toMatch(/^2\d\d people$/);
    expect(namesOn(page)).toHaveLength(25);
  });

  test('nobody there has words and a way back to everyone', async () => {
    const page = await peoplePage({ search: 'zzzzqqq' });
    expect({ status: page.status, heading: headingOf(page) }).toEqual({
      status: 200,
      heading: 'Nobody matches “zzzzqqq”',
    });
    expect(load(page.html)('[data-results] a').attr('href')).toBe('/graphcall');
  });

  test('an empty directory has other words, and nothing to search', async () => {
    await world.fault({
      at: 'users',
      fault: { kind: 'answer', set: { value: [] }, remove: ['@odata.nextLink'] },
    });
    const page = await peoplePage();
    expect(page.text).toContain('Your directory has no people');
    expect(page.html).not.toContain('role="search"');
  });

  test('five hundred characters are answered in words, and nobody is asked', async () => {
    const page = await peoplePage({ search: 'é'.repeat(500) });
    expect({ status: page.status, heading: headingOf(page) }).toEqual({
      status: 200,
      heading: 'This search is too long',
    });
    expect(await asked()).toEqual([]);
  });

  test.each(HOSTILE.map((text) => [text.slice(0, 30), text]))(
    'for %j ends in people or in words, never in an error',
    async (_name, search) => {
      const page = await peoplePage({ search });
      expect(page.status).toBe(200);
      expect(page.html).not.toContain('<script>alert');
      expect(headingOf(page)).toMatch(/match|people/);
    },
  );

  test('repeated or nested, the search counts as absent', async () => {
    const page = await browser.visit(`${world.url}/graphcall?search=a&search=b&search[x]=c`);
    expect(headingOf(page)).toMatch(/^2\d\d people$/);
  });
});

describe('a directory that cannot search', () => {
  beforeEach(() => world.fault(PLAIN_DIRECTORY));

  test('is asked for beginnings, and the page says so', async () => {
    const page = await peoplePage({ search: "adele v'" });
    const [, second] = await asked();
    expect(second?.query.$filter).toBe(
      ['displayName', 'givenName', 'surname', 'mail', 'userPrincipalName']
        .map((property) => `startswith(${property},'adele v''')`)
        .join(' or '),
    );
    expect(second?.headers).not.toHaveProperty('consistencylevel');
    expect(page.text).toContain('Later parts of a name could not be searched.');
  });

  test('is walked through in that way, page by page', async () => {
    let page = await peoplePage({ search: 'a', top: '5' });
    const found = namesOn(page);
    for (let next = linkOn(page, 'next'); next !== undefined; next = linkOn(page, 'next')) {
      page = await browser.visit(next);
      found.push(...namesOn(page));
    }
    const one = await peoplePage({ search: 'a', top: '250' });
    expect(found).toEqual(namesOn(one));
    expect(found.length).toBeGreaterThan(10);
  });

  test('still lists everybody, without a number', async () => {
    const page = await peoplePage({ top: '25' });
    expect(headingOf(page)).toBe('People');
    expect(namesOn(page)).toHaveLength(25);
    expect(page.text).not.toContain('Later parts of a name');
  });
});

test('what Graph refuses for another reason is not asked again', async () => {
  await world.fault({ at: 'users', fault: { kind: 'status', status: 403, body: {} } });
  expect((await peoplePage({ search: 'adele' })).status).toBe(403);
  expect(await asked()).toHaveLength(1);
});

describe('the pages of a list', () => {
  test('hold everybody once, by name, and each one can be shared and reloaded', async () => {
    const walked: string[] = [];
    let page = await peoplePage({ top: '100' });
    const heading = headingOf(page);
    for (;;) {
      walked.push(...namesOn(page));
      const again = await browser.visit(page.url);
      expect(namesOn(again)).toEqual(namesOn(page));
      expect(headingOf(again)).toBe(heading);
      const next = linkOn(page, 'next');
      if (next === undefined) break;
      page = await browser.visit(next);
    }
    expect(walked).toHaveLength(Number.parseInt(heading, 10));
    expect(walked).toEqual([...walked].sort(new Intl.Collator('en').compare));
    expect(load(page.html)('nav.pages a').first().attr('href')).toBe('/graphcall?top=100');
  });

  test('lead back one by one to the first, and say which one they are', async () => {
    const first = await peoplePage({ top: '40' });
    const walked = [first];
    for (let next = linkOn(first, 'next'); next !== undefined; next = linkOn(walked.at(-1) as Page, 'next'))
      walked.push(await browser.visit(next));
    expect(walked.length).toBeGreaterThan(4);
    expect(walked.map((page) => load(page.html)('.pager > span:first-child:not(.size)').text())).toEqual(
      walked.map((_page, index) =>
        expect.stringMatching(`^${index * 40 + 1}–\\d+ of \\d+, page ${index + 1} of ${walked.length}$`),
      ),
    );
    let page = walked.pop() as Page;
    while (walked.length > 0) {
      page = await browser.visit(linkOn(page, 'prev') ?? '');
      expect(namesOn(page)).toEqual(namesOn(walked.pop() as Page));
    }
    expect({ url: page.url, before: linkOn(page, 'prev') }).toEqual({ url: first.url, before: undefined });
  });

  test('forget those furthest back before an address is too long to come back to', async () => {
    const body = {
      value: [{ id: '1', displayName: 'Ada' }],
      '@odata.nextLink': `${world.emulator.baseUrl}/v1.0/users?$skiptoken=${'x'.repeat(300)}`,
    };
    await world.fault({ at: 'users', times: 'always', fault: { kind: 'status', status: 200, body } });
    let page = await peoplePage();
    for (let step = 0; step < 6; step += 1) {
      page = await browser.visit(linkOn(page, 'next') ?? '');
      const $ = load(page.html);
      expect($('nav a[lang=nl]').attr('href')).toContain(encodeURIComponent(new URL(page.url).search));
    }
    let steps = 0;
    for (let before = linkOn(page, 'prev'); before !== undefined; before = linkOn(page, 'prev')) {
      page = await browser.visit(before);
      steps += 1;
    }
    const $ = load(page.html);
    expect({
      steps,
      page: $('.pager > span:first-child:not(.size)').text(),
      first: $('nav.pages a').first().attr('href'),
    }).toEqual({ steps: 2, page: 'Page 5', first: '/graphcall' });
  });

  test.each(['0', '1', '-1', '1e3', '<b>', '9999999'])(
    'have no number that nobody counts: %s',
    async (page) => {
      const next = new URL(linkOn(await peoplePage({ top: '25' }), 'next') ?? '');
      next.searchParams.set('page', page);
      const answer = await browser.visit(next.href);
      expect({
        status: answer.status,
        shown: load(answer.html)('.pager > span:first-child:not(.size)').text(),
      }).toEqual({
        status: 200,
        shown: '',
      });
    },
  );

  test('know no page before that cannot be one, and ask for none of them', async () => {
    const next = new URL(linkOn(await peoplePage({ top: '25' }), 'next') ?? '');
    next.searchParams.delete('page');
    next.searchParams.set('before', `é \u0000 ${'x'.repeat(4_001)}`);
    const page = await browser.visit(next.href);
    expect({ status: page.status, before: linkOn(page, 'prev'), calls: (await asked()).length }).toEqual({
      status: 200,
      before: undefined,
      calls: 2,
    });
  });

  test('of a search keep the search, and lead back to its first page', async () => {
    const page = await browser.visit(linkOn(await peoplePage({ search: 'a', top: '3' }), 'next') ?? '');
    expect(new URL(page.url).searchParams.get('search')).toBe('a');
    expect(linkOn(page, 'prev')).toBe(`${world.url}/graphcall?search=a&top=3`);
    expect(load(page.html)('input[name=search]').attr('value')).toBe('a');
  });

  test.each(['0', '-1', '9999999999', '1e3', '<b>', 'NaN'])(
    'show no number that an address makes up: %s',
    async (total) => {
      const next = new URL(linkOn(await peoplePage({ top: '25' }), 'next') ?? '');
      next.searchParams.set('total', total);
      expect(headingOf(await browser.visit(next.href))).toBe('People');
    },
  );

  test.each([{ top: '0' }, { top: '1000' }, { top: 'x' }, { cursor: 'a b' }, { cursor: 'x'.repeat(4_001) }])(
    '%j is no page of it',
    async (query) => {
      expect((await peoplePage(query as Record<string, string>)).status).toBe(400);
    },
  );
});

test('the home page says how many there are once somebody of the organisation looked, to its own people only', async () => {
  const homeSays = async (from: Browser) =>
    load((await from.visit(`${world.url}/`)).html)('main p')
      .last()
      .text();
  await peoplePage();
  const guest = await signedInBrowser(world, ['guest']);
  const other = await signedInBrowser(world, ['other organisation']);
  expect([await homeSays(browser), await homeSays(guest), await homeSays(other)]).toEqual([
    expect.stringMatching(/See everyone \(2\d\d people\)$/),
    expect.stringMatching(/See everyone$/),
    expect.stringMatching(/See everyone$/),
  ]);
});
