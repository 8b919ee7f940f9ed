import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readConfig } from '../../src/config/index.ts';
import { appUnderTest } from '../runs/runs.ts';
import { createBrowser } from '../support/browser.ts';
import { newlyKept, useWorld } from '../support/stage.ts';
import { openWorld, type World } from '../support/world.ts';

const LIMIT = 4;
const world = useWorld();
let limited: World;
beforeAll(async () => {
  limited = await openWorld({ config: { rateLimitPerMinute: LIMIT } });
});
afterAll(() => limited.close());

type Headers = Record<string, string>;

/** What browsers say of requests that nobody made by opening a page. */
const NOT_OPENED: readonly (readonly [string, Headers])[] = [
  [
    'an image on another site',
    { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'no-cors', 'Sec-Fetch-Dest': 'image' },
  ],
  [
    'a script of another site',
    { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'cors', 'Sec-Fetch-Dest': 'empty' },
  ],
  [
    'a frame on another site',
    { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'iframe' },
  ],
  [
    'an object on a sister site',
    { 'Sec-Fetch-Site': 'same-site', 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'object' },
  ],
  ['an image on a page of this app', { 'Sec-Fetch-Site': 'same-origin', 'Sec-Fetch-Mode': 'no-cors' }],
  ['a socket', { 'Sec-Fetch-Mode': 'websocket' }],
  ['a mode that no browser sends', { 'Sec-Fetch-Mode': 'navigate, no-cors' }],
  [
    'a page that is loaded in advance',
    { 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'document', 'Sec-Purpose': 'prefetch' },
  ],
  ['a page that is drawn in advance', { 'Sec-Fetch-Mode': 'navigate', 'Sec-Purpose': 'prefetch;prerender' }],
  ['a page that is loaded in advance, as older browsers say it', { Purpose: 'prefetch' }],
  ['a page that is loaded in advance, as older Firefox says it', { 'X-Moz': 'prefetch' }],
];

/** Addresses where being asked has a consequence. */
const CONSEQUENCES = [
  '/login',
  '/login?returnTo=/graphcall',
  '/getAToken?code=x&state=y',
  ...(appUnderTest() === 'the demo' ? ['/language?to=de', '/appearance?to=dark'] : []),
];

describe('a request that nobody made by opening a page', () => {
  test.each(NOT_OPENED)(
    'E35 %s begins no sign-in, is not counted and leaves nothing',
    async (_name, headers) => {
      for (const path of CONSEQUENCES) {
        const page = await createBrowser().visit(`${world().url}${path}`, { headers, redirects: 0 });
        expect([page.status, page.headers['set-cookie'], page.headers.location]).toEqual([
          403,
          undefined,
          undefined,
        ]);
        expect(page.text).toContain('has to be opened as a page');
      }
      for (let count = 0; count < 3 * LIMIT; count += 1)
        await createBrowser().visit(`${limited.url}${CONSEQUENCES[count % 3]}`, { headers, redirects: 0 });
      expect(await newlyKept(world())).toBe(0);
    },
  );

  test('E35 sixty of them lock nobody out', async () => {
    const { status } = await createBrowser().visit(`${limited.url}/login`, { redirects: 0 });
    expect(status).toBe(302);
  });

  test.each([
    [
      'a link on another site',
      {
        'Sec-Fetch-Site': 'cross-site',
        'Sec-Fetch-Mode': 'navigate',
        'Sec-Fetch-Dest': 'document',
        'Sec-Fetch-User': '?1',
      },
    ],
    [
      'the address bar',
      { 'Sec-Fetch-Site': 'none', 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'document' },
    ],
    ['an old browser, or none', {}],
  ])('E35 %s is one as ever', async (_name, headers) => {
    const page = await createBrowser().visit(`${world().url}/login`, {
      headers: headers as Headers,
      redirects: 0,
    });
    expect([page.status, page.headers['set-cookie']?.length]).toEqual([302, 1]);
  });

  test.each(['cross-site', 'same-site'])('E35 a %s frame tells of a sign-out', async (site) => {
    const headers = { 'Sec-Fetch-Site': site, 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'iframe' };
    const told = await createBrowser().visit(`${world().url}/logout/frontchannel?sid=a-session`, { headers });
    expect(told.status).toBe(200);
  });
});
describe('what a link on another site may say to the platform', () => {
  const wishes = async (query: string, headers: Headers, where = world()) => {
    const page = await createBrowser().visit(`${where.url}/login?${query}`, { headers, redirects: 0 });
    const asked = new URL(page.headers.location ?? '').searchParams;
    return ['prompt', 'domain_hint', 'login_hint'].map((name) => asked.get(name));
  };
  const WISHES = 'domain_hint=evil.example&prompt=consent&login_hint=ada%40contoso.example';
  const fromElsewhere = { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'navigate' };

  test.each([
    [WISHES, [null, null, 'ada@contoso.example']],
    ['domain_hint=consumers&prompt=login', [null, null, null]],
    ['domain_hint=organizations&prompt=create', [null, null, null]],
    ['domain_hint=login.microsoftonline.com&prompt=select_account', ['select_account', null, null]],
  ])('E35 neither where to sign in nor how, but that an account is to be chosen: %s', async (query, said) => {
    expect(await wishes(query, fromElsewhere)).toEqual(said);
  });

  test.each([
    ['a page of this app', { 'Sec-Fetch-Site': 'same-origin', 'Sec-Fetch-Mode': 'navigate' }],
    ['the address bar', { 'Sec-Fetch-Site': 'none', 'Sec-Fetch-Mode': 'navigate' }],
    ['another host of the same site', { 'Sec-Fetch-Site': 'same-site', 'Sec-Fetch-Mode': 'navigate' }],
    ['an old browser', {}],
  ])('E35 %s may say both', async (_name, headers) => {
    expect(await wishes(WISHES, headers as Headers)).toEqual([
      'consent',
      'evil.example',
      'ada@contoso.example',
    ]);
  });

  test('E35 a domain that is allowed may be hinted at from anywhere, and no other', async () => {
    const { allowedDomainHints } = readConfig({ ALLOWED_DOMAIN_HINTS: 'Contoso.com, fabrikam.example' });
    const allowing = await openWorld({ config: { allowedDomainHints } });
    const hints = [
      'contoso.com',
      'FABRIKAM.example',
      'sub.contoso.com',
      'contoso.com.evil.example',
      'evil.example',
      'organizations',
    ];
    const said = await Promise.all(
      hints.map(async (hint) => (await wishes(`domain_hint=${hint}`, fromElsewhere, allowing))[1]),
    );
    await allowing.close();
    expect(said).toEqual(['contoso.com', 'FABRIKAM.example', null, null, null, null]);
  });
});
