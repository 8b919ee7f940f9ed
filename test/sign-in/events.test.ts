import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Express } from 'express';
import { requiresRole, requiresSignIn, type SignInEvent } from '../../src/sign-in/index.ts';
import { createBrowser } from '../support/browser.ts';
import { type Host, openHost, signedIn, throughSignIn } from './host.ts';

let host: Host;
let events: SignInEvent[] = [];
let logged: string[] = [];
let isBroken = false;

const logger = {
  info: () => undefined,
  warn: () => undefined,
  error: (facts: object, message: string) => void logged.push(`${message} ${JSON.stringify(facts)}`),
};

beforeAll(async () => {
  host = await openHost({
    routes,
    options: {
      logger,
      onEvent(event) {
        if (isBroken) throw new Error('the listener is broken');
        events.push(event);
      },
    },
  });
});
beforeEach(() => {
  [events, logged, isBroken] = [[], [], false];
});
afterAll(() => host.close());

function routes(app: Express): void {
  app.get('/', (request, response) => void response.send(request.entra.account === undefined ? 'out' : 'in'));
  app.get(
    '/fresh',
    requiresSignIn({ freshRoles: true }),
    (_request, response) => void response.send('fresh'),
  );
  app.get('/admin', requiresRole('Admin'), (_request, response) => void response.send('secrets'));
  app.get('/sid', (request, response) => void response.send(request.entra.claims.sid));
  app.get('/out', (request) => request.entra.signOut());
}

const person = {
  correlationId: expect.stringMatching(/^[0-9a-f-]{36}$/),
  objectId: expect.stringMatching(/^[0-9a-f-]{36}$/),
  tenantId: expect.stringMatching(/^[0-9a-f-]{36}$/),
};

test.each([
  ['/logout', 'GET'],
  ['/logout', 'POST'],
  ['/logout/here', 'POST'],
  ['/logout/everywhere', 'POST'],
  ['/out', 'GET'],
] as const)('a sign-out by %s (%s) is told once, with whose it is', async (path, method) => {
  const browser = await signedIn(host);
  const signOut = () => browser.visit(`${host.url}${path}`, { method, redirects: 0 });
  await signOut();
  await signOut(); // somebody who is a visitor by now
  expect(events).toEqual([
    { type: 'signed_in', ...person },
    { type: 'signed_out', by: 'person', ...person },
  ]);
});

test('a sign-out of the platform is told where it ended a session', async () => {
  const browser = await signedIn(host);
  const { text: sid } = await browser.visit(`${host.url}/sid`);
  const frame = () =>
    createBrowser().visit(`${host.url}/logout/frontchannel?${new URLSearchParams({ sid })}`);
  await frame();
  await frame();
  expect(events.slice(1)).toEqual([
    { type: 'signed_out', by: 'platform', correlationId: person.correlationId },
  ]);
});

test('tokens that come without a sign-in are told, and those at hand are not', async () => {
  const browser = await signedIn(host);
  await browser.visit(`${host.url}/fresh`);
  await browser.visit(`${host.url}/`);
  expect(events.slice(1)).toEqual([{ type: 'renewed', ...person }]);
});

test('a refusal is told with its code', async () => {
  await throughSignIn(createBrowser(), host, '/admin');
  expect(events.slice(1)).toEqual([
    { type: 'refused', at: 'page', correlationId: person.correlationId, code: 'role_missing' },
  ]);
});

test('a listener that fails keeps nobody from signing in or out, and is logged', async () => {
  isBroken = true;
  const browser = await signedIn(host);
  expect((await browser.visit(`${host.url}/`)).text).toBe('in');
  await browser.visit(`${host.url}/logout/here`, { method: 'POST' });
  expect((await browser.visit(`${host.url}/`)).text).toBe('out');
  expect(logged).toEqual([
    expect.stringMatching(/^onEvent failed .*signed_in.*the listener is broken/),
    expect.stringMatching(/^onEvent failed .*signed_out/),
  ]);
});
