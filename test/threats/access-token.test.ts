import { describe, expect, test } from '@jest/globals';
import { createBrowser } from '../support/browser.ts';
import { beginAnew, fault, receivedSince, useWorld } from '../support/stage.ts';
import type { World } from '../support/world.ts';
import { ADELE, graphCalls, NIA, outcomeOf, signedIn, TO_SIGN_IN, tokenRequests } from './support/outcome.ts';
import { users, usersPageOf } from './support/users-page.ts';

const world = useWorld();

const usersPage = (...faults: object[]) => usersPageOf(world(), faults);

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
      expect.stringMatching(TO_SIGN_IN),
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
      expect([page.status, page.headers.location]).toEqual([302, expect.stringMatching(TO_SIGN_IN)]);
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
    expect([page.status, page.headers.location]).toEqual([302, expect.stringMatching(TO_SIGN_IN)]);
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
    // the first one is under way until all of them have come
    fault(world(), { at: 'token', fault: { kind: 'delay', ms: 500 } });
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
    expect.stringMatching(TO_SIGN_IN),
    0,
  ]);
});

function claimsSent(where: World): unknown[] {
  return receivedSince(where, '/oauth2/v2.0/token').map(({ body }) => body.claims);
}
