import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { createBrowser } from '../support/browser.ts';
import { openWorld, signedInBrowser, type World } from '../support/world.ts';

let world: World;

beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

/** A route of each kind: pages, redirects, refusals, files, health. */
const ROUTES = [
  ['GET', '/', 200],
  ['GET', '/login', 302],
  ['GET', '/graphcall', 302],
  ['GET', '/getAToken', 400],
  ['POST', '/getAToken', 405],
  ['GET', '/logout', 302],
  ['DELETE', '/graphcall', 405],
  ['GET', '/nowhere', 404],
  ['GET', '/style.css', 200],
  ['GET', '/healthz', 200],
  ['GET', '/readyz', 200],
  ['GET', '/%c0%af', 404],
] as const;

test.each([
  ['POST', '/graphcall', 'GET, HEAD'],
  ['PUT', '/logout', 'GET, POST'],
  ['GET', '/logout/here', 'POST'],
  ['GET', '/logout/everywhere', 'POST'],
  ['POST', '/getAToken', 'GET'],
  ['HEAD', '/getAToken?code=x&state=y', 'GET'],
] as const)('%s %s is refused with what is allowed: %s', async (method, path, allow) => {
  const answer = await request(world.url)
    [method.toLowerCase() as 'get' | 'post' | 'put' | 'head'](path)
    .ok(() => true);
  expect([answer.status, answer.headers.allow]).toEqual([405, allow]);
});

describe('headers of every answer', () => {
  test.each(ROUTES)('%s %s answers %d with the security headers', async (method, path, status) => {
    const answer = await request(world.url)
      [method.toLowerCase() as 'get' | 'post' | 'delete'](path)
      .redirects(0)
      .ok(() => true);
    expect({ status: answer.status, ...answer.headers }).toMatchObject({
      status,
      'content-security-policy': expect.stringMatching(
        /default-src 'none'.*base-uri 'none'.*frame-ancestors 'none'/,
      ),
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'x-correlation-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    expect(answer.headers['content-security-policy']).not.toContain('unsafe');
    expect(answer.headers['x-powered-by']).toBeUndefined();
  });

  test('whatever shows a person or belongs to a sign-in is not cached, and the style is', async () => {
    const browser = await signedInBrowser(world);
    const pages = await Promise.all(
      ['/', '/graphcall', '/login', '/getAToken'].map((path) =>
        browser.visit(`${world.url}${path}`, { redirects: 0 }),
      ),
    );
    expect(pages.map((page) => page.headers['cache-control'])).toEqual([
      'no-store',
      'no-store',
      'no-store',
      'no-store',
    ]);
    const style = await browser.visit(`${world.url}/style.css`);
    expect(style.headers['cache-control']).toBe('public, max-age=3600');
  });

  test('cookies of an http address are HttpOnly, Lax and not named after the framework', async () => {
    const answer = await request(world.url)
      .get('/login')
      .redirects(0)
      .ok(() => true);
    expect(answer.get('Set-Cookie')).toEqual([
      expect.stringMatching(/^signin-[\w-]+=[\w-]+; Max-Age=600; Path=\/; HttpOnly; SameSite=Lax$/),
    ]);
  });

  test('cookies of an https address are __Host- and Secure whatever the connection looks like', async () => {
    const secure = await openWorld({ config: { baseUrl: 'https://app.example' } });
    const login = await request(secure.url)
      .get('/login')
      .redirects(0)
      .ok(() => true);
    expect(login.get('Set-Cookie')).toEqual([
      expect.stringMatching(
        /^__Host-signin-[\w-]+=[\w-]+; Max-Age=600; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
      ),
    ]);
    expect(login.headers['strict-transport-security']).toMatch(/max-age=31536000/);
    expect(new URL(login.headers.location ?? '').searchParams.get('redirect_uri')).toBe(
      'https://app.example/getAToken',
    );
    await secure.close();
  });

  test('a Host header and forwarding headers change no address', async () => {
    const answer = await request(world.url)
      .get('/login')
      .set({
        Host: 'evil.example',
        'X-Forwarded-Host': 'evil.example',
        'X-Forwarded-Proto': 'https',
        Forwarded: 'host=evil.example',
      })
      .redirects(0)
      .ok(() => true);
    expect(answer.headers.location).not.toContain('evil.example');
    expect(new URL(answer.headers.location ?? '').searchParams.get('redirect_uri')).toBe(
      `${world.url}/getAToken`,
    );
  });
});

describe('styles and scripts', () => {
  test('have an address that changes with what they hold, and are kept for good under it', async () => {
    const { html } = await createBrowser().visit(`${world.url}/`);
    const addresses = [...html.matchAll(/(?:href|src)="(\/[\w-]+\.(?:css|js|svg)\?v=[\w-]{10})"/g)].map(
      ([, address = '']) => address,
    );
    const kept = await Promise.all(
      [...new Set(addresses)].map(async (address) => {
        const { status, headers } = await createBrowser().visit(`${world.url}${address}`);
        return [status, headers['cache-control']];
      }),
    );
    expect(kept).toEqual(
      ['favicon.svg', 'style.css', 'copy.js'].map(() => [200, 'public, max-age=31536000, immutable']),
    );
  });

  test('of another content are not kept for good', async () => {
    const { headers } = await createBrowser().visit(`${world.url}/style.css?v=0123456789`);
    expect(headers['cache-control']).toBe('public, max-age=3600');
  });
});
