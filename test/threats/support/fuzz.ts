import { expect } from '@jest/globals';
import fc from 'fast-check';
import { anyCharacter } from '../../support/any-character.ts';
import { createBrowser, type Page } from '../../support/browser.ts';
import { beginAnew, fault, newlyKept, receivedSince } from '../../support/stage.ts';
import type { World } from '../../support/world.ts';
import { ADELE, callbackOf, knownBrowser, showsInternals, signedIn } from './outcome.ts';
import { sendRaw } from './raw.ts';

/** How many inputs, and from where: the same seed makes the same ones. */
export interface Extent {
  numRuns: number;
  seed: number;
}

/** Text as attackers write it: delimiters, encodings, names of prototypes, long runs, any Unicode. */
const hostileText = fc.oneof(
  fc.string({ unit: anyCharacter, maxLength: 60 }),
  fc.string({
    unit: fc.constantFrom(
      '/',
      '\\',
      '%',
      '2',
      'f',
      '.',
      ':',
      '@',
      '?',
      '#',
      '&',
      '=',
      '[',
      ']',
      ';',
      '"',
      '<',
      ' ',
      '\t',
      '\r',
      '\n',
      '\0',
      'a',
      'é',
      '\u2028',
    ),
    maxLength: 40,
  }),
  fc.constantFrom(
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    'null',
    'undefined',
    'NaN',
    '-0',
    '1e999',
    '[]',
    '{}',
    'true',
  ),
  fc.nat(9_000).map((length) => 'A'.repeat(length)),
);
const query = fc.array(
  fc.tuple(
    fc.oneof(
      hostileText,
      fc.constantFrom(
        'code',
        'state',
        'error',
        'error_description',
        'error_uri',
        'admin_consent',
        'tenant',
        'session_state',
        'code[]',
        'state[a]',
      ),
    ),
    hostileText,
  ),
  { maxLength: 6 },
);
const anyJson = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  hostileText,
  fc.constantFrom(null, 0, -1, 1e308, '', [], {}),
);

/** No crash, no page of our own failing, nothing from inside, nobody signed in, nothing kept, nobody else asked. */
function judge(world: World, page: Page, allowed: readonly number[] = []): void {
  if (page.status >= 500 && !allowed.includes(page.status))
    throw new Error(`${page.status} ${page.url}: ${page.text.slice(0, 200)}`);
  if (showsInternals(page)) throw new Error(`inside out: ${page.html.slice(0, 500)}`);
  const { location } = page.headers;
  if (location === undefined) return;
  const { origin } = new URL(location, world.url);
  if (origin !== world.url && !location.startsWith(`${world.emulator.baseUrl}/common/oauth2/v2.0/`))
    throw new Error(`away: ${location}`);
  if (/^\/[/\\]/.test(location)) throw new Error(`away: ${location}`);
}

const search = (pairs: readonly (readonly [string, string])[]) => {
  const text = pairs
    .map(
      ([name, value]) => `${encodeURIComponent(wellFormed(name))}=${encodeURIComponent(wellFormed(value))}`,
    )
    .join('&');
  return text.slice(0, 12_000).replace(/%[0-9A-F]?$/, '');
};

/** Lone surrogates have no encoding. */
const wellFormed = (text: string) => text.replace(/[\uD800-\uDFFF]/g, '');

/** Whatever comes to the redirect URI, with a sign-in pending or not. */
export async function fuzzCallback(world: World, extent: Extent): Promise<void> {
  const known = await knownBrowser(world);
  await beginAnew(world);
  await fc.assert(
    fc.asyncProperty(query, fc.boolean(), async (pairs, pending) => {
      const browser = known.copy();
      if (pending) await browser.visit(`${world.url}/login`, { redirects: 0 });
      judge(world, await browser.visit(`${world.url}/getAToken?${search(pairs)}`, { redirects: 0 }));
    }),
    extent,
  );
  expect([receivedSince(world, '/token').length, await newlyKept(world)]).toEqual([0, 0]);
}

/** Whatever the address of a page says. */
export async function fuzzAddresses(world: World, extent: Extent): Promise<void> {
  const paths = fc.constantFrom('/', '/login', '/graphcall', '/language', '/logout', '/nowhere', '/readyz');
  const names = fc.oneof(
    hostileText,
    fc.constantFrom(
      'returnTo',
      'top',
      'cursor',
      'search',
      'prompt',
      'login_hint',
      'domain_hint',
      'to',
      'sid',
      'iss',
    ),
  );
  await fc.assert(
    fc.asyncProperty(paths, fc.array(fc.tuple(names, hostileText), { maxLength: 4 }), async (path, pairs) => {
      judge(world, await createBrowser().visit(`${world.url}${path}?${search(pairs)}`, { redirects: 0 }));
    }),
    extent,
  );
}

/** Whatever headers and request lines say, over a raw socket. */
export async function fuzzHeaders(world: World, extent: Extent): Promise<void> {
  const names = fc.constantFrom(
    'Cookie',
    'Host',
    'Accept-Language',
    'Origin',
    'Sec-Fetch-Site',
    'X-Forwarded-For',
    'Referer',
    'Content-Type',
    'Accept',
    'If-None-Match',
    'Range',
    'Expect',
    'Upgrade',
  );
  const line = fc.tuple(
    names,
    hostileText.map((text) => wellFormed(text).replace(/[\r\n\0]/g, '')),
  );
  const cookie = fc.array(
    fc.tuple(
      fc.constantFrom('session', 'signin-', 'signin-abc-x', 'language', 'appearance', '__proto__', 'a'),
      hostileText,
    ),
    { maxLength: 5 },
  );
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('/', '/login', '/graphcall', '/getAToken?state=AAAAAAAAAAAAAAAAAAAAAA'),
      fc.array(line, { maxLength: 5 }),
      cookie,
      async (path, lines, cookies) => {
        const header = cookies
          .map((pair) => pair.map((text) => wellFormed(text).replace(/[\r\n\0;]/g, '')).join('='))
          .join('; ');
        const answer = await sendRaw(world.url, [
          `GET ${path} HTTP/1.1`,
          'Host: localhost',
          `Cookie: ${header}`,
          ...lines.map((pair) => pair.join(': ')),
        ]);
        if (answer.status >= 500 || answer.status === 0) throw new Error(answer.head);
        if (/signed in|adele/i.test(answer.body) || /node_modules|\.ts:\d/.test(answer.body))
          throw new Error(answer.body.slice(0, 300));
      },
    ),
    extent,
  );
}

const TOKEN_MEMBERS = [
  'access_token',
  'id_token',
  'refresh_token',
  'token_type',
  'expires_in',
  'ext_expires_in',
  'refresh_in',
  'scope',
  'client_info',
  'error',
  'error_description',
  'error_codes',
  'suberror',
  'claims',
  'correlation_id',
  'foci',
  '__proto__',
  'x',
];

/** Whatever the token endpoint answers: somebody is signed in as who they are, or not at all. */
export async function fuzzTokenAnswers(world: World, extent: Extent): Promise<void> {
  const known = await knownBrowser(world);
  const members = fc.dictionary(fc.constantFrom(...TOKEN_MEMBERS), anyJson, { minKeys: 1, maxKeys: 4 });
  const claims = fc.dictionary(
    fc.constantFrom(
      'iss',
      'sub',
      'aud',
      'exp',
      'iat',
      'nbf',
      'nonce',
      'tid',
      'oid',
      'azp',
      'name',
      'preferred_username',
      'login_hint',
      'sid',
      'idp',
      'email',
      'ver',
    ),
    anyJson,
    { minKeys: 1, maxKeys: 4 },
  );
  const wrong = fc.oneof(
    members.map((set) => ({ kind: 'answer', set })),
    claims.map((changed) => ({ kind: 'id-token', claims: changed })),
    fc.record({ kind: fc.constant('status'), status: fc.integer({ min: 200, max: 599 }), body: anyJson }),
  );
  await fc.assert(
    fc.asyncProperty(wrong, async (one) => {
      await beginAnew(world);
      const browser = known.copy();
      const callback = await callbackOf(browser, world);
      fault(world, { at: 'token', fault: one });
      const page = await browser.visit(callback, { redirects: 0 });
      judge(world, page, [502, 503]);
      const home = await browser.visit(`${world.url}/`);
      judge(world, home);
      if ((page.status === 302) !== /You are signed in|Hello (?!visitor)/.test(home.text))
        throw new Error(`half signed in: ${page.status}`);
      if ((page.status === 302 ? 1 : 0) !== (await newlyKept(world)))
        throw new Error('kept without being signed in');
      await browser.visit(`${world.url}/logout`, { redirects: 0 });
    }),
    extent,
  );
}

/** Whatever Graph answers: a page. */
export async function fuzzGraph(world: World, extent: Extent): Promise<void> {
  const browser = await signedIn(world);
  const row = fc.oneof(
    anyJson,
    fc.dictionary(
      fc.constantFrom('id', 'displayName', 'givenName', 'surname', 'mail', 'userPrincipalName', '__proto__'),
      anyJson,
    ),
  );
  const wrong = fc.oneof(
    fc.record({ kind: fc.constant('rows'), rows: fc.array(row, { maxLength: 5 }) }),
    fc.record({ kind: fc.constant('next-link'), url: anyJson }),
    fc.record({
      kind: fc.constant('answer'),
      set: fc.dictionary(fc.constantFrom('value', '@odata.nextLink', '@odata.count', 'error'), anyJson, {
        minKeys: 1,
      }),
    }),
    fc.record({
      kind: fc.constant('status'),
      status: fc.integer({ min: 200, max: 499 }).filter((status) => ![401, 429].includes(status)),
      body: anyJson,
    }),
  );
  await fc.assert(
    fc.asyncProperty(wrong, async (one) => {
      await beginAnew(world);
      fault(world, { at: 'users', fault: one });
      const page = await browser.visit(`${world.url}/graphcall`, { redirects: 0 });
      judge(world, page, [502, 503]);
      if (receivedSince(world, '/v1.0/').length > 2) throw new Error('Graph was asked again and again');
      if (/<script(?![^>]*src="\/)|javascript:|\son\w+=/i.test(page.html.replace(/&[^;]+;/g, '')))
        throw new Error(page.html.slice(0, 800));
    }),
    extent,
  );
  await beginAnew(world);
  expect((await browser.visit(`${world.url}/`)).text).toContain(ADELE);
}
