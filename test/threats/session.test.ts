import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { bindSecrets } from '../../src/sessions/bound-secrets.ts';
import { createSealer } from '../../src/sessions/sealing.ts';
import { createMemoryRecords } from '../../src/sessions/store/memory-records.ts';
import type { SessionRecords } from '../../src/sessions/store/records.ts';
import { storeUnavailable } from '../../src/sessions/store/store-unavailable.ts';
import { type Browser, createBrowser } from '../support/browser.ts';
import { JWT } from '../support/jwt.ts';
import { beginAnew, fault, newlyKept, receivedSince, useWorld } from '../support/stage.ts';
import { openWorld, type World } from '../support/world.ts';
import {
  ADELE,
  attemptSignIn,
  callbackOf,
  graphCalls,
  knownBrowser,
  leaksOf,
  NIA,
  signedIn,
  TO_SIGN_IN,
} from './support/outcome.ts';
import { signOutRaces } from './support/rounds.ts';

const SESSION_SECRET = 'test-session-secret-0123456789-abcdefghijk';
const NEWER_SECRET = 'newer-session-secret-0123456789-abcdefghij';

/** An engine that can be told to fail, and that remembers every text it was given. */
function watchedRecords() {
  const inner = createMemoryRecords();
  const written: string[] = [];
  const groups: string[] = [];
  const failing = new Set<string>();
  const guard = <Result>(name: string, go: () => Promise<Result>): Promise<Result> =>
    failing.has(name) ? Promise.reject(storeUnavailable('told to')) : go();
  const records: SessionRecords = {
    ...inner,
    create: (id, record) => {
      written.push(id, record.session, record.tokens, ...record.groups);
      groups.push(...record.groups);
      return guard('create', () => inner.create(id, record));
    },
    replace: (id, part, expected, next, expiresAtMs) => {
      written.push(next);
      return guard('replace', () => inner.replace(id, part, expected, next, expiresAtMs));
    },
    read: (id, part) => guard('read', () => inner.read(id, part)),
    remove: (id) => guard('remove', () => inner.remove(id)),
    useOnce: (name, expiresAtMs) => {
      written.push(name);
      return guard('claim', () => inner.useOnce(name, expiresAtMs));
    },
  };
  return { records, written, groups, failing };
}

const store = watchedRecords();
const world = useWorld({ records: store.records });

const shows = async (browser: Browser, where = world()) => (await browser.visit(`${where.url}/`)).text;
/** Of the session of a browser, in the store. */
const storedIdOf = (browser: Browser): string => {
  const [sid = ''] = decodeURIComponent(sessionCookie(browser)[2] ?? '')
    .slice(2)
    .split('.');
  return createHash('sha256').update(sid).digest('base64url');
};
const sessionCookie = (browser: Browser, where = world()) =>
  /(?:^|; )((?:__Host-)?session)=([^;]*)/.exec(browser.cookieHeader(where.url)) ?? [];

describe('the session cookie', () => {
  test('D26 is another one after each sign-in, and the one before is worth nothing', async () => {
    const browser = await signedIn(world());
    const before = browser.copy();
    const [, , first] = sessionCookie(browser);
    await browser.visit(await callbackOf(browser, world()), { redirects: 0 });
    const [, , second] = sessionCookie(browser);
    expect(second).not.toBe(first);
    expect(await shows(before)).not.toContain(ADELE);
    expect(await shows(browser)).toContain(ADELE);
    expect(await newlyKept(world())).toBe(1);
  });

  test.each([
    ['without a signature', 'attackerchosen'],
    ['with the prefix of a signature', 's:attackerchosen'],
    ['with a wrong signature', 's:attackerchosen.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'],
    ['with an empty signature', 's:attackerchosen.'],
    ['as JSON', 'j:{"a":1}'],
    ['of ten thousand characters', 'x'.repeat(10_000)],
    ['that is a prototype', '__proto__'],
  ])('D26 an id that somebody chose, %s, is never adopted', async (_name, value) => {
    const browser = await knownBrowser(world());
    browser.setCookie(world().url, 'session', encodeURIComponent(value));
    expect((await browser.visit(`${world().url}/`)).headers['set-cookie']).toBeUndefined();
    await browser.visit(await callbackOf(browser, world()), { redirects: 0 });
    expect(await shows(browser)).toContain(ADELE);
    const [, , now = ''] = sessionCookie(browser);
    expect(decodeURIComponent(now)).toMatch(/^s:[\w-]{32}\.[\w+/]{43}$/);
    expect(now).not.toContain(value.slice(0, 14));
  });

  test.each([
    ['one character of the id changed', (value: string) => change(value, 6)],
    ['one character of the signature changed', (value: string) => change(value, value.length - 6)],
    ['the signature left out', (value: string) => value.split('.')[0] ?? ''],
    ['the id twice', (value: string) => `${value}.${value}`],
  ])('D26 a cookie with %s signs nobody in', async (_name, tamper) => {
    const browser = await signedIn(world());
    const [, name = '', value = ''] = sessionCookie(browser);
    browser.setCookie(world().url, name, tamper(value));
    expect(await shows(browser)).not.toContain(ADELE);
    expect((await browser.visit(`${world().url}/graphcall`, { redirects: 0 })).status).toBe(302);
    expect(graphCalls(world())).toBe(0);
  });

  test('D25 over http on this machine is HttpOnly, Lax and for the whole site', async () => {
    const browser = await knownBrowser(world());
    const page = await browser.visit(await callbackOf(browser, world()), { redirects: 0 });
    const line = page.headers['set-cookie']?.find((one) => one.startsWith('session='));
    expect(line).toMatch(/; Path=\/; HttpOnly; SameSite=Lax$/i);
  });
});

describe('behind https', () => {
  let secure: World;
  beforeAll(async () => {
    secure = await openWorld({ config: { baseUrl: 'https://localhost' } });
  });
  afterAll(() => secure.close());

  const here = (address: string) => address.replace('https://localhost', secure.url);

  test('D25 every cookie has the host prefix, Secure, HttpOnly, Lax, no domain and less than 4 KiB', async () => {
    const browser = createBrowser();
    const left = await browser.visit(`${secure.url}/login?returnTo=/graphcall`, { redirects: 0 });
    const picker = await browser.visit(left.headers.location ?? '');
    const callback = await browser.pressUntilSentAway(picker, [ADELE], ['accept']);
    const back = await browser.visit(here(callback), { redirects: 0 });
    const out = await browser.visit(`${secure.url}/logout`, { redirects: 0 });
    const lines = [left, back, out].flatMap(({ headers }) => headers['set-cookie'] ?? []);
    expect(lines.length).toBeGreaterThanOrEqual(4);
    for (const line of lines) {
      expect(line).toMatch(/^[^;]+; .*Path=\//);
      expect(line).toMatch(/; HttpOnly/i);
      expect(line).toMatch(/; Secure/i);
      expect(line).toMatch(/; SameSite=Lax/i);
      expect(line).not.toMatch(/; Domain/i);
      expect(line).not.toMatch(/connect\.sid/);
      expect(line.length).toBeLessThan(4_096);
    }
    expect(lines.filter((line) => !line.startsWith('__Host-'))).toEqual([]);
  });
});

describe('how long a session lasts', () => {
  test('D28 an hour without use ends it', async () => {
    const idle = await openWorld();
    const browser = await signedIn(idle);
    idle.wait(59 * 60_000);
    expect(await shows(browser, idle)).toContain(ADELE);
    await new Promise((resolve) => setImmediate(resolve));
    idle.wait(61 * 60_000);
    expect(await shows(browser, idle)).not.toContain(ADELE);
    await idle.close();
  });

  test('D28 twelve hours end it however much it is used', async () => {
    const busy = await openWorld();
    const browser = await signedIn(busy);
    for (let halfHours = 1; halfHours < 24; halfHours += 1) {
      busy.wait(30 * 60_000);
      expect(await shows(browser, busy)).toContain(ADELE);
      await new Promise((resolve) => setImmediate(resolve));
    }
    busy.wait(30 * 60_000);
    expect(await shows(browser, busy)).not.toContain(ADELE);
    await busy.close();
  });
});

describe('signing out', () => {
  test('D29 ends the session in the store, also for a copy of the cookie', async () => {
    const browser = await signedIn(world());
    const copy = browser.copy();
    const people = await browser.visit(`${world().url}/graphcall`);
    const out = await browser.visit(`${world().url}/logout`, { redirects: 0 });
    expect([people.headers['cache-control'], out.status, await newlyKept(world())]).toEqual([
      'no-store',
      302,
      0,
    ]);
    expect(await shows(copy)).not.toContain(ADELE);
    expect((await copy.visit(`${world().url}/graphcall`, { redirects: 0 })).headers.location).toMatch(
      TO_SIGN_IN,
    );
    expect(browser.cookieHeader(world().url)).not.toMatch(/(^|; )session=/);
  });

  test('D29 has the browser drop what it kept of people, and nothing else of this app', async () => {
    const outs = await Promise.all(
      (
        [
          ['GET', '/logout'],
          ['POST', '/logout'],
          ['POST', '/logout/here'],
          ['POST', '/logout/everywhere'],
          ['GET', '/logout/frontchannel?sid=a-session'],
        ] as const
      ).map(async ([method, path]) => {
        const browser = await signedIn(world());
        return browser.visit(`${world().url}${path}`, { method, redirects: 0 });
      }),
    );
    expect(outs.map(({ headers }) => headers['clear-site-data'])).toEqual(Array(5).fill('"cache"'));
    const refused = await (await signedIn(world())).visit(`${world().url}/logout`, {
      headers: { 'Sec-Fetch-Site': 'cross-site' },
    });
    expect([refused.status, refused.headers['clear-site-data']]).toEqual([403, undefined]);
  });

  test('D29 is not said to be done when the store cannot end the session', async () => {
    const browser = await signedIn(world());
    store.failing.add('remove');
    const page = await browser.visit(`${world().url}/logout`, { redirects: 0 });
    store.failing.clear();
    expect([page.status, page.headers.location, page.headers['retry-after']]).toEqual([503, undefined, '2']);
    expect(await shows(browser)).toContain(ADELE);
  });

  test.each([['read'], ['claim'], ['create']])(
    'D29 while the store cannot %s, nobody is half signed in',
    async (method) => {
      const browser = await knownBrowser(world());
      if (method === 'read')
        browser.setCookie(world().url, 'session', sessionCookie(await signedIn(world()))[2] ?? '');
      const callback = await callbackOf(browser, world());
      await beginAnew(world());
      store.failing.add(method);
      const page = await browser.visit(callback, { redirects: 0 });
      store.failing.clear();
      expect([page.status, page.headers['retry-after'], await newlyKept(world())]).toEqual([503, '2', 0]);
      expect(page.headers['set-cookie']?.join() ?? '').not.toMatch(/(^|,)session=s/);
    },
  );

  test('F39 leads to the platform and back here, whatever the address says', async () => {
    for (const method of ['GET', 'POST'] as const) {
      const browser = await signedIn(world());
      const query =
        'post_logout_redirect_uri=https://evil.example&returnTo=//evil.example&logout_hint=evil&state=evil';
      const page = await browser.visit(`${world().url}/logout?${query}`, { method, redirects: 0 });
      const target = new URL(page.headers.location ?? '');
      expect([
        target.origin,
        target.searchParams.get('post_logout_redirect_uri'),
        /evil/.test(target.href),
      ]).toEqual([world().emulator.baseUrl, `${world().url}/`, false]);
    }
  });

  test('D30 thirty races of a sign-out against a call with a renewal due: no session comes back', () =>
    signOutRaces(world(), 30));
});

describe('a sign-out that somebody else caused', () => {
  const FOREIGN: readonly (readonly [string, 'GET' | 'POST' | 'HEAD', Record<string, string>])[] = [
    [
      'an image on another site',
      'GET',
      { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Dest': 'image', 'Sec-Fetch-Mode': 'no-cors' },
    ],
    [
      'a link on another site',
      'GET',
      { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-User': '?1' },
    ],
    ['a form on another site', 'POST', { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' }],
    ['a form on another site, in an old browser', 'POST', { Origin: 'https://evil.example' }],
    ['a form in a sandboxed frame', 'POST', { Origin: 'null', 'Sec-Fetch-Site': 'cross-site' }],
    ['a form without an origin', 'POST', { Origin: 'null' }],
    ['a sister site', 'POST', { Origin: 'http://sister.localhost', 'Sec-Fetch-Site': 'same-site' }],
    ['the same host on another port', 'POST', { Origin: 'http://localhost:1' }],
    ['a longer origin', 'POST', { Origin: 'http://localhost:1.evil.example' }],
    [
      'an origin that only claims to be here',
      'POST',
      { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'same-origin' },
    ],
    ['a value that no browser sends', 'GET', { 'Sec-Fetch-Site': 'Same-Origin, cross-site' }],
    ['a page that is loaded in advance', 'GET', { 'Sec-Purpose': 'prefetch;prerender' }],
    [
      'a page that is loaded in advance, as Firefox says it',
      'GET',
      { 'X-Moz': 'prefetch', Purpose: 'prefetch' },
    ],
    ['a HEAD', 'HEAD', {}],
  ];
  test.each(FOREIGN)('E36 %s', async (_name, method, headers) => {
    const browser = await signedIn(world());
    const page = await browser.visit(`${world().url}/logout`, { method, headers, redirects: 0 });
    expect([page.status, page.headers.location]).toEqual([403, undefined]);
    expect(await shows(browser)).toContain(ADELE);
  });

  const OWN: readonly (readonly [string, 'GET' | 'POST', Record<string, string>])[] = [
    [
      'the button of a page that sends no referrer',
      'POST',
      { Origin: 'null', 'Sec-Fetch-Site': 'same-origin' },
    ],
    ['the address bar', 'GET', { 'Sec-Fetch-Site': 'none', 'Sec-Fetch-Mode': 'navigate' }],
    ['a browser that says nothing', 'POST', {}],
  ];
  test.each(OWN)('E36 %s signs out', async (_name, method, headers) => {
    const browser = await signedIn(world());
    const page = await browser.visit(`${world().url}/logout`, { method, headers, redirects: 0 });
    expect(page.status).toBe(302);
    expect(await shows(browser)).not.toContain(ADELE);
  });

  test('E36 the button with this app’s own origin signs out', async () => {
    const browser = await signedIn(world());
    const headers = { Origin: world().url, 'Sec-Fetch-Site': 'same-origin' };
    await browser.visit(`${world().url}/logout`, { method: 'POST', headers, redirects: 0 });
    expect(await shows(browser)).not.toContain(ADELE);
  });

  test('E36 a sign-in that another site started does not say so with somebody’s cookie', async () => {
    const page = await createBrowser().visit(`${world().url}/login`, {
      headers: { 'Sec-Fetch-Site': 'cross-site' },
      redirects: 0,
    });
    expect(new URL(page.headers.location ?? '').searchParams.get('login_hint')).toBeNull();
  });
});

describe('what the store holds', () => {
  test('D34 is sealed: no token, no name, no id that would do as a cookie', async () => {
    store.written.length = 0;
    const { browser, secrets } = await attemptSignIn(world());
    const [, , cookie = ''] = sessionCookie(browser);
    const sid = decodeURIComponent(cookie).slice(2).split('.')[0] ?? '';
    await browser.visit(`${world().url}/graphcall`);
    const [graph] = receivedSince(world(), '/v1.0/');
    const bearer = graph?.headers.authorization?.slice(7) ?? '';
    const texts = store.written.join('\n');
    expect(bearer.length).toBeGreaterThan(500);
    expect(bearer).toMatch(JWT);
    expect(
      leaksOf(texts, [...secrets, bearer, bearer.slice(0, 60), sid, ADELE, 'Adele Vance', 'contoso']),
    ).toEqual([]);
    expect(texts).not.toMatch(JWT);
    expect(texts).not.toMatch(/AccessToken|RefreshToken|access_token/);
  });

  test('D34 does not tell who is signed in, not even to somebody who knows everybody’s ids', async () => {
    const groupsOf = async (username: string): Promise<string[]> => {
      store.groups.length = 0;
      await signedIn(world(), username);
      return [...store.groups];
    };
    const [adele, again, nia] = [await groupsOf(ADELE), await groupsOf(ADELE), await groupsOf(NIA)];
    const [person = ''] = adele;
    // the same person can be found again, and by the key alone
    expect([again.includes(person), nia.includes(person)]).toEqual([true, false]);
    const account = world().emulator.accounts.find(({ username }) => username === ADELE);
    const { tenantId = '', objectId = '' } = account ?? {};
    expect([tenantId, objectId].map((id) => id.length)).toEqual([36, 36]);
    const names = [tenantId, objectId, ADELE, `${objectId}.${tenantId}`];
    const known = names.flatMap((name) => [name, `account ${name}`, `object id ${name}`, `username ${name}`]);
    for (const algorithm of ['sha1', 'sha256', 'sha512']) {
      const digests = known.map((text) => createHash(algorithm).update(text).digest('base64url'));
      for (const name of [...known, ...digests])
        expect(adele.filter((group) => name.startsWith(group) || group.includes(name))).toEqual([]);
    }
    world().restart({ sessionSecrets: [NEWER_SECRET] });
    const elsewhere = await groupsOf(ADELE);
    world().restart({});
    expect(elsewhere).toHaveLength(adele.length);
    expect(elsewhere.filter((name) => adele.includes(name))).toEqual([]);
  });

  test('D34 ends all sessions of a person over a change of secrets', async () => {
    const [used, unused] = [await signedIn(world()), await signedIn(world())];
    const endAll = async (browser: Browser) =>
      browser.visit(`${world().url}/logout/everywhere`, { method: 'POST', redirects: 0 });
    world().restart({ sessionSecrets: [NEWER_SECRET, SESSION_SECRET] });
    const newcomer = await signedIn(world());
    expect(await shows(used)).toContain(ADELE);
    // sealed by the older secret still, and ended by somebody of the newer
    await endAll(newcomer);
    for (const browser of [newcomer, used, unused]) expect(await shows(browser)).not.toContain(ADELE);

    world().restart({});
    const [one, two] = [await signedIn(world()), await signedIn(world())];
    world().restart({ sessionSecrets: [NEWER_SECRET, SESSION_SECRET] });
    for (const browser of [one, two]) expect(await shows(browser)).toContain(ADELE);
    world().restart({ sessionSecrets: [NEWER_SECRET] });
    for (const browser of [one, two]) expect(await shows(browser)).toContain(ADELE);
    await endAll(one);
    for (const browser of [one, two]) expect(await shows(browser)).not.toContain(ADELE);
    world().restart({});
  });

  test('D34 of one session opens in no other, and in no other place', async () => {
    const one = await signedIn(world());
    const id = storedIdOf(one);
    const sealed = store.written.find((text) => open(text, `tokens ${id}`) !== undefined) ?? '';
    expect(open(sealed, `tokens ${id}`)?.text).toContain('AccessToken');
    expect(open(sealed, `session ${id}`)).toBeUndefined();
    expect(open(sealed, `tokens ${'x'.repeat(32)}`)).toBeUndefined();
    expect(
      createSealer(['another-secret-another-secret-another'], 'session').open(sealed, `tokens ${id}`),
    ).toBeUndefined();
  });

  test('I43 of one person holds nothing of anybody else', async () => {
    await signedIn(world());
    store.written.length = 0;
    const nia = await signedIn(world(), NIA);
    await nia.visit(`${world().url}/graphcall`);
    const opened = store.written.flatMap((text) => open(text, `tokens ${storedIdOf(nia)}`)?.text ?? []);
    expect(opened.length).toBeGreaterThan(0);
    expect(opened.join('')).toContain(NIA);
    expect(opened.join('')).not.toContain(ADELE);
  });

  test('I46 is less than 16 KiB a person, after twenty sign-ins with twenty sets of permissions', async () => {
    const browser = await knownBrowser(world());
    for (let round = 0; round < 20; round += 1) {
      const scope = `User.ReadBasic.All openid profile Extra.Scope${round}`;
      fault(world(), { at: 'token', fault: { kind: 'answer', set: { scope } } });
      store.written.length = 0;
      await browser.visit(await callbackOf(browser, world()), { redirects: 0 });
    }
    expect(store.written.join('').length).toBeLessThan(16 * 1024);
    expect(await newlyKept(world())).toBe(1);
  });

  test('I46 grows neither with a claim of a megabyte nor with a long name', async () => {
    const claims = {
      name: 'N'.repeat(100_000),
      login_hint: 'L'.repeat(100_000),
      preferred_username: 'u'.repeat(50_000),
    };
    fault(world(), { at: 'token', fault: { kind: 'id-token', claims } });
    const { browser, page } = await attemptSignIn(world());
    expect([302, 400]).toContain(page.status);
    const out = await browser.visit(`${world().url}/logout`, { redirects: 0 });
    expect(out.headers.location?.length).toBeLessThan(4_000);
  });
});

function open(text: string, context: string) {
  const secrets = bindSecrets([SESSION_SECRET], {
    clientId: '11111111-1111-4111-8111-111111111111',
    issuer: 'https://login.microsoftonline.com/{tenantid}',
    publicAddress: world().url,
    usesEmulator: true,
  });
  return createSealer(secrets, 'session').open(text, context);
}

function change(text: string, index: number): string {
  return `${text.slice(0, index)}${text[index] === 'a' ? 'b' : 'a'}${text.slice(index + 1)}`;
}

test('D26 nobody’s session is another’s: two people in two browsers', async () => {
  const [one, two] = [await signedIn(world()), await signedIn(world(), NIA)];
  expect([await shows(one), await shows(two)]).toEqual([
    expect.stringContaining(ADELE),
    expect.stringContaining(NIA),
  ]);
});
