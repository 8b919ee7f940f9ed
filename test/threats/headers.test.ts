import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createBrowser, type Page } from '../support/browser.ts';
import { useWorld } from '../support/stage.ts';
import { openWorld, type World } from '../support/world.ts';
import { signedIn } from './support/outcome.ts';
import { sendRaw } from './support/raw.ts';

const world = useWorld();

describe('headers', () => {
  test('D32 what a page may post to is this app, and only where it posts also where signing out leads', async () => {
    const [visitor, browser] = [createBrowser(), await signedIn(world())];
    const pages = await Promise.all([visitor, browser].map((one) => one.visit(`${world().url}/`)));
    expect(
      pages.map(({ headers }) => /form-action [^;]*/.exec(String(headers['content-security-policy']))?.[0]),
    ).toEqual(["form-action 'self'", "form-action 'self' https: http:"]);
  });

  test('D32 an address that holds a code or a state is told of nowhere, by no page', async () => {
    const browser = await signedIn(world());
    const page = await browser.visit(`${world().url}/getAToken?code=x&state=y`);
    expect([page.status, page.html.includes('method="post"'), page.headers['referrer-policy']]).toEqual([
      400,
      true,
      'no-referrer',
    ]);
  });

  const PATHS = [
    '/',
    '/login',
    '/getAToken',
    '/getAToken?error=x',
    '/logout',
    '/graphcall',
    '/nowhere',
    '/language?to=xx',
    '/healthz',
    '/readyz',
    '/style.css',
    '/%',
    '/graphcall?top=0',
  ];
  test.each(PATHS)('D32 %s', async (path) => {
    for (const browser of [createBrowser(), await signedIn(world())]) {
      const page = await browser.visit(`${world().url}${path}`, { redirects: 0 });
      // A page with a form that posts lets its origin be known to this app, and its address to nobody else.
      const posts = page.html.includes('method="post"');
      expect(safe(page)).toEqual({ ...SAFE, referrer: posts ? 'same-origin' : 'no-referrer' });
      expect(page.headers['cache-control']).toBe(path === '/style.css' ? 'public, max-age=3600' : 'no-store');
    }
  });

  test.each(['POST /', 'POST /graphcall', 'PUT /login', 'DELETE /logout', 'TRACE /'])(
    'D32 %s',
    async (line) => {
      const answer = await sendRaw(world().url, [`${line} HTTP/1.1`, 'Host: localhost', 'Content-Length: 0']);
      expect(answer.status).toBe(405);
      expect(answer.header('content-security-policy')).toMatch(/frame-ancestors 'none'/);
      expect(answer.header('x-content-type-options')).toBe('nosniff');
      expect(answer.header('x-powered-by')).toBeUndefined();
    },
  );
});

describe('headers behind https', () => {
  let secure: World;
  beforeAll(async () => {
    secure = await openWorld({ config: { baseUrl: 'https://localhost' } });
  });
  afterAll(() => secure.close());

  test('D32 browsers are told to keep to https', async () => {
    for (const path of ['/', '/nowhere', '/login', '/style.css', '/healthz']) {
      const page = await createBrowser().visit(`${secure.url}${path}`, { redirects: 0 });
      expect(page.headers['strict-transport-security']).toBe('max-age=31536000');
    }
  });

  test('D25 the cookie of a preference has the host prefix, Secure, HttpOnly, Lax and no domain', async () => {
    const { headers } = await createBrowser().visit(`${secure.url}/language?to=nl`, { redirects: 0 });
    const [line = ''] = headers['set-cookie'] ?? [];
    expect(line).toMatch(/^__Host-[^;]+; .*Path=\//);
    for (const attribute of [/; HttpOnly/i, /; Secure/i, /; SameSite=Lax/i]) expect(line).toMatch(attribute);
    expect(line).not.toMatch(/; Domain/i);
  });
});

const SAFE = {
  csp: [true, true, true, true, true],
  nosniff: 'nosniff',
  referrer: 'no-referrer',
  powered: undefined,
  frames: 'DENY',
};

function safe({ headers }: Page): typeof SAFE {
  const csp = String(headers['content-security-policy']);
  const holds = [
    /default-src 'none'|default-src 'self'/,
    /object-src 'none'/,
    /base-uri 'none'/,
    /frame-ancestors 'none'/,
  ];
  return {
    csp: [...holds.map((directive) => directive.test(csp)), !/unsafe-inline|unsafe-eval|\*/.test(csp)],
    nosniff: String(headers['x-content-type-options']),
    referrer: String(headers['referrer-policy']),
    powered: headers['x-powered-by'] as undefined,
    frames: String(headers['x-frame-options']),
  };
}
