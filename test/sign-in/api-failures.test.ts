import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Express } from 'express';
import { requiresSignIn } from '../../src/sign-in/index.ts';
import type { Browser } from '../support/browser.ts';
import { type Host, openHost, signedIn } from './host.ts';

let orders: Server;
let host: Host;
let browser: Browser;

beforeAll(async () => {
  orders = createServer((request, response) => {
    response.writeHead(Number(request.url?.slice('/v1/'.length)), { 'Content-Type': 'application/json' });
    response.end('{"error":{"code":"OrdersAreClosed","message":"CANARY-TEXT"}}');
  });
  await new Promise<void>((resolve) => orders.listen(0, '127.0.0.1', resolve));
  const baseUrl = `http://localhost:${(orders.address() as AddressInfo).port}/v1`;
  host = await openHost({
    routes,
    options: { apis: { orders: { baseUrl, scopes: ['api://orders/Orders.Read'] } } },
  });
  browser = await signedIn(host);
  await browser.press(await browser.visit(`${host.url}/orders/200`), 'accept');
});
afterAll(async () => {
  orders.close();
  await host.close();
});

function routes(app: Express): void {
  app.get('/graph', requiresSignIn(), async (request, response) => {
    response.json(await request.entra.api('graph').get('/v1.0/me/drive/root'));
  });
  app.get('/sent/:what', requiresSignIn(), async (request, response) => {
    const body = BODIES[request.params.what as keyof typeof BODIES];
    const sent = await request.entra
      .api('orders')
      .patch('/200', body)
      .catch((error: Error) => error.message);
    response.send(typeof sent === 'string' ? sent : 'sent');
  });
  app.get('/orders/:status', requiresSignIn(), async (request, response) => {
    response.json(await request.entra.api('orders').get(`/${request.params.status}`));
  });
}

const BODIES = {
  stream: Readable.from(['x']),
  bytes: Buffer.from('x'),
  form: new URLSearchParams({ a: 'b' }),
  map: new Map([['a', 'b']]),
  callback: () => 'x',
  nothing: undefined,
  list: [1],
  text: 'x',
  object: { at: new Date(0) },
};

test.each(Object.keys(BODIES))('what JSON cannot hold is not sent as something else: %s', async (what) => {
  const isJson = ['nothing', 'list', 'text', 'object'].includes(what);
  const { text } = await browser.visit(`${host.url}/sent/${what}`);
  expect(text).toBe(isJson ? 'sent' : 'The body of a call has to be what JSON can hold.');
});

const JSON_ONLY = { headers: { Accept: 'application/json' } };

test('what Microsoft Graph does not have here is said so, with what to do, to people and to scripts', async () => {
  const page = await browser.visit(`${host.url}/graph`);
  expect(page.status).toBe(502);
  expect(page.text).toMatch(/does not have this here.*docs\/emulator\.md/s);
  const json = JSON.parse((await browser.visit(`${host.url}/graph`, JSON_ONLY)).html);
  expect(json).toMatchObject({
    error: 'graph_not_offered',
    message: expect.stringContaining('does not offer this'),
    upstreamCode: 'NotImplemented',
    remedy: { who: 'developer' },
  });
});

test.each([
  [500, 502],
  [403, 403],
  [404, 404],
  [501, 502],
])('an API of one’s own that answers %i is not called Microsoft Graph', async (status, shown) => {
  const page = await browser.visit(`${host.url}/orders/${status}`);
  const json = JSON.parse((await browser.visit(`${host.url}/orders/${status}`, JSON_ONLY)).html);
  expect([page.status, page.text.includes('OrdersAreClosed')]).toEqual([shown, true]);
  expect(json).toMatchObject({
    error: 'api_failed',
    message: 'The API "orders" did not do what it was asked for.',
    upstreamCode: 'OrdersAreClosed',
  });
  expect(json.adminConsentUrl).toBeUndefined();
  expect(`${page.html}${JSON.stringify(json)}`).not.toMatch(/Graph|CANARY/);
});

test('an API of one’s own that refuses every token sends a person through one sign-in for it, and is named then', async () => {
  const visitor = await signedIn(host);
  const first = await visitor.visit(`${host.url}/orders/401`, { redirects: 0 });
  const { searchParams } = new URL(first.headers.location ?? '');
  expect(searchParams.get('scope')).toContain('api://orders/Orders.Read');
  const end = await visitor.visit(first.headers.location ?? '');
  expect([end.status, new URL(end.url).pathname, end.text.includes('api_failed')]).toEqual([
    502,
    '/orders/401',
    true,
  ]);
  expect(end.text).not.toContain('Graph');
});
