import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { appUnderTest } from '../runs/runs.ts';
import { createBrowser } from '../support/browser.ts';
import { inParallel, newlyKept, useWorld } from '../support/stage.ts';
import { openWorld, type World } from '../support/world.ts';
import { callbackOf, knownBrowser, signedIn } from './support/outcome.ts';
import { sendRaw } from './support/raw.ts';
import { tabs } from './support/rounds.ts';

const world = useWorld();
const FORWARDED = [
  'X-Forwarded-Host: evil.example',
  'X-Forwarded-Proto: https',
  'X-Forwarded-Port: 444',
  'X-Forwarded-For: 203.0.113.9',
  'X-Forwarded-Uri: //evil.example',
  'X-Forwarded-Prefix: //evil.example',
  'Forwarded: for=203.0.113.9;host=evil.example;proto=https',
  'X-Original-URL: //evil.example/',
  'X-Rewrite-URL: /graphcall',
  'X-HTTP-Method-Override: DELETE',
];

describe('a request that lies about where it came in', () => {
  test.each([
    ['Host', ['GET /login HTTP/1.1', 'Host: evil.example']],
    ['Host with a port', ['GET /login HTTP/1.1', 'Host: evil.example:80']],
    ['two Hosts', ['GET /login HTTP/1.1', 'Host: localhost', 'Host: evil.example']],
    ['an empty Host', ['GET /login HTTP/1.1', 'Host: ']],
    ['a Host of junk', ['GET /login HTTP/1.1', 'Host: evil.example/\\@x']],
    ['an absolute target', ['GET http://evil.example/login HTTP/1.1', 'Host: localhost']],
    ['HTTP/1.0 without a Host', ['GET /login HTTP/1.0']],
    ['forwarding headers', ['GET /login HTTP/1.1', 'Host: localhost', ...FORWARDED]],
  ])('L59 %s: the redirect URI and every cookie are as configured', async (_name, lines) => {
    const answer = await sendRaw(world().url, lines);
    if (answer.status === 400) return;
    const location = new URL(answer.header('location') ?? '');
    expect([answer.status, location.origin, location.searchParams.get('redirect_uri')]).toEqual([
      302,
      world().emulator.baseUrl,
      `${world().url}/getAToken`,
    ]);
    expect(answer.header('set-cookie')).not.toMatch(/Secure|Domain|evil/);
  });

  test('L59 the way out of the platform leads back to the configured address', async () => {
    const browser = await signedIn(world());
    const answer = await sendRaw(world().url, [
      'GET /logout HTTP/1.1',
      'Host: evil.example',
      ...FORWARDED,
      `Cookie: ${browser.cookieHeader(world().url)}`,
    ]);
    expect(new URL(answer.header('location') ?? '').searchParams.get('post_logout_redirect_uri')).toBe(
      `${world().url}/`,
    );
  });

  test('L59 no page names the host that was asked for', async () => {
    for (const path of ['/', '/nowhere', '/graphcall?top=0', '/getAToken']) {
      const answer = await sendRaw(world().url, [`GET ${path} HTTP/1.1`, 'Host: evil.example', ...FORWARDED]);
      expect(`${answer.head}${answer.body}`).not.toContain('evil.example');
    }
  });

  test('L59 a request that smuggles another is refused or answered once', async () => {
    const answers = await Promise.all([
      sendRaw(
        world().url,
        ['POST /logout HTTP/1.1', 'Host: localhost', 'Content-Length: 5', 'Transfer-Encoding: chunked'],
        '0\r\n\r\nGET / HTTP/1.1\r\n\r\n',
      ),
      sendRaw(
        world().url,
        ['GET / HTTP/1.1', 'Host: localhost', 'Content-Length: 3', 'Content-Length: 4'],
        'abcd',
      ),
      sendRaw(world().url, ['GET / HTTP/1.1', 'Host: localhost', 'X: a\x00b']),
      sendRaw(world().url, ['GET / HTTP/1.1', 'Host: localhost', `Cookie: ${'a'.repeat(20_000)}`]),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([400, 400, 400, 431]);
    expect((await createBrowser().visit(`${world().url}/`)).status).toBe(200);
  });
});

describe('the limit of sign-ins', () => {
  let limited: World;
  let behindProxy: World;
  beforeAll(async () => {
    limited = await openWorld({ config: { rateLimitPerMinute: 20 } });
    behindProxy = await openWorld({ config: { rateLimitPerMinute: 20, trustProxy: 1 } });
  });
  afterAll(() => Promise.all([limited.close(), behindProxy.close()]));

  const statuses = (
    where: World,
    path: string,
    count: number,
    headers: (index: number) => Record<string, string>,
  ) =>
    inParallel(Array.from({ length: count }), 10, async (_item, index) => {
      const page = await createBrowser().visit(`${where.url}${path}`, {
        headers: headers(index),
        redirects: 0,
      });
      return page.status;
    });

  test('M64 a flood of sign-ins and bad callbacks is stopped, whatever address it claims', async () => {
    const forged = (index: number) => ({
      'X-Forwarded-For': `203.0.113.${index % 250}`,
      Forwarded: `for=203.0.113.${index % 250}`,
    });
    const answers = [
      ...(await statuses(limited, '/login', 60, forged)),
      ...(await statuses(limited, '/getAToken?code=x&state=y', 60, forged)),
    ];
    expect(answers.filter((status) => status === 429).length).toBe(100);
    const page = await createBrowser().visit(`${limited.url}/login`);
    expect([page.status, Number(page.headers['retry-after'])]).toEqual([429, expect.any(Number)]);
    expect(Number(page.headers['retry-after'])).toBeGreaterThanOrEqual(1);
    expect(Number(page.headers['retry-after'])).toBeLessThanOrEqual(60);
    expect(page.text).toContain('Too many attempts');
    expect((await limited.received('/token')).length).toBe(0);
  });

  test('M64 who is signed in, and who only looks, is not stopped', async () => {
    expect(new Set(await statuses(limited, '/', 100, () => ({})))).toEqual(new Set([200]));
    const other = appUnderTest() === 'the demo' ? '/healthz' : '/nowhere';
    expect((await createBrowser().visit(`${limited.url}${other}`)).status).not.toBe(429);
  });

  test('M64 nor is the platform that tells of sign-outs, of many people behind one address', async () => {
    const crowded = await openWorld({ config: { rateLimitPerMinute: 2 } });
    const frames = await statuses(crowded, '/logout/frontchannel?sid=a-session', 20, () => ({}));
    const login = await createBrowser().visit(`${crowded.url}/login`, { redirects: 0 });
    await crowded.close();
    expect([new Set(frames), login.status]).toEqual([new Set([200]), 302]);
  });

  test('M64 behind one trusted proxy each visitor is counted apart, by what the proxy says and not the visitor', async () => {
    const each = (index: number) => ({ 'X-Forwarded-For': `198.51.100.${index}` });
    expect(new Set(await statuses(behindProxy, '/login', 100, each))).toEqual(new Set([302]));
    const oneForging = (index: number) => ({ 'X-Forwarded-For': `198.51.100.${index}, 192.0.2.7` });
    const answers = await statuses(behindProxy, '/login', 60, oneForging);
    expect(answers.filter((status) => status === 429).length).toBe(40);
  });
});

describe('floods', () => {
  test('M61 four hundred page views and a hundred sign-ins that nobody finishes store nothing', async () => {
    await inParallel(Array.from({ length: 400 }), 20, () => createBrowser().visit(`${world().url}/`));
    const left = await inParallel(Array.from({ length: 100 }), 20, () =>
      createBrowser().visit(`${world().url}/login`, { redirects: 0 }),
    );
    await inParallel(Array.from({ length: 100 }), 20, (_item, index) =>
      createBrowser().visit(`${world().url}/getAToken?code=x&state=${String(index).padStart(22, 'A')}`),
    );
    const sizes = left.map(({ headers }) => headers['set-cookie']?.join().length ?? 0);
    expect([await newlyKept(world()), Math.max(...sizes) < 1_024]).toEqual([0, true]);
    expect(left.every(({ headers }) => /Max-Age=600/.test(headers['set-cookie']?.join() ?? ''))).toBe(true);
    const startedAtMs = performance.now();
    await signedIn(world());
    expect(performance.now() - startedAtMs).toBeLessThan(5_000);
  });

  test('G41 a hundred sign-ins of one browser leave a short cookie header, and the newest works', async () => {
    const browser = await knownBrowser(world());
    for (let tab = 0; tab < 100; tab += 1)
      await browser.visit(`${world().url}/login?returnTo=/graphcall`, { redirects: 0 });
    const pending = browser
      .cookieHeader(world().url)
      .split('; ')
      .filter((pair) => pair.startsWith('signin-'));
    expect(pending.length).toBeLessThanOrEqual(12);
    expect(pending.join('; ').length).toBeLessThan(4_096);
    const page = await browser.visit(await callbackOf(browser, world(), '/login?returnTo=/graphcall'), {
      redirects: 0,
    });
    expect([page.status, page.headers.location]).toEqual([302, '/graphcall']);
  });

  test('G40 ten tabs at once finish in any order, five rounds, each on its own page', () => tabs(world(), 5));

  test.each([
    [
      'a cookie header full of junk',
      { Cookie: ';;;=;a;signin-=x; signin-zz-; session=; session=%; session=%E0%A4%A; __proto__=1' },
    ],
    [
      'five hundred cookies',
      { Cookie: Array.from({ length: 500 }, (_item, index) => `c${index}=1`).join('; ') },
    ],
    [
      'a hundred cookies that look like sign-ins',
      {
        Cookie: Array.from(
          { length: 100 },
          (_item, index) => `signin-zzzzzz-${String(index).padStart(22, 'x')}=AQID`,
        ).join('; '),
      },
    ],
    ['languages without end', { 'Accept-Language': 'a-b,'.repeat(3_000) }],
    ['a body where none belongs', { 'Content-Type': 'application/json' }],
  ])('M63 %s is answered', async (_name, headers) => {
    for (const path of ['/', '/login', '/graphcall', `/getAToken?state=${'A'.repeat(22)}`]) {
      const page = await createBrowser().visit(`${world().url}${path}`, {
        headers: headers as Record<string, string>,
        redirects: 0,
      });
      expect(page.status).toBeLessThan(500);
    }
  });
});
