import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Express } from 'express';
import { type AppError, type Failure, requiresSignIn } from '../../src/library/sign-in.ts';
import { createBrowser } from '../support/browser.ts';
import { type Host, openHost, signedIn, throughSignIn } from './host.ts';

let host: Host;
let shown: Failure[] = [];
let told: AppError[] = [];

beforeAll(async () => {
  host = await openHost({
    routes,
    options: {
      askToSignIn: (signInUrl, _request, response) => void response.status(401).send(`first: ${signInUrl}`),
      consentGiven: (_request, response) => void response.send('thanks'),
      renderFailure(failure, _request, response) {
        shown.push(failure);
        response.send(`our page of ${failure.code}`);
      },
      onFailure: (error) => void told.push(error),
      neverReturnTo: ['/switch'],
    },
  });
});
beforeEach(() => {
  [shown, told] = [[], []];
});
afterAll(() => host.close());

function routes(app: Express): void {
  app.get('/', (_request, response) => void response.send('home'));
  app.get('/page', requiresSignIn(), async ({ entra }, response) => {
    const { key, startedAt } = entra.session ?? {};
    const isOpen = await entra.session?.isOpen();
    response.json({ key, startedAt, isOpen, ...(await entra.granted()) });
  });
  app.get('/switch', (_request, response) => void response.send('switched'));
  app.get('/token', requiresSignIn(), async ({ entra }, response) => {
    const first = await entra.token();
    const [same, other] = [await entra.token(), await entra.token({ forceRefresh: true })];
    response.json({ same: same === first, other: other !== first });
  });
  app.get('/leave', async (request, response) => {
    const { username } = request.entra.account ?? {};
    response.once('close', () =>
      lastSenders.push([username, request.entra.account, request.entra.sender?.username]),
    );
    await request.entra.signOut();
  });
}
const lastSenders: unknown[] = [];

test('a host asks people to sign in in its own way', async () => {
  const page = await createBrowser().visit(`${host.url}/page`, { redirects: 0 });
  expect([page.status, page.text]).toEqual([401, 'first: /login?returnTo=%2Fpage']);
});

test('no sign-in leads back to an address that is no page', async () => {
  const page = await throughSignIn(createBrowser(), host, '/login?returnTo=/switch?to=x');
  expect(page.text).toBe('home');
});

test('an administrator who consented is thanked', async () => {
  const page = await createBrowser().visit(`${host.url}/getAToken?admin_consent=True&tenant=x`);
  expect(page.text).toBe('thanks');
});

test('a page knows its session and what was consented to', async () => {
  const browser = await signedIn(host);
  const [one, other] = [await browser.visit(`${host.url}/page`), await browser.visit(`${host.url}/page`)];
  const said = JSON.parse(one.text);
  expect(said).toEqual({
    key: expect.stringMatching(/^[\w-]{22}$/),
    startedAt: expect.stringMatching(/^\d{4}-/),
    isOpen: true,
    asked: ['User.ReadBasic.All'],
    granted: expect.arrayContaining(['User.ReadBasic.All']),
    missing: [],
    optional: [],
    expiresAt: expect.stringMatching(/^\d{4}-/),
  });
  expect(JSON.parse(other.text).key).toBe(said.key);
  expect(browser.cookieHeader(host.url)).not.toContain(said.key);
});

test('a client of the host’s own gets another token where the API refused the one at hand', async () => {
  const browser = await signedIn(host);
  expect(JSON.parse((await browser.visit(`${host.url}/token`)).text)).toEqual({ same: true, other: true });
});

test('a log knows who sent the request that signed them out', async () => {
  const browser = await signedIn(host);
  await browser.visit(`${host.url}/leave`, { redirects: 0 });
  const [[username, after, sender] = []] = lastSenders as unknown[][];
  expect([typeof username, after, sender]).toEqual(['string', undefined, username]);
});

test('what is missing from an administrator is shown with the way to consent, and told to the log with its detail', async () => {
  await signedIn(host); // who consents, and in another browser is not asked again
  const browser = createBrowser();
  const picker = await browser.visit(`${host.url}/login?returnTo=/page`);
  host.emulator.addFault({ at: 'token', fault: { kind: 'aadsts', code: 90094 } });
  const page = await browser.press(picker, 'work');
  host.emulator.clearFaults();
  expect(page.text).toContain('our page of admin_consent_required');
  expect(shown).toEqual([
    expect.objectContaining({
      adminConsentUrl: expect.stringContaining('/adminconsent?'),
      returnTo: '/page',
      signInUrl: '/login?returnTo=%2Fpage',
    }),
  ]);
  expect(told.map(({ code }) => code)).toEqual(['admin_consent_required']);
});
