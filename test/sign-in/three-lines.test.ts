import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Express } from 'express';
import { requiresGroup, requiresRole, requiresSignIn } from '../../src/sign-in/index.ts';
import { createBrowser } from '../support/browser.ts';
import { type Host, openHost, signedIn, throughSignIn } from './host.ts';

let host: Host;

function routes(app: Express): void {
  app.get('/', (request, response) => {
    response.type('text').send(`Hello ${request.entra.account?.displayName ?? 'visitor'}`);
  });
  app.get('/people', requiresSignIn(), async (request, response) => {
    response.json(await request.entra.api('graph').get('/v1.0/users?$select=displayName&$top=5'));
  });
  app.get('/me', (request, response) => {
    const { account, claims, roles, groups } = request.entra;
    response.json({ account, sub: typeof claims.sub, nonce: claims.nonce, roles, groups });
  });
  app.get('/token', async (request, response) => {
    response.json({ length: (await request.entra.token()).length > 100 });
  });
  app.get('/missing', requiresSignIn(), async (request, response) => {
    response.json(await request.entra.api('graph').get('/v1.0/users/nobody@contoso.example'));
  });
  app.post('/order', requiresSignIn(), (_request, response) => {
    response.send('ordered');
  });
  app.get('/admin', requiresRole('Directory.Admin', 'Auditor'), (_request, response) => {
    response.send('secrets');
  });
  app.get('/club', requiresGroup('11111111-2222-4333-8444-555555555555'), (_request, response) => {
    response.send('secrets');
  });
  app.get('/out', async (request) => request.entra.signOut());
}

beforeAll(async () => {
  host = await openHost({ routes, options: { optionalScopes: ['Mail.Read'] } });
});
beforeEach(() => host.emulator.reset());
afterAll(() => host.close());

const json = async (path: string, headers: Record<string, string> = {}, method = 'GET') => {
  const response = await fetch(`${host.url}${path}`, { headers, method, redirect: 'manual' });
  return { status: response.status, body: await response.json() };
};

describe('an app with three lines', () => {
  test('greets a visitor and keeps nothing of them', async () => {
    const page = await createBrowser().visit(`${host.url}/`);
    expect({ text: page.text, cookies: page.headers['set-cookie'] }).toEqual({
      text: 'Hello visitor',
      cookies: undefined,
    });
  });

  test('sends a visitor through the sign-in and back, and knows them from then on', async () => {
    const browser = createBrowser();
    const people = await throughSignIn(browser, host, '/people');
    expect({ url: people.url, status: people.status }).toEqual({ url: `${host.url}/people`, status: 200 });
    expect(JSON.parse(people.text).value).toHaveLength(5);
    expect((await browser.visit(`${host.url}/`)).text).toMatch(/^Hello (?!visitor)/);
  });

  test('tells what the verified ID token says, and nothing that belonged to the sign-in alone', async () => {
    const browser = await signedIn(host);
    const me = JSON.parse((await browser.visit(`${host.url}/me`)).text);
    expect(me).toEqual({
      account: {
        displayName: expect.any(String),
        username: expect.stringContaining('@'),
        tenantId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        objectId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        kind: 'work',
        homeAccountId: expect.any(String),
      },
      sub: 'string',
      roles: [],
      groups: [],
    });
  });

  test('tells a script where to sign in, and redirects it nowhere', async () => {
    const unauthorized = {
      status: 401,
      body: {
        error: 'sign_in_required',
        message: 'Sign in first.',
        signInUrl: '/login?returnTo=%2Fpeople',
      },
    };
    expect(await json('/people', { Accept: 'application/json' })).toEqual(unauthorized);
    expect(await json('/people', { 'Sec-Fetch-Mode': 'cors' })).toEqual(unauthorized);
    expect(await json('/people', { 'X-Requested-With': 'fetch', Accept: 'text/html' })).toEqual(unauthorized);
  });

  test('does not repeat what a visitor posted', async () => {
    const browser = createBrowser();
    const sent = await browser.visit(`${host.url}/order`, {
      method: 'POST',
      headers: { Accept: 'text/html', Referer: `${host.url}/people` },
      form: { item: '1' },
      redirects: 0,
    });
    expect({ status: sent.status, to: new URL(sent.headers.location ?? '').origin }).toEqual({
      status: 302,
      to: new URL(host.emulator.baseUrl).origin,
    });
    const picker = await browser.visit(sent.headers.location ?? '');
    const next = await browser.press(picker, 'work');
    const back = next.url.startsWith(host.url) ? next : await browser.press(next, 'accept');
    expect(back.url).toBe(`${host.url}/people`);
  });

  test('passes on what an API said, as an error with its own status, code and request id', async () => {
    const browser = await signedIn(host);
    const page = await browser.visit(`${host.url}/missing`);
    expect(page.status).toBe(404);
    expect(page.text).toContain('Request_ResourceNotFound');
  });

  test('sends a person through a sign-in that a call of Graph turned out to need', async () => {
    const browser = await signedIn(host);
    host.emulator.addFault({ at: 'users', fault: { kind: 'status', status: 401, body: {} }, times: 2 });
    const people = await browser.visit(`${host.url}/people`);
    const back = people.url.startsWith(host.url) ? people : await browser.press(people, 'work');
    expect({ url: back.url, status: back.status }).toEqual({ url: `${host.url}/people`, status: 200 });
  });

  test.each([
    ['/admin', 'role_missing', 'Directory.Admin'],
    ['/club', 'group_missing', '11111111-2222-4333-8444-555555555555'],
  ])('refuses at %s whoever lacks what it needs, once and with its name', async (path, code, needed) => {
    const browser = createBrowser();
    const page = await throughSignIn(browser, host, path);
    expect({ url: page.url, status: page.status }).toEqual({ url: `${host.url}${path}`, status: 403 });
    expect(page.text).toContain(needed);
    expect(page.text).not.toContain('secrets');
    const script = await browser.visit(`${host.url}${path}`, { headers: { Accept: 'application/json' } });
    expect(JSON.parse(script.text)).toMatchObject({ error: code, missing: expect.arrayContaining([needed]) });
  });

  test('signs out here and at the platform', async () => {
    for (const path of ['/logout', '/out']) {
      const browser = await signedIn(host);
      const out = await browser.visit(`${host.url}${path}`, { redirects: 0 });
      const url = new URL(out.headers.location ?? '');
      expect([out.status, url.origin, url.searchParams.get('post_logout_redirect_uri')]).toEqual([
        302,
        new URL(host.emulator.baseUrl).origin,
        `${host.url}/`,
      ]);
      expect((await browser.visit(`${host.url}/`)).text).toBe('Hello visitor');
    }
  });

  test('leads back from a further permission that was declined, to the page that asked for it', async () => {
    const browser = await signedIn(host);
    const consent = await browser.visit(`${host.url}/login?scope=Mail.Read&returnTo=/me%3Fa%3D%2522`);
    const { status, html } = await browser.press(consent, 'cancel');
    expect([status, html]).toEqual([403, expect.stringContaining('<a href="/me?a=%22">Go back</a>')]);
    expect((await browser.visit(`${host.url}/me`, { redirects: 0 })).status).toBe(200);
  });

  test('shows a failed sign-in as a plain page in the language of the visitor', async () => {
    const browser = createBrowser();
    const picker = await browser.visit(`${host.url}/login`);
    host.emulator.addFault({ at: 'token', times: 'always', fault: { kind: 'aadsts', code: 50076 } });
    const next = await browser.press(picker, 'work');
    const failed = next.url.startsWith(host.url) ? next : await browser.press(next, 'accept');
    const asked = host.emulator.ledger().filter(({ path }) => path.endsWith('/token'));
    expect({ status: failed.status, asked: asked.length }).toEqual({ status: 401, asked: 1 });
    expect(failed.text).toContain('AADSTS50076');
    expect(failed.headers['content-security-policy']).toContain("default-src 'none'");
    expect(failed.html).toContain('lang="en"');
  });
});
