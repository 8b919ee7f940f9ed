import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import express from 'express';
import { pino } from 'pino';
import { messagesOf } from '../../src/http/messages.ts';
import { tellingOf } from '../../src/main/turned-away.ts';
import { refusals } from '../../src/web/failure/refusal.ts';
import { createBrowser } from '../support/browser.ts';

let server: Server;
let url: string;
beforeAll(async () => {
  ({ server, url } = await openRefusing([]));
});
afterAll(() => void server.close());

/** A server that turns everybody away, and writes to this log. */
async function openRefusing(lines: string[]) {
  const logger = pino({}, { write: (line: string) => void lines.push(line) });
  const telling = tellingOf(refusals('https://app.example'), logger);
  const opened = createServer(messagesOf(express()), telling.refuse);
  await once(opened.listen(0, '127.0.0.1'), 'listening');
  return { server: opened, url: `http://127.0.0.1:${(opened.address() as AddressInfo).port}`, telling };
}

const visit = (headers: Record<string, string>, method?: 'POST') =>
  createBrowser().visit(url, { headers, ...(method === undefined ? {} : { method }) });

test.each([
  ['en', 'Too many requests at once', {}],
  ['nl', 'Te veel verzoeken tegelijk', { 'Accept-Language': 'nl-BE,en;q=0.1' }],
  ['de', 'Zu viele Anfragen gleichzeitig', { 'Accept-Language': 'nl', Cookie: '__Host-language=de' }],
])('%s: a short page says it, and tries again by itself', async (language, heading, headers) => {
  const page = await visit({ Accept: 'text/html', ...headers });
  const retryAfter = Number(page.headers['retry-after']);
  expect([page.status, page.text.startsWith(heading), page.html.includes(`lang="${language}"`)]).toEqual([
    503,
    true,
    true,
  ]);
  expect([retryAfter >= 2, retryAfter <= 5, page.headers.refresh]).toEqual([true, true, `${retryAfter}`]);
  expect(page.headers).toMatchObject({
    'cache-control': 'no-store',
    'content-security-policy': expect.stringContaining("frame-ancestors 'none'"),
    'x-content-type-options': 'nosniff',
    'strict-transport-security': expect.any(String),
  });
  expect(page.headers).not.toHaveProperty('set-cookie');
});

test('a form is not posted again by itself', async () => {
  const { status, headers } = await visit({ Accept: 'text/html' }, 'POST');
  expect([status, headers.refresh, headers['retry-after'] === undefined]).toEqual([503, undefined, false]);
});

test('a script reads JSON', async () => {
  const { status, headers, html } = await visit({ Accept: 'application/json' });
  expect([status, JSON.parse(html)]).toEqual([
    503,
    {
      error: 'overloaded',
      status: 503,
      message: 'The app has too much to do.',
      retryAfterSeconds: Number(headers['retry-after']),
    },
  ]);
});

test('the log has one line for all of them, and their number at the end', async () => {
  const lines: string[] = [];
  const own = await openRefusing(lines);
  for (let visits = 0; visits < 5; visits += 1) await createBrowser().visit(own.url);
  expect(lines).toEqual([expect.stringContaining('some are turned away with 503')]);
  own.telling.tellRest();
  own.telling.tellRest();
  own.server.close();
  expect(lines.slice(1)).toEqual([expect.stringContaining('"turnedAway":5,')]);
});
