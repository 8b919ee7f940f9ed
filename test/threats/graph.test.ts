import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readNextLink } from '../../src/graph/lists/next-link.ts';
import type { Page } from '../support/browser.ts';
import { beginAnew, fault, receivedSince, useWorld } from '../support/stage.ts';
import { type ForeignHost, openForeignHost } from './support/foreign-host.ts';
import { graphCalls, logLinesOf, NIA, showsInternals, signedIn } from './support/outcome.ts';
import { users, usersPageOf } from './support/users-page.ts';

const world = useWorld();
let foreign: ForeignHost;
beforeAll(async () => {
  foreign = await openForeignHost();
});
afterAll(() => foreign.close());

const usersPage = (...faults: object[]) => usersPageOf(world(), faults);

async function seen(page: Page) {
  const [line] = await logLinesOf(world(), page);
  return {
    status: page.status,
    reason: line?.reason,
    internals: showsInternals(page),
    calls: graphCalls(world()),
    abroad: foreign.requests,
  };
}

const refused = (status: number, reason: string, calls = 1) => ({
  status,
  reason,
  internals: false,
  calls,
  abroad: [],
});

const LINKS: readonly (readonly [string, (base: string) => unknown])[] = [
  ['another host', () => 'https://evil.example/v1.0/users?$skiptoken=x'],
  ['another host that listens', () => `${foreign.url}/v1.0/users?$skiptoken=x`],
  ['another scheme', (base) => `https${base.slice(4)}/v1.0/users?$skiptoken=x`],
  ['another port', (base) => `${base}1/v1.0/users?$skiptoken=x`],
  ['a longer host', (base) => `${base.replace(/:\d+$/, '.evil.example')}/v1.0/users?$skiptoken=x`],
  ['a host behind user info', (base) => `http://${base.slice(7)}@${foreign.host}/v1.0/users?$skiptoken=x`],
  ['user info before the host', (base) => `http://a:b@${base.slice(7)}/v1.0/users?$skiptoken=x`],
  ['no scheme', () => `//${foreign.host}/v1.0/users?$skiptoken=x`],
  ['a path alone', () => '/v1.0/users?$skiptoken=x'],
  ['another path', (base) => `${base}/v1.0/groups?$skiptoken=x`],
  ['another version', (base) => `${base}/beta/users?$skiptoken=x`],
  ['a path that climbs', (base) => `${base}/v1.0/users/../me?$skiptoken=x`],
  ['a longer path', (base) => `${base}/v1.0/users/x?$skiptoken=x`],
  ['a backslash', (base) => `${base}\\@${foreign.host}/v1.0/users?$skiptoken=x`],
  ['no token in it', (base) => `${base}/v1.0/users`],
  ['a token with a line break', (base) => `${base}/v1.0/users?$skiptoken=a%0d%0ab`],
  ['a token that does not decode', (base) => `${base}/v1.0/users?$skiptoken=%E0%A4%A`],
  ['50,000 characters', (base) => `${base}/v1.0/users?$skiptoken=${'x'.repeat(50_000)}`],
  ['a list', (base) => [`${base}/v1.0/users?$skiptoken=x`]],
  ['an object', (base) => ({ href: `${base}/v1.0/users?$skiptoken=x` })],
  ['a number', () => 7],
  ['nothing', () => ''],
  ['a script', () => 'javascript:alert(1)'],
];

describe('a link to the next page is followed nowhere but on the list itself', () => {
  test.each(LINKS)('J47 %s', async (_name, link) => {
    const page = await usersPage(users({ kind: 'next-link', url: link(world().emulator.baseUrl) }));
    expect(await seen(page)).toEqual({ ...refused(200, 'x'), reason: undefined });
    expect(page.text).toContain('may not be complete');
    expect(page.html).not.toMatch(/rel="next"|evil\.example|javascript:/);
  });

  test.each([
    'https://graph.microsoft.com.evil.example/v1.0/users?$skiptoken=x',
    'https://graph.microsoft.com@evil.example/v1.0/users?$skiptoken=x',
    'https://graph.microsoft.com:444/v1.0/users?$skiptoken=x',
    'https://graph.microsoft.community/v1.0/users?$skiptoken=x',
    'http://graph.microsoft.com/v1.0/users?$skiptoken=x',
    'https://graph.microsoft.com\\.evil.example/v1.0/users?$skiptoken=x',
    'https:graph.evil.example/v1.0/users?$skiptoken=x',
  ])('J47 %s is no link of the real Graph', (link) => {
    expect(readNextLink(link, 'https://graph.microsoft.com', '/v1.0/users')).toBeUndefined();
  });

  test.each([
    ['another parameter', 'a&$filter=x'],
    ['a fragment', 'a#b'],
    ['a climbing path', '../../me'],
    ['an encoded parameter', 'a%26$expand=manager'],
    ['an address', 'http://evil.example/v1.0/users?$skiptoken=x'],
  ])('J48 a page that the visitor asks for by %s is one value of one parameter', async (_name, cursor) => {
    const browser = await signedIn(world());
    await beginAnew(world());
    await browser.visit(`${world().url}/graphcall?cursor=${encodeURIComponent(cursor)}`);
    const [call] = receivedSince(world(), '/v1.0/');
    expect(call?.path).toBe('/v1.0/users');
    expect(call?.query).toMatchObject({ $skiptoken: cursor });
    expect(
      Object.keys(call?.query ?? {}).filter((name) => !/^\$(select|top|skiptoken|count|orderby)$/.test(name)),
    ).toEqual([]);
  });

  test.each(['%0d%0aX: y', '%00', '%20', '%E2%80%A8', 'a'.repeat(5_000)])(
    'J48 a page that cannot be is not asked of Graph: %#',
    async (cursor) => {
      const browser = await signedIn(world());
      await beginAnew(world());
      const page = await browser.visit(`${world().url}/graphcall?cursor=${cursor}`);
      expect({ status: page.status, calls: graphCalls(world()) }).toEqual({ status: 400, calls: 0 });
    },
  );
});

describe('a redirect of Graph is not followed', () => {
  test.each([301, 302, 303, 307, 308])('J49 %i to another host', async (status) => {
    const page = await usersPage(users({ kind: 'redirect', status, location: `${foreign.url}/v1.0/users` }));
    expect(await seen(page)).toEqual(refused(502, 'graph_answer_refused'));
  });

  test('J49 to the same host, and round in circles', async () => {
    const page = await usersPage(users({ kind: 'redirect', status: 302, location: '/v1.0/users' }, 'always'));
    expect(await seen(page)).toEqual(refused(502, 'graph_answer_refused'));
  });
});

const deep = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);

describe('an answer of Graph that is of no use becomes a page', () => {
  test.each([
    ['a list', '[]'],
    ['null', 'null'],
    ['a text', '"x"'],
    ['nothing', ''],
    ['a page', '<html></html>'],
    ['half an object', '{"value":['],
    ['no rows', '{}'],
    ['rows that are an object', '{"value":{"length":1}}'],
    ['rows that are a text', '{"value":"adele"}'],
    ['a list nested 100,000 deep', `{"value":${deep(100_000)},"x":${deep(100_000)}`],
    [
      '5,000 rows',
      JSON.stringify({ value: Array.from({ length: 5_000 }, (_row, id) => ({ id: String(id) })) }),
    ],
  ])('J50 %s', async (_name, body) => {
    const page = await usersPage(users({ kind: 'status', status: 200, body }));
    expect(await seen(page)).toEqual(refused(502, 'graph_answer_refused'));
  });

  test('J50 one person of 9 MiB', async () => {
    const rows = [{ id: 'a', displayName: 'x'.repeat(9 * 1024 * 1024) }];
    expect(await seen(await usersPage(users({ kind: 'rows', rows })))).toEqual(
      refused(502, 'graph_answer_refused'),
    );
  });

  test('J50 fifty thousand people in one page', async () => {
    const page = await usersPage(users({ kind: 'rows', copies: 1_000 }));
    expect(await seen(page)).toEqual(refused(502, 'graph_answer_refused'));
  });

  test('J50 rows that are no people are left out, and that is said', async () => {
    const rows = [
      null,
      7,
      'x',
      [],
      {},
      { id: 5 },
      { id: '' },
      { displayName: 'No Id' },
      { id: 'a', displayName: 'Real' },
    ];
    const page = await usersPage(users({ kind: 'rows', rows }));
    expect({
      status: page.status,
      real: page.text.includes('Real'),
      noId: page.text.includes('No Id'),
    }).toEqual({
      status: 200,
      real: true,
      noId: false,
    });
    expect(page.text).toContain('may not be complete');
  });

  test.each([
    [403, 403, 'graph_forbidden'],
    [404, 404, 'graph_not_found'],
    [418, 502, 'graph_refused_request'],
    [500, 502, 'graph_unavailable'],
    [502, 502, 'graph_unavailable'],
  ])('J50 the status %i, with a text of its own, is a page with %i', async (status, shown, reason) => {
    const body = { error: { code: '<script>alert(1)</script>', message: 'CANARY-GRAPH-TEXT <script>' } };
    const page = await usersPage(users({ kind: 'status', status, body }));
    expect(await seen(page)).toEqual(refused(shown, reason));
    expect(`${page.html}${JSON.stringify(world().log)}`).not.toMatch(/CANARY-GRAPH-TEXT|<script>alert/);
  });

  test('J50 a connection that breaks', async () => {
    const page = await usersPage(users({ kind: 'reset' }, 'always'));
    expect(page.status).toBe(502);
    expect((await seen(page)).reason).toBe('graph_unreachable');
  });
});

describe('throttling', () => {
  const busy = (status: number, retryAfter: string | undefined) => ({
    kind: 'status',
    status,
    ...(retryAfter === undefined ? {} : { headers: { 'Retry-After': retryAfter } }),
    body: { error: { code: 'TooManyRequests', message: 'x' } },
  });

  test.each([
    ['429 once, with a second', 429, '1'],
    ['503 once, without a time', 503, undefined],
    ['504 once, with a time in the past', 504, 'Thu, 01 Jan 1970 00:00:00 GMT'],
    ['429 once, with a negative time', 429, '-1'],
  ])('J53 %s: waited out', async (_name, status, retryAfter) => {
    const startedAtMs = performance.now();
    const page = await usersPage(users(busy(status, retryAfter)));
    expect({ status: page.status, calls: graphCalls(world()) }).toEqual({ status: 200, calls: 2 });
    expect(performance.now() - startedAtMs).toBeGreaterThan(450);
  });

  test.each([
    ['a day', '99999', '3600'],
    ['a date far away', 'Fri, 31 Dec 2199 23:59:59 GMT', '3600'],
    ['ten seconds', '10', '10'],
  ])(
    'J53 asked to wait %s: said at once, with a bounded Retry-After',
    async (_name, retryAfter, passedOn) => {
      const page = await usersPage(users(busy(429, retryAfter), 'always'));
      expect(await seen(page)).toEqual(refused(503, 'graph_throttled', 1));
      expect(page.headers['retry-after']).toBe(passedOn);
    },
  );

  test('J53 throttled for ever: two retries and no more', async () => {
    const page = await usersPage(users(busy(429, undefined), 'always'));
    expect(await seen(page)).toEqual(refused(503, 'graph_throttled', 3));
    expect(page.headers['retry-after']).toBe('5');
  });

  test('J53 one person’s throttling keeps nobody else waiting', async () => {
    const [one, other] = [await signedIn(world()), await signedIn(world(), NIA)];
    fault(world(), users(busy(429, '3600')));
    expect((await one.visit(`${world().url}/graphcall`)).status).toBe(503);
    expect((await other.visit(`${world().url}/graphcall`)).status).toBe(200);
    expect((await one.visit(`${world().url}/graphcall`)).status).toBe(200);
  });
});

test('a personal account’s directory is not asked for', async () => {
  const browser = await signedIn(world(), 'sam.rivera@mailbox.example');
  await beginAnew(world());
  expect((await browser.visit(`${world().url}/graphcall`)).status).toBe(200);
  expect(receivedSince(world(), '/v1.0/users')).toHaveLength(0);
  expect(receivedSince(world(), '/v1.0/me')).toHaveLength(1);
});
