import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { load } from 'cheerio/slim';
import { type Browser, createBrowser } from '../support/browser.ts';
import { until } from '../support/until.ts';
import { openWorld, signedInBrowser, type World } from '../support/world.ts';

const USERS = 2_500;

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

const exported = (form: 'csv' | 'json', query = '', headers: Record<string, string> = {}) =>
  browser.visit(`${world.url}/graphcall/export.${form}${query}`, { headers });
const listed = () => world.received('/v1.0/users');
const linesOf = (text: string): string[] => text.split('\r\n');
/** The second page of an export goes wrong. */
async function secondPage(fault: object): Promise<void> {
  const url = `${world.emulator.baseUrl}/v1.0/users?$top=999&second=1`;
  await world.fault({ at: 'users', fault: { kind: 'next-link', url } });
  await world.fault({ at: 'users', when: { second: '1' }, fault });
}
/** Longer than a busy machine needs to do something meanwhile. */
const A_WHILE_MS = 2_500;

describe('everybody as CSV', () => {
  test('is one line for each, under names, for Excel', async () => {
    const { status, headers, html } = await exported('csv');
    expect({ status, ...headers }).toMatchObject({
      status: 200,
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename=people.csv',
      'cache-control': 'no-store',
    });
    const [first, ...lines] = linesOf(html);
    expect(first).toBe('\ufeffdisplayName,givenName,surname,mail,userPrincipalName,id');
    expect(lines.pop()).toBe('');
    expect(lines.length).toBeGreaterThan(USERS);
    expect(new Set(lines).size).toBe(lines.length);
    expect(lines.every((line) => /^".+","[0-9a-f-]{36}"$/.test(line))).toBe(true);
    expect(await listed()).toHaveLength(3);
  });

  test('makes what a spreadsheet would run harmless, and quotes every text', async () => {
    const row = (displayName: string) => ({ id: '1', displayName });
    const names = [
      '=1+1',
      '＝1',
      '+1',
      '-1',
      '@x',
      '\t=1',
      '\r=1',
      'a "b", c',
      'two\nlines',
      'Zoë 李 😀',
      'Ops;=1+1;x',
    ];
    await world.fault({
      at: 'users',
      fault: { kind: 'answer', set: { value: names.map(row) }, remove: ['@odata.nextLink'] },
    });
    const { html } = await exported('csv');
    expect(html.split('\r\n').slice(1).join('|')).toBe(
      `"'=1+1",,,,,"1"|"'＝1",,,,,"1"|"'+1",,,,,"1"|"'-1",,,,,"1"|"'@x",,,,,"1"|"'\t'=1",,,,,"1"|"'\r'=1",,,,,"1"|"a ""b"", c",,,,,"1"|"two\nlines",,,,,"1"|"Zoë 李 😀",,,,,"1"|"Ops;'=1+1;x",,,,,"1"|`,
    );
  });

  test.each([
    ['en', null],
    ['nl', 'semicolon'],
    ['de', 'semicolon'],
  ])('in %s comes from both pages with what separates it there: %s', async (language, separator) => {
    const headers = { 'Accept-Language': language };
    const [list, page] = await Promise.all(
      ['/graphcall?search=adele+vance', '/graphcall/export?search=adele+vance'].map((path) =>
        browser.copy().visit(`${world.url}${path}`, { headers }),
      ),
    );
    for (const { html } of [list, page].filter((one) => one !== undefined)) {
      const hrefs = load(html)('a[data-export]')
        .map((_index, link) => load(html)(link).attr('href'))
        .get();
      const files = hrefs
        .filter((href) => /^\/graphcall\/export\./.test(href))
        .map((href) => new URL(href, world.url));
      expect(
        files.map(({ pathname, searchParams }) => [
          pathname,
          searchParams.get('separator'),
          searchParams.get('search'),
        ]),
      ).toEqual([
        ['/graphcall/export.csv', separator, 'adele vance'],
        ['/graphcall/export.json', null, 'adele vance'],
      ]);
      const [file] = files;
      const { html: text } = await browser.copy().visit(file?.href ?? '', { headers });
      const [names, adele] = linesOf(text);
      const between = separator === null ? ',' : ';';
      expect(names).toBe(
        `\ufeff${['displayName', 'givenName', 'surname', 'mail', 'userPrincipalName', 'id'].join(between)}`,
      );
      expect(adele?.startsWith(['"Adele Vance"', '"Adele"', '"Vance"'].join(between))).toBe(true);
    }
  });

  test.each(['', '?separator=comma', '?separator=x', '?separator=semicolon&separator=semicolon'])(
    '%s has commas',
    async (query) => {
      const { html } = await exported('csv', query, { 'Accept-Language': 'de' });
      expect(linesOf(html)[0]).toBe('\ufeffdisplayName,givenName,surname,mail,userPrincipalName,id');
    },
  );

  test('that breaks off leads to a rest with the same separator', async () => {
    await secondPage({ kind: 'status', status: 500, body: {} });
    const { html } = await exported('csv', '?separator=semicolon');
    expect(html).toMatch(/\r\n"?# This list is not complete: [^;]+"?;;;;;\r\n$/);
  });
});

describe('everybody as JSON', () => {
  test('is one object that says that it is complete', async () => {
    const { headers, html } = await exported('json');
    const { people, count, complete, note } = JSON.parse(html);
    expect(headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': 'attachment; filename=people.json',
    });
    expect({ complete, count, note }).toEqual({ complete: true, count: people.length, note: undefined });
    expect(count).toBeGreaterThan(USERS);
  });

  test('of nobody is an empty list', async () => {
    const { people, complete } = JSON.parse((await exported('json', '?search=zzzqqq')).html);
    expect({ people, complete }).toEqual({ people: [], complete: true });
  });
});

describe('an export', () => {
  test('of a search holds who was found, and the page links to it', async () => {
    const page = await browser.visit(`${world.url}/graphcall?search=adele+vance`);
    const href = load(page.html)('[data-files] > a').last().attr('href') ?? '';
    const { people } = JSON.parse((await browser.visit(new URL(href, page.url).href)).html);
    expect(people.map(({ displayName }: { displayName: string }) => displayName)).toContain('Adele Vance');
    expect(people.length).toBeLessThan(USERS);
  });

  test('of a directory that cannot search goes by beginnings', async () => {
    const body = { error: { code: 'Request_UnsupportedQuery', message: 'Unsupported Query.' } };
    await world.fault({
      at: 'users',
      times: 'always',
      when: { $count: 'true' },
      fault: { kind: 'status', status: 400, body },
    });
    const { people, complete } = JSON.parse((await exported('json', '?search=adele')).html);
    expect(complete).toBe(true);
    expect(people.length).toBeGreaterThan(0);
  });

  test.each([
    ['csv', 'en', /\r\n# This list is not complete: [^,]+,,,,,\r\n$/],
    ['csv', 'nl', /\r\n# Deze lijst is niet volledig: [^,]+,,,,,\r\n$/],
    ['json', 'de', /"note":"Diese Liste ist nicht vollständig: .*","complete":false\}\n$/],
  ] as const)('as %s that breaks off says so at its end, in %s', async (form, language, end) => {
    await world.fault({
      at: 'users',
      fault: { kind: 'next-link', url: 'https://evil.example/v1.0/users?$skiptoken=x' },
    });
    const { status, html } = await exported(form, '', { 'Accept-Language': language });
    expect(status).toBe(200);
    expect(html).toMatch(end);
    expect(world.log.some(({ reason }) => reason === 'graph_answer_refused')).toBe(true);
  });

  test('that leaves out what was no person is not complete', async () => {
    await world.fault({
      at: 'users',
      fault: {
        kind: 'answer',
        set: { value: [{ id: '1' }, { displayName: 'without an id' }] },
        remove: ['@odata.nextLink'],
      },
    });
    const { complete, count } = JSON.parse((await exported('json')).html);
    expect({ complete, count }).toEqual({ complete: false, count: 1 });
  });

  test('that fails before it begins is a page', async () => {
    await world.fault({ at: 'users', fault: { kind: 'status', status: 403, body: {} } });
    const { status, headers } = await exported('csv');
    expect({ status, type: headers['content-type'], as: headers['content-disposition'] }).toEqual({
      status: 403,
      type: 'text/html; charset=utf-8',
      as: undefined,
    });
  });

  test('waits where Graph asks for patience, for longer than a page would', async () => {
    await world.fault({
      at: 'users',
      times: 4,
      fault: { kind: 'status', status: 429, headers: { 'Retry-After': '1' }, body: {} },
    });
    const { complete } = JSON.parse((await exported('json')).html);
    expect(complete).toBe(true);
  });

  test('ends with the session', async () => {
    await secondPage({ kind: 'delay', ms: A_WHILE_MS });
    const running = exported('json');
    await until(async () => (await listed()).length > 1);
    await browser.copy().visit(`${world.url}/logout`, { redirects: 0 });
    expect(JSON.parse((await running).html).complete).toBe(false);
  });

  test('renews the token on the way', async () => {
    await secondPage({ kind: 'status', status: 401, body: {} });
    const before = (await world.received('/token')).length;
    expect(JSON.parse((await exported('json')).html).complete).toBe(true);
    expect((await world.received('/token')).length).toBe(before + 1);
  });

  test('asks for the first page only, where nobody reads on, and for none after they left', async () => {
    await world.fault({ at: 'users', times: 'always', fault: { kind: 'delay', ms: A_WHILE_MS } });
    const before = world.log.filter(isExport).length;
    const gone = httpRequest(`${world.url}/graphcall/export.csv`, {
      headers: { Cookie: browser.cookieHeader(world.url) },
    });
    gone.on('error', () => undefined);
    gone.end();
    await until(async () => (await listed()).length === 1);
    gone.destroy();
    await until(() => world.log.filter(isExport).length > before);
    expect(await listed()).toHaveLength(1);
  });

  test('comes piece by piece, compressed too', async () => {
    await secondPage({ kind: 'hang' });
    const before = world.log.filter(isExport).length;
    const headers = { Cookie: browser.cookieHeader(world.url), 'Accept-Encoding': 'gzip' };
    const sent = httpRequest(`${world.url}/graphcall/export.csv`, { headers });
    sent.on('error', () => undefined);
    sent.end();
    const [response] = (await once(sent, 'response')) as [IncomingMessage];
    response.on('error', () => undefined);
    const [piece] = await once(response, 'data');
    sent.destroy();
    await until(() => world.log.filter(isExport).length > before);
    expect(piece.length).toBeGreaterThan(0);
    expect((await listed()).length).toBeLessThan(3);
  });

  test('asked for by HEAD asks Graph for nothing', async () => {
    const { status, headers } = await browser.visit(`${world.url}/graphcall/export.csv`, { method: 'HEAD' });
    expect({ status, as: headers['content-disposition'] }).toEqual({
      status: 200,
      as: 'attachment; filename=people.csv',
    });
    expect(await listed()).toEqual([]);
  });

  test.each([
    ['a visitor', () => createBrowser(), 302],
    ['a personal account', () => signedInBrowser(world, ['personal']), 403],
    ['a guest', () => signedInBrowser(world, ['guest']), 403],
  ] as const)('is nothing for %s', async (_name, open, status) => {
    const answer = await (await open()).visit(`${world.url}/graphcall/export.csv`, { redirects: 0 });
    expect(answer.status).toBe(status);
  });

  test('of a search that is too long is refused', async () => {
    expect((await exported('csv', `?search=${'x'.repeat(201)}`)).status).toBe(400);
  });
});

/** A request is logged when it is over, whoever ended it. */
const isExport = ({ req }: Record<string, unknown>): boolean =>
  typeof req === 'object' && req !== null && 'route' in req && req.route === '/graphcall/export.csv';
