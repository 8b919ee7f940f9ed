import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createBrowser } from '../support/browser.ts';
import { beginAnew, fault, newlyKept, receivedSince, useWorld } from '../support/stage.ts';
import { type ForeignHost, openForeignHost } from './support/foreign-host.ts';
import { ADELE, graphCalls, NIA, signedIn } from './support/outcome.ts';
import { sendRaw } from './support/raw.ts';

const world = useWorld();
let foreign: ForeignHost;
beforeAll(async () => {
  foreign = await openForeignHost();
});
afterAll(() => foreign.close());

const IDS = [
  '..',
  '.',
  '%2e%2e',
  '..%2fme',
  '..%2f..%2fme',
  'x%2f..%2f..%2fme',
  'me%2fmessages',
  'x%3f$expand=manager',
  'x%23',
  'x?$expand=manager',
  'x;y',
  '%00',
  '%0d%0aX:%20y',
  '%',
  '%E0%A4%A',
  'http:%2f%2fevil.example',
  '%2f%2fevil.example',
  '\\evil.example',
  "x')%20or%201%20eq%201",
  '$count',
  '$ref',
  '__proto__',
  'a'.repeat(2_000),
];

describe('an id in an address', () => {
  test.each(IDS)('J48 %s leads Graph to no other place', async (id) => {
    const browser = await signedIn(world());
    await beginAnew(world());
    const cookie = browser.cookieHeader(world().url);
    for (const path of [`/graphcall/users/${id}`, `/graphcall/users/${id}/photo`]) {
      const answer = await sendRaw(world().url, [
        `GET ${path} HTTP/1.1`,
        'Host: localhost',
        `Cookie: ${cookie}`,
      ]);
      expect(answer.status).toBeLessThan(500);
      expect(answer.body).not.toContain('evil.example/');
    }
    for (const call of receivedSince(world(), '/v1.0/')) {
      expect(call.path).toMatch(/^\/v1\.0\/users\/[^/]+(\/photos?\/[\w/$]+)?$/);
      expect(Object.keys(call.query).filter((name) => name !== '$select')).toEqual([]);
    }
  });
});

describe('a photo', () => {
  const PATH = '/graphcall/users/0a6f1c52-1d3b-4b57-9f5e-6f2c8f0b7a01/photo';
  test.each([
    ['a page', 'text/html', '<script>alert(1)</script>'],
    [
      'a drawing with a script',
      'image/svg+xml',
      '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    ],
    ['a page that calls itself a picture', 'image/jpeg', '<html><script>alert(1)</script></html>'],
    ['nothing', 'image/png', ''],
  ])('K56 that is %s is not passed on', async (_name, type, body) => {
    const browser = await signedIn(world());
    fault(world(), {
      at: 'photo',
      times: 'always',
      fault: { kind: 'status', status: 200, body, headers: { 'Content-Type': type } },
    });
    const page = await browser.visit(`${world().url}${PATH}`);
    expect(page.headers['content-type']).toMatch(/^image\//);
    expect(page.html).not.toMatch(/<script|<html/);
    expect(page.headers['content-security-policy']).toMatch(/default-src 'none'.*sandbox/);
    expect(page.headers['x-content-type-options']).toBe('nosniff');
  });

  test.each(['<script>', '"><x', '%3Csvg', 'a b', '&lt;'])(
    'K56 with the initials %s shows none of them',
    async (initials) => {
      const browser = await signedIn(world());
      fault(world(), { at: 'photo', times: 'always', fault: { kind: 'status', status: 404, body: {} } });
      const page = await browser.visit(`${world().url}${PATH}?initials=${encodeURIComponent(initials)}`);
      expect(page.headers['content-type']).toMatch(/^image\/svg/);
      expect(page.html).not.toContain('<script');
      expect(page.html).not.toContain('"><x');
    },
  );

  test('I44 is for people who are signed in', async () => {
    const page = await createBrowser().visit(`${world().url}${PATH}`, { redirects: 0 });
    expect([page.status, graphCalls(world())]).toEqual([401, 0]);
  });
});

describe('an export', () => {
  test('I44 is for people who are signed in', async () => {
    for (const format of ['csv', 'json']) {
      const page = await createBrowser().visit(`${world().url}/graphcall/export.${format}`, { redirects: 0 });
      expect([page.status, page.headers.location?.startsWith('/login'), graphCalls(world())]).toEqual([
        302,
        true,
        0,
      ]);
    }
  });

  test('J47 follows no link elsewhere, and says that it is not whole', async () => {
    for (const url of [
      `${foreign.url}/v1.0/users?$skiptoken=x`,
      'https://evil.example/v1.0/users?$skiptoken=x',
    ]) {
      const browser = await signedIn(world());
      await beginAnew(world());
      fault(world(), { at: 'users', fault: { kind: 'next-link', url } });
      const page = await browser.visit(`${world().url}/graphcall/export.json`);
      expect([page.status, foreign.requests, graphCalls(world())]).toEqual([200, [], 1]);
      expect(JSON.parse(page.html)).toMatchObject({ complete: false });
    }
  });

  test('J47 of a list that leads back to itself ends', async () => {
    const browser = await signedIn(world());
    fault(world(), { at: 'users', times: 'always', fault: { kind: 'next-link', to: 'self' } });
    const page = await browser.visit(`${world().url}/graphcall/export.csv`);
    expect(page.status).toBe(200);
    expect(graphCalls(world())).toBeLessThan(5);
  });

  test('K56 holds no formula that a spreadsheet would run', async () => {
    const browser = await signedIn(world());
    const rows = ['=1+1', '+1', '-1', '@SUM(1)', '\t=1', '\r=1', '=cmd|x'].map((displayName, id) => ({
      id: String(id),
      displayName,
    }));
    fault(world(), { at: 'users', fault: { kind: 'rows', rows } });
    const page = await browser.visit(`${world().url}/graphcall/export.csv`);
    expect(page.headers['content-disposition']).toMatch(/attachment/);
    for (const cell of page.html.split(/[,\n]/)) expect(cell.replace(/^"/, '')).not.toMatch(/^[=+@\t]|^-\d/);
  });

  test('I43 of one person is followed by nobody else', async () => {
    const [one, other] = [await signedIn(world()), await signedIn(world(), NIA)];
    await one.visit(`${world().url}/graphcall/export.csv?follow=abcdef`);
    const page = await other.visit(`${world().url}/graphcall/export/progress?follow=abcdef`, {
      redirects: 0,
    });
    expect(page.status).toBeGreaterThanOrEqual(400);
  });

  test('D29 ends with the session', async () => {
    const browser = await signedIn(world());
    await beginAnew(world());
    fault(world(), { at: 'users', times: 3, fault: { kind: 'next-link', to: 'endless' } });
    fault(world(), { at: 'users', fault: { kind: 'delay', ms: 300 } });
    const running = browser.copy().visit(`${world().url}/graphcall/export.json`);
    await browser.visit(`${world().url}/logout`, { redirects: 0 });
    const page = await running;
    expect([200, 401, 302]).toContain(page.status);
    expect(await newlyKept(world())).toBe(-1);
    expect((await browser.visit(`${world().url}/`)).text).not.toContain(ADELE);
  });
});
