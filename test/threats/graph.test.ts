import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readNextLink } from '../../src/graph/lists/next-link.ts';
import { createBrowser, type Page } from '../support/browser.ts';
import { beginAnew, fault, receivedSince, useWorld } from '../support/stage.ts';
import type { World } from '../support/world.ts';
import { type ForeignHost, openForeignHost } from './support/foreign-host.ts';
import {
  ADELE,
  graphCalls,
  logLinesOf,
  NIA,
  outcomeOf,
  showsInternals,
  signedIn,
  tokenRequests,
} from './support/outcome.ts';

const world = useWorld();
let foreign: ForeignHost;
beforeAll(async () => {
  foreign = await openForeignHost();
});
afterAll(() => foreign.close());

const users = (given: object, times: number | 'always' = 1) => ({ at: 'users', times, fault: given });

/** A page of people, asked for by somebody who has just signed in; what happened before does not count. */
async function usersPage(...faults: object[]): Promise<Page> {
  const browser = await signedIn(world());
  await beginAnew(world());
  for (const one of faults) fault(world(), one);
  return browser.visit(`${world().url}/graphcall`, { redirects: 0 });
}

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
  });

  test('J53 one person’s throttling keeps nobody else waiting', async () => {
    const [one, other] = [await signedIn(world()), await signedIn(world(), NIA)];
    fault(world(), users(busy(429, '3600')));
    expect((await one.visit(`${world().url}/graphcall`)).status).toBe(503);
    expect((await other.visit(`${world().url}/graphcall`)).status).toBe(200);
    expect((await one.visit(`${world().url}/graphcall`)).status).toBe(200);
  });
});

describe('an access token that Graph refuses', () => {
  const challenge = (settings = {}) => ({ kind: 'claims-challenge', ...settings });
  const unauthorized = {
    kind: 'status',
    status: 401,
    body: { error: { code: 'InvalidAuthenticationToken' } },
  };

  test('J54 with a claims challenge: one silent renewal that carries the claims', async () => {
    const page = await usersPage(users(challenge()));
    expect({ status: page.status, calls: graphCalls(world()), claims: claimsSent(world()) }).toEqual({
      status: 200,
      calls: 2,
      claims: [expect.stringContaining('"nbf"')],
    });
  });

  test('J54 without one: one forced renewal', async () => {
    const page = await usersPage(users(unauthorized));
    expect([page.status, graphCalls(world()), tokenRequests(world())]).toEqual([200, 2, 1]);
  });

  test.each([
    ['junk', 'not base64 !!'],
    ['base64 of junk', Buffer.from('junk').toString('base64')],
    ['a list', Buffer.from('[1]').toString('base64')],
    [
      '100,000 characters',
      Buffer.from(JSON.stringify({ access_token: { x: 'y'.repeat(75_000) } }))
        .toString('base64')
        .slice(0, 12_000),
    ],
    ['an object of texts', Buffer.from('{"client_id":"evil"}').toString('base64')],
  ])('J54 claims that are %s are ignored', async (_name, raw) => {
    const page = await usersPage(users(challenge({ raw })));
    expect([page.status, graphCalls(world()), tokenRequests(world())]).toEqual([200, 2, 1]);
    expect(claimsSent(world()).join()).not.toMatch(/junk|evil|yyyy/);
  });

  test('J54 for ever: two calls, then a sign-in that carries the claims, then a page and no loop', async () => {
    const browser = await signedIn(world());
    await beginAnew(world());
    fault(world(), users(challenge(), 'always'));
    const page = await browser.visit(`${world().url}/graphcall`, { redirects: 0 });
    expect([page.status, page.headers.location, graphCalls(world())]).toEqual([
      302,
      '/login?returnTo=%2Fgraphcall',
      2,
    ]);
    const login = await browser.visit(`${world().url}/login?returnTo=%2Fgraphcall`, { redirects: 0 });
    expect(new URL(login.headers.location ?? '').searchParams.get('claims')).toContain('"nbf"');
    const end = await browser.visit(login.headers.location ?? '');
    expect([end.status, graphCalls(world())]).toEqual([502, 4]);
    expect(end.text).toContain('did not accept your sign-in');
  });

  describe('after which the token endpoint wants to see the person', () => {
    /** Somebody whom Graph sends for a new token, and the token endpoint to a sign-in with claims. */
    async function sentAway(claims: string) {
      const browser = await signedIn(world());
      fault(world(), users(unauthorized));
      fault(world(), { at: 'token', fault: { kind: 'aadsts', code: 50076, claims } });
      const page = await browser.visit(`${world().url}/graphcall`, { redirects: 0 });
      expect([page.status, page.headers.location]).toEqual([302, '/login?returnTo=%2Fgraphcall']);
      return browser;
    }

    const longest = `/graphcall?search=${'x'.repeat(1_000)}`;
    const claimsOf = (x: string) => JSON.stringify({ access_token: { x: { essential: true, value: x } } });

    test.each([
      ['of a policy', claimsOf('a policy')],
      ['of a thousand characters', claimsOf('x'.repeat(1_000 - claimsOf('').length))],
    ])('J54 claims %s go into the sign-in, which a browser can carry', async (_name, claims) => {
      const browser = await sentAway(claims);
      const path = `/login?returnTo=${encodeURIComponent(longest)}`;
      const login = await browser.visit(`${world().url}${path}`, { redirects: 0 });
      const asked = new URL(login.headers.location ?? '').searchParams.get('claims') ?? '';
      expect(JSON.parse(asked)).toMatchObject(JSON.parse(claims));
      const sizes = browser
        .cookieHeader(world().url)
        .split('; ')
        .map(({ length }) => length);
      expect(Math.max(...sizes)).toBeLessThanOrEqual(4_096);
      const back = await browser.visit(login.headers.location ?? '', { redirects: 0 });
      expect((await browser.visit(back.headers.location ?? '', { redirects: 0 })).headers.location).toBe(
        longest,
      );
    });

    test.each([
      ['no JSON', 'junk'],
      ['a text', '"junk"'],
      ['a list', '[{"junk":{}}]'],
      ['nothing', '{}'],
      ['an object of texts', '{"access_token":"junk"}'],
      ['an object of null', '{"access_token":null,"junk":{}}'],
      ['cut short', claimsOf('junk').slice(0, -1)],
      ['of five kilobytes', claimsOf(`junk${'x'.repeat(5_000)}`)],
      ['of a thousand characters and one', claimsOf(`junk${'x'.repeat(997 - claimsOf('').length)}`)],
      ['of few characters and many bytes', claimsOf(`junk${'€'.repeat(600)}`)],
      ['of quotes alone', claimsOf(`junk${'"'.repeat(400)}`)],
    ])('J54 claims that are %s are left out of the sign-in, which works', async (_name, claims) => {
      const browser = await sentAway(claims);
      const login = await browser.visit(`${world().url}/login?returnTo=%2Fgraphcall`, { redirects: 0 });
      expect([login.status, login.headers.location]).toEqual([302, expect.not.stringContaining('junk')]);
      const end = await browser.visit(login.headers.location ?? '');
      expect([end.status, new URL(end.url).pathname]).toEqual([200, '/graphcall']);
    });
  });

  test('J54 a person who has to be seen again is, once', async () => {
    const browser = await signedIn(world());
    await beginAnew(world());
    fault(world(), users(unauthorized, 'always'));
    fault(world(), {
      at: 'token',
      when: { grant_type: 'refresh_token' },
      fault: { kind: 'aadsts', code: 50173 },
    });
    const page = await browser.visit(`${world().url}/graphcall`, { redirects: 0 });
    expect([page.status, page.headers.location]).toEqual([302, '/login?returnTo=%2Fgraphcall']);
    expect([graphCalls(world()), tokenRequests(world())]).toEqual([1, 1]);
  });
});

describe('a renewed token', () => {
  /** Somebody whose access token has to be renewed before the next call. */
  async function withTokenDue(username = ADELE) {
    fault(world(), { at: 'token', fault: { kind: 'answer', set: { expires_in: 60 } } });
    const browser = await signedIn(world(), username);
    await beginAnew(world());
    return browser;
  }

  test('J55 twenty calls at once that need one ask for one, and the newest refresh token is kept', async () => {
    const browser = await withTokenDue();
    fault(world(), { at: 'token', times: 'always', fault: { kind: 'single-use-refresh' } });
    const pages = await Promise.all(
      Array.from({ length: 20 }, () => browser.copy().visit(`${world().url}/graphcall`, { redirects: 0 })),
    );
    expect([new Set(pages.map(({ status }) => status)), tokenRequests(world())]).toEqual([new Set([200]), 1]);
    fault(world(), users({ kind: 'status', status: 401, body: {} }));
    expect((await browser.visit(`${world().url}/graphcall`, { redirects: 0 })).status).toBe(200);
    expect(tokenRequests(world())).toBe(2);
  });

  test('C16 of somebody else ends the session, and Graph is not asked with it', async () => {
    const browser = await withTokenDue();
    fault(world(), { at: 'token', fault: { kind: 'other-account', username: NIA } });
    const page = await browser.visit(`${world().url}/graphcall`, { redirects: 0 });
    expect(await outcomeOf(world(), browser, page)).toMatchObject({
      status: 401,
      says: 'account_changed',
      signedInAs: undefined,
      graphCalls: 0,
      kept: -1,
      logged: ['account_changed'],
    });
  });

  const WRONG: readonly (readonly [string, object])[] = [
    ['issuer', { claims: { iss: 'https://evil.example/a1c0b5e2-7d34-4f6a-9b8e-0c2d4e6f8a10/v2.0' } }],
    ['audience', { claims: { aud: 'other' } }],
    ['authorized party', { claims: { azp: 'other' } }],
    ['subject', { claims: { sub: 'somebody-else' } }],
    ['object id', { claims: { oid: '1b7e2d63-2e4c-4c68-8a6f-7a3d9a1c8b02' } }],
    ['tenant', { claims: { tid: 'b2d1c6f3-8e45-4a7b-8c9f-1d3e5f7a9b21' } }],
    ['signature', { signature: 'flipped' }],
    ['algorithm', { signature: 'none' }],
    ['time', { claims: { exp: 1_000_000_000 } }],
    ['nonce', { claims: { nonce: 'unasked' } }],
  ];
  test.each(WRONG)('C16 whose ID token has another %s is not used', async (_name, settings) => {
    const browser = await withTokenDue();
    fault(world(), { at: 'token', fault: { kind: 'id-token', ...settings } });
    const page = await browser.visit(`${world().url}/graphcall`, { redirects: 0 });
    expect([400, 401]).toContain(page.status);
    expect([graphCalls(world()), tokenRequests(world())]).toEqual([0, 1]);
    expect(page.text).not.toContain('Nia Okafor');
  });

  test('C16 without an ID token is not used, because nobody knows whose it is', async () => {
    const browser = await withTokenDue();
    fault(world(), { at: 'token', fault: { kind: 'answer', remove: ['id_token', 'client_info'] } });
    const page = await browser.visit(`${world().url}/graphcall`, { redirects: 0 });
    expect([page.status, graphCalls(world())]).toEqual([401, 0]);
  });

  test('C20 of an answer that is of no use is a page, and the session goes on', async () => {
    const browser = await withTokenDue();
    fault(world(), { at: 'token', fault: { kind: 'status', status: 500, body: {} } });
    const page = await browser.visit(`${world().url}/graphcall`, { redirects: 0 });
    expect(await outcomeOf(world(), browser, page)).toMatchObject({
      status: 502,
      signedInAs: ADELE,
      graphCalls: 0,
    });
    expect((await browser.visit(`${world().url}/graphcall`)).status).toBe(200);
  });
});

test('I44 a fresh visitor sees nobody’s account, and Graph is not asked', async () => {
  await signedIn(world());
  await signedIn(world(), NIA);
  await beginAnew(world());
  const stranger = createBrowser();
  const home = await stranger.visit(`${world().url}/`);
  const people = await stranger.visit(`${world().url}/graphcall`, { redirects: 0 });
  expect(home.text).not.toMatch(/adele|nia\.okafor/i);
  expect([people.status, people.headers.location, graphCalls(world())]).toEqual([
    302,
    '/login?returnTo=%2Fgraphcall',
    0,
  ]);
});

test('a personal account’s directory is not asked for', async () => {
  const browser = await signedIn(world(), 'sam.rivera@mailbox.example');
  await beginAnew(world());
  expect((await browser.visit(`${world().url}/graphcall`)).status).toBe(200);
  expect(receivedSince(world(), '/v1.0/users')).toHaveLength(0);
  expect(receivedSince(world(), '/v1.0/me')).toHaveLength(1);
});

function claimsSent(where: World): unknown[] {
  return receivedSince(where, '/oauth2/v2.0/token').map(({ body }) => body.claims);
}
