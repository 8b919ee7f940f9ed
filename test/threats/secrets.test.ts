import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createClient, RESP_TYPES } from 'redis';
import { appUnderTest } from '../runs/runs.ts';
import { type Browser, createBrowser, type Page } from '../support/browser.ts';
import { JWT } from '../support/jwt.ts';
import { type RedisServer, startRedis } from '../support/redis.ts';
import { until } from '../support/until.ts';
import { type BuiltApp, CANARIES, startBuiltApp } from './support/built-app.ts';
import { callbackOf, knownBrowser, showsInternals } from './support/outcome.ts';

const REDIS_PASSWORD = 'CANARY-redis-password-0123456789';

/** Everything that the app wrote to browsers. */
interface Seen {
  pages: Page[];
  secrets: Map<string, string>;
}

let redis: RedisServer;
let app: BuiltApp;
const seen: Seen = {
  pages: [],
  secrets: new Map(Object.entries({ ...CANARIES, redisPassword: REDIS_PASSWORD })),
};

beforeAll(async () => {
  redis = await startRedis(['--requirepass', REDIS_PASSWORD]);
  app = await startBuiltApp({ REDIS_URL: `redis://:${REDIS_PASSWORD}@127.0.0.1:${redis.port}` });
  await tryEverything();
});
afterAll(async () => {
  await app.close();
  await redis.kill();
});

/** A sign-in, a list, a renewal, every kind of failure, and a sign-out. */
async function tryEverything(): Promise<void> {
  const browser = await knownBrowser(app);
  const callback = await callbackOf(browser, app);
  keepSecretsOf(callback);
  await look(browser, callback);
  await look(browser, '/');
  await look(browser, '/graphcall');
  addFault({ at: 'users', fault: { kind: 'status', status: 401, body: {} } });
  await look(browser, '/graphcall');
  for (const fault of FAILURES) {
    addFault(fault);
    const other = await knownBrowser(app);
    const failing = await callbackOf(other, app);
    keepSecretsOf(failing);
    await look(other, failing);
    await look(other, '/graphcall');
    await look(other, failing);
  }
  for (const path of [...PAGES, '/getAToken', '/login?returnTo=//x', callback]) await look(browser, path);
  await look(browser, '/logout');
  for (const { body, headers } of app.emulator.ledger()) {
    keep('verifier', body.code_verifier);
    keep('refresh token', body.refresh_token);
    keep('access token', headers.authorization?.replace('Bearer ', ''));
  }
}

const isDemo = appUnderTest() === 'the demo';
/** Whose responses are the demo's own. */
const PAGES = isDemo ? ['/nowhere', '/%', '/graphcall?top=0', '/language?to=de'] : [];

const FAILURES: readonly object[] = [
  { at: 'token', fault: { kind: 'id-token', signature: 'flipped' } },
  { at: 'token', fault: { kind: 'status', status: 500, body: {} } },
  { at: 'token', fault: { kind: 'aadsts', code: 7000215, error: 'invalid_client', status: 401 } },
  { at: 'token', fault: { kind: 'redirect', status: 307, location: 'http://127.0.0.1:9/' } },
  { at: 'token', fault: { kind: 'flood', bytes: 3_000_000 } },
  { at: 'token', fault: { kind: 'answer', set: { access_token: 'a\r\nb: c' } } },
  { at: 'users', fault: { kind: 'redirect', status: 302, location: 'http://127.0.0.1:9/' } },
  { at: 'users', fault: { kind: 'status', status: 500, body: 'x' } },
  { at: 'users', fault: { kind: 'malformed-json' } },
  { at: 'users', fault: { kind: 'claims-challenge' } },
  { at: 'users', fault: { kind: 'flood', bytes: 12_000_000 } },
];

function addFault(given: object): void {
  app.emulator.addFault(given as Parameters<typeof app.emulator.addFault>[0]);
}

async function look(browser: Browser, where: string): Promise<void> {
  seen.pages.push(await browser.visit(new URL(where, app.url).href, { redirects: 0 }));
}

function keep(name: string, value: string | undefined): void {
  if (value !== undefined && value.length > 8) seen.secrets.set(`${name} ${seen.secrets.size}`, value);
}

function keepSecretsOf(callback: string): void {
  const { searchParams } = new URL(callback);
  keep('code', searchParams.get('code') ?? undefined);
  keep('state', searchParams.get('state') ?? undefined);
}

/** Names of the secrets that stand in a text: whole, encoded for an address, or a long piece of one. */
function found(text: string, except = /^$/): string[] {
  return [...seen.secrets]
    .filter(([name]) => !except.test(name))
    .filter(([, value]) =>
      [value, encodeURIComponent(value), value.slice(0, 40)].some((form) => text.includes(form)),
    )
    .map(([name]) => name);
}

/** Lines of ordinary requests are written several at a time. */
function untilLogged(): Promise<void> {
  const last = String(seen.pages.at(-1)?.headers['x-correlation-id']);
  return until(() => app.program.output.stdout.includes(last));
}

describe('no secret leaves the place where it belongs', () => {
  test('N65 there are secrets of every kind to look for', () => {
    const kinds = new Set([...seen.secrets.keys()].map((name) => name.replace(/ \d+$/, '')));
    expect([...kinds].sort()).toEqual(
      [
        'access token',
        'clientSecret',
        'code',
        'olderSessionSecret',
        'redisPassword',
        'refresh token',
        'sessionSecret',
        'state',
        'verifier',
      ].sort(),
    );
    expect(seen.pages.length).toBeGreaterThan(40);
  });

  test('N65 the log, at its most verbose, holds none, and no names of people', async () => {
    await untilLogged();
    const { stdout, stderr } = app.program.output;
    expect(found(stdout + stderr)).toEqual([]);
    expect(stdout + stderr).not.toMatch(/adele|eyJ[\w-]{20}|code=|state=|Bearer/i);
  });

  test('N65 each failure has one line, with its reason, and in the demo each request', async () => {
    await untilLogged();
    const lines = app.program.output.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>)
      .filter(({ msg }) => msg !== 'event');
    for (const { headers, status, url } of seen.pages) {
      const own = lines.filter((line) => JSON.stringify(line).includes(String(headers['x-correlation-id'])));
      const { pathname } = new URL(url);
      const isFailure = status >= 400;
      expect([pathname, own.length, typeof (own[0]?.reason ?? own[0]?.code)]).toEqual([
        pathname,
        isDemo || isFailure ? 1 : 0,
        isFailure ? 'string' : 'undefined',
      ]);
    }
  });

  test('D33 no page and no header holds one, but for the state on its way to the platform', () => {
    const texts = seen.pages.map(
      ({ html, headers }) => `${html}${JSON.stringify({ ...headers, 'set-cookie': '' })}`,
    );
    expect(found(texts.join('\n'))).toEqual([]);
    const cookies = seen.pages.flatMap(({ headers }) => headers['set-cookie'] ?? []).join('\n');
    expect(found(cookies)).toEqual([]);
  });

  test('N65 no address that the app calls holds one, and only the token endpoint gets the client secret', () => {
    const entries = app.emulator.ledger();
    const asked = entries.filter(
      ({ path }) =>
        path.startsWith('/v1.0/') || path.includes('/discovery/') || path.includes('/.well-known/'),
    );
    expect(
      found(asked.map(({ path, query }) => `${path}?${new URLSearchParams({ ...query })}`).join('\n')),
    ).toEqual([]);
    const holders = entries.filter((entry) => JSON.stringify(entry).includes(CANARIES.clientSecret));
    expect(new Set(holders.map(({ method, path }) => `${method} ${path}`)).size).toBe(1);
    expect(holders[0]?.path).toMatch(/\/oauth2\/v2\.0\/token$/);
  });

  test('D34 no file of the app holds one', () => {
    const files = readdirSync(app.folder, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    for (const file of files) {
      const text = readFileSync(join(file.parentPath, file.name), 'latin1');
      expect([file.name, found(text)]).toEqual([file.name, []]);
    }
  });

  test('D34 Redis holds none, and no key without an end', async () => {
    const browser = await knownBrowser(app);
    await browser.visit(await callbackOf(browser, app), { redirects: 0 });
    const client = await createClient({
      url: `redis://:${REDIS_PASSWORD}@127.0.0.1:${redis.port}`,
    }).connect();
    const raw = client.withTypeMapping({ [RESP_TYPES.BLOB_STRING]: Buffer });
    const keys = await client.keys('*');
    expect(keys.length).toBeGreaterThan(0);
    for (const key of keys) {
      const dump = await raw.sendCommand(['DUMP', key]);
      const text = Buffer.isBuffer(dump) ? dump.toString('latin1') : String(dump);
      expect([found(`${key}${text}`), JWT.test(text)]).toEqual([[], false]);
      expect(text).not.toMatch(/adele|AccessToken/i);
      expect(await client.pTTL(key)).toBeGreaterThan(0);
    }
    const [, cookie = ''] = /session=s%3A([\w-]+)\./.exec(browser.cookieHeader(app.url)) ?? [];
    expect([cookie.length, keys.some((key) => key.includes(cookie))]).toEqual([32, false]);
    await client.close();
  });

  test('D66 no page shows a stack, a path of this machine, or what is inside', () => {
    expect(seen.pages.filter(showsInternals).map(({ url }) => url)).toEqual([]);
    const failures = seen.pages.filter(({ status }) => status >= 400);
    for (const { html, headers } of failures) expect(html).toContain(String(headers['x-correlation-id']));
  });

  test('D66 a store that is away is a page that says nothing of it', async () => {
    const browser = createBrowser();
    browser.setCookie(app.url, 'session', 's%3Ax.y');
    const signedInBefore = await knownBrowser(app);
    await signedInBefore.visit(await callbackOf(signedInBefore, app), { redirects: 0 });
    redis.freeze();
    const page = await signedInBefore.visit(`${app.url}/graphcall`, { redirects: 0 });
    const home = await createBrowser().visit(`${app.url}/`);
    redis.thaw();
    await until(async () => (await signedInBefore.visit(`${app.url}/graphcall`)).status === 200);
    expect([page.status, home.status, showsInternals(page), /redis|:6379|CANARY/i.test(page.html)]).toEqual([
      503,
      200,
      false,
      false,
    ]);
    expect(found(app.program.output.stdout + app.program.output.stderr)).toEqual([]);
  });
});
