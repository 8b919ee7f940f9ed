import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createLocalJWKSet, jwtVerify } from 'jose';
import { type Browser, chromium } from 'playwright-core';
import { type Emulator, SeedError, startEmulator } from '../../src/emulator/index.ts';
import { chromiumPath } from '../support/chromium.ts';
import { openEmulator } from '../support/emulator.ts';
import {
  ADELE,
  authorizeUrl,
  CLIENT_ID,
  CONTOSO,
  claimsOf,
  codeFields,
  graph,
  postToken,
  tokensOf,
} from './stage.ts';
import { ask, json } from './visitor.ts';

const NEW_ID = '7b1f0c3a-1111-4222-8333-944455558888';
const ADA = 'ada@contoso.example';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await openEmulator({ users: 5 });
});
beforeEach(() => emulator.reset());
afterAll(() => emulator.close());

/** Asks the emulator's own endpoints, as a program in any language would. */
function control(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
  return ask(`${emulator.url}/_emulator${path}`, { method, headers }, JSON.stringify(body));
}

async function verified(token: string, issuer: string, audience: string, by = emulator) {
  const { keys } = json(await ask(by.openidConfiguration('common').jwks_uri));
  const keySet = createLocalJWKSet({ keys: keys as [] });
  return (await jwtVerify(token, keySet, { issuer, audience })).payload;
}

describe('a token without a sign-in', () => {
  test('is what the API would get from one', async () => {
    const token = emulator.accessToken({ audience: 'api://my-api', username: ADELE, scopes: ['access'] });
    const claims = await verified(token, `https://sts.windows.net/${CONTOSO}/`, 'api://my-api');
    expect(claims).toMatchObject({ scp: 'access', upn: ADELE, appid: CLIENT_ID, tid: CONTOSO, ver: '1.0' });
    expect(Number(claims.exp) - Number(claims.iat)).toBe(3600);
  });

  test('can be had before the keys are made, which are new for each emulator', async () => {
    const [first, second] = await Promise.all([startEmulator({ port: 0 }), startEmulator({ port: 0 })]);
    try {
      const token = first.accessToken({ audience: 'api://my-api', username: ADELE });
      const issuer = `https://sts.windows.net/${CONTOSO}/`;
      expect(await verified(token, issuer, 'api://my-api', first)).toMatchObject({ upn: ADELE });
      const kids = async (one: Emulator) => {
        const { keys } = json(await ask(one.openidConfiguration('common').jwks_uri));
        return (keys as { kid: string }[]).map(({ kid }) => kid);
      };
      expect(new Set([...(await kids(first)), ...(await kids(second))]).size).toBe(4);
    } finally {
      await Promise.all([first.close(), second.close()]);
    }
  });

  test('has the version, the roles, the client and the claims that are asked for', async () => {
    const token = emulator.accessToken({
      ...{
        audience: NEW_ID,
        username: ADELE,
        roles: ['Admin', 'Reader'],
        tokenVersion: 2,
        clientId: 'my-client',
      },
      claims: { acr: '0', sub: null },
    });
    const claims = await verified(token, `${emulator.url}/${CONTOSO}/v2.0`, NEW_ID);
    expect(claims).toMatchObject({ roles: ['Admin', 'Reader'], azp: 'my-client', acr: '0', ver: '2.0' });
    expect(claims).not.toHaveProperty('sub');
  });

  test('is the app’s own without a username', async () => {
    const token = emulator.accessToken({
      audience: 'api://my-api',
      roles: ['Sweeper'],
      tenant: 'fabrikam.example',
    });
    const claims = claimsOf(token);
    expect(claims).toMatchObject({ roles: ['Sweeper'], tid: 'b2d1c6f3-8e45-4a7b-8c9f-1d3e5f7a9b21' });
    expect(claims).not.toHaveProperty('scp');
  });

  test('can be over, and then it had its time', async () => {
    const asked = { audience: 'api://my-api', username: ADELE, expiresInSeconds: -300 };
    const { iat, exp } = claimsOf(emulator.accessToken(asked));
    expect(Number(exp) - Math.floor(Date.now() / 1000)).toBeCloseTo(-300, -1);
    expect(Number(exp) - Number(iat)).toBe(3600);
    await expect(
      verified(emulator.accessToken(asked), `https://sts.windows.net/${CONTOSO}/`, 'api://my-api'),
    ).rejects.toMatchObject({ code: 'ERR_JWT_EXPIRED' });
  });

  test('can be forged', async () => {
    const token = emulator.accessToken({ audience: 'api://my-api', username: ADELE, signature: 'wrong-key' });
    await expect(
      verified(token, `https://sts.windows.net/${CONTOSO}/`, 'api://my-api'),
    ).rejects.toMatchObject({ code: 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED' });
  });

  test('is good for Graph, until its time is over: of a personal account too', async () => {
    for (const username of [ADELE, 'sam.rivera@mailbox.example']) {
      const asked = { audience: 'https://graph.microsoft.com', username, scopes: ['User.Read'] };
      expect((await graph(emulator, '/me', emulator.accessToken(asked))).status).toBe(200);
      const over = emulator.accessToken({ ...asked, expiresInSeconds: -1 });
      expect((await graph(emulator, '/me', over)).status).toBe(401);
    }
  });

  test('is made over HTTP too', async () => {
    const answer = await control('POST', '/tokens', {
      audience: 'api://my-api',
      username: ADELE,
      scopes: ['access'],
    });
    expect(json(answer)).toMatchObject({ token_type: 'Bearer', expires_in: 3600 });
    expect(claimsOf(json(answer).access_token)).toMatchObject({ aud: 'api://my-api', scp: 'access' });
    expect(answer.headers['cache-control']).toContain('no-store');
  });

  test.each<[string, Record<string, unknown>, RegExp]>([
    ['nobody', { audience: 'api://my-api', username: 'nobody@contoso.example' }, /no account nobody@/],
    ['no API', { audience: 'my-api' }, /audience/],
    ['no organisation', { audience: 'api://my-api', tenant: 'nowhere.example' }, /no organisation nowhere/],
    ['a member that there is not', { audience: 'api://my-api', user: ADELE }, /user/],
    ['no audience', { username: ADELE }, /audience/],
  ])('for %s is refused with a sentence', async (_whom, asked, sentence) => {
    expect(() => emulator.accessToken(asked as { audience: string })).toThrow(sentence);
    const answer = await control('POST', '/tokens', asked);
    expect({ status: answer.status, error: json(answer).error }).toEqual({
      status: 400,
      error: expect.stringMatching(sentence),
    });
  });
});

describe('the clock', () => {
  const code = async () =>
    (await emulator.signInByFetch(authorizeUrl(emulator), ADELE)).searchParams.get('code') ?? '';

  test('moves on, and what had its time is over', async () => {
    const before = emulator.clock.now();
    const fresh = await code();
    emulator.clock.advance({ minutes: 11 });
    expect(emulator.clock.now() - before).toBeGreaterThanOrEqual(660_000);
    expect(json(await postToken(emulator, codeFields(fresh)))).toMatchObject({ error_codes: [70008] });
  });

  test('is set, over HTTP and in process, and goes back with a reset', async () => {
    const set = await control('POST', '/clock', { set: '2030-01-02T03:04:05Z' });
    expect(json(set).now).toMatch(/^2030-01-02T03:04:0/);
    const { access_token: token } = await tokensOf(emulator);
    expect(new Date(Number(claimsOf(token).iat) * 1000).getUTCFullYear()).toBe(2030);
    emulator.clock.set(new Date('2031-01-01T00:00:00Z'));
    expect(json(await control('GET', '/clock')).now).toMatch(/^2031/);
    expect(json(await control('POST', '/clock', { advance: { days: 366, hours: -1 } })).now).toMatch(
      /^2032-01-01/,
    );
    emulator.reset();
    expect(Math.abs(emulator.clock.now() - Date.now())).toBeLessThan(5_000);
  });

  test.each([
    {},
    { advance: {} },
    { advance: { weeks: 1 } },
    { advance: { minutes: '1' } },
    { advance: { days: 1e9 } },
    { set: 'yesterday' },
    { set: -1 },
    { set: '2030-01-01T00:00:00Z', advance: { days: 1 } },
  ])('does not take %j', async (asked) => {
    const answer = await control('POST', '/clock', asked);
    expect(answer.status).toBe(400);
    expect(json(answer).error).toBeTruthy();
    expect(Math.abs(emulator.clock.now() - Date.now())).toBeLessThan(5_000);
  });
});

describe('accounts that come, change and go', () => {
  test('somebody new signs in at once, with roles and groups', async () => {
    const ada = emulator.putAccount({
      username: 'Ada@contoso.example',
      roles: ['Admin'],
      groups: ['Readers'],
    });
    expect(ada).toMatchObject({ username: ADA, displayName: 'Ada', kind: 'work', tenantId: CONTOSO });
    const { id_token: token, access_token: access } = await tokensOf(emulator, ADA);
    expect(claimsOf(token)).toMatchObject({ preferred_username: ADA, roles: ['Admin'] });
    const groups = json(await graph(emulator, '/me/memberOf', access));
    expect(groups.value).toHaveLength(1);
    expect(emulator.seed().groups?.find((one) => one.displayName === 'Readers')?.members).toHaveLength(1);
  });

  test('what a change leaves out stays as it was', async () => {
    const before = emulator.accounts.find((one) => one.username === ADELE);
    expect(emulator.putAccount({ username: ADELE, roles: ['Admin'] })).toEqual({
      ...before,
      roles: ['Admin'],
    });
    expect(emulator.putAccount({ username: ADELE, displayName: 'Adele King' })).toMatchObject({
      ...{ givenName: 'Adele', surname: 'King', roles: ['Admin'], objectId: before?.objectId },
    });
    expect(emulator.accounts.filter((one) => one.username === ADELE)).toHaveLength(1);
    const guest = 'jonas.lindqvist@tailspin.example';
    expect(emulator.putAccount({ username: guest, roles: ['Reader'] })).toMatchObject({ kind: 'guest' });
    const personal = 'sam.rivera@mailbox.example';
    expect(emulator.putAccount({ username: personal, roles: ['Reader'] })).toMatchObject({
      kind: 'personal',
    });
  });

  test('other groups take the place of those before', () => {
    const groupsOf = () => emulator.seed().groups?.filter((one) => one.members?.includes(id)) ?? [];
    const id = emulator.putAccount({ username: ADA, groups: ['Readers', 'Writers'] }).objectId;
    emulator.putAccount({ username: ADA, groups: ['Writers', 'Retail'] });
    expect(
      groupsOf()
        .map((one) => one.displayName)
        .sort(),
    ).toEqual(['Retail', 'Writers']);
  });

  test('who was taken out signs in no more, until put in again', async () => {
    const tokens = await tokensOf(emulator);
    emulator.removeAccount(ADELE);
    await expect(emulator.signInByFetch(authorizeUrl(emulator), ADELE)).rejects.toThrow(/cannot sign in/);
    const refresh = {
      grant_type: 'refresh_token',
      client_id: CLIENT_ID,
      refresh_token: String(tokens.refresh_token),
    };
    expect((await postToken(emulator, refresh)).status).toBe(400);
    expect(() => emulator.removeAccount(ADELE)).toThrow(SeedError);
    emulator.putAccount({ username: ADELE });
    expect(await tokensOf(emulator)).toHaveProperty('access_token');
    const app = emulator.accessToken({ audience: 'https://graph.microsoft.com', roles: ['User.Read.All'] });
    expect((await graph(emulator, `/users/${ADELE}`, app)).status).toBe(200);
  });

  test('over HTTP: one, a list, and out', async () => {
    const answer = await control('POST', '/accounts', [
      { username: ADA },
      { username: 'bob@fabrikam.example' },
    ]);
    expect(JSON.parse(answer.text)).toMatchObject([{ username: ADA }, { username: 'bob@fabrikam.example' }]);
    const usernames = async () =>
      (JSON.parse((await control('GET', '/accounts')).text) as { username: string }[]).map(
        (one) => one.username,
      );
    expect(await usernames()).toEqual(expect.arrayContaining([ADA, 'bob@fabrikam.example']));
    expect((await control('DELETE', `/accounts/${encodeURIComponent(ADA)}`)).status).toBe(204);
    expect(await usernames()).not.toContain(ADA);
    expect((await control('DELETE', `/accounts/${ADA}`)).status).toBe(404);
  });

  test.each<[string, object, RegExp]>([
    ['without a username', { displayName: 'X' }, /username/],
    ['with a member nobody knows', { username: ADA, role: 'x' }, /role/],
    ['of a tenant nobody has', { username: ADA, tenantId: NEW_ID }, /no tenant/],
    [
      'with somebody else’s id',
      { username: ADA, objectId: '0a6f1c52-1d3b-4b57-9f5e-6f2c8f0b7a01' },
      /objectId/,
    ],
  ])('one %s is refused', async (_what, account, sentence) => {
    expect(() => emulator.putAccount(account as { username: string })).toThrow(sentence);
    expect((await control('POST', '/accounts', account)).status).toBe(400);
    expect(emulator.accounts.some((one) => one.username === ADA)).toBe(false);
  });
});

describe('registrations that come, change and go', () => {
  test('an API is known at once, in a strict emulator', async () => {
    const strict = await openEmulator({ users: 0, strictRegistrations: true });
    try {
      const asked = {
        ...{ grant_type: 'client_credentials', client_id: NEW_ID, client_secret: 'its secret' },
        scope: 'api://orders/.default',
      };
      const seen = async () => json(await postToken(strict, asked, CONTOSO));
      expect(await seen()).toMatchObject({ error_codes: [700016] });
      strict.putRegistration({ clientId: NEW_ID, secrets: [{ value: 'its secret' }], adminConsented: true });
      expect(await seen()).toMatchObject({ error_codes: [500011] });
      strict.putRegistration({ clientId: NEW_ID, identifierUris: ['api://orders'], tokenVersion: 2 });
      expect(claimsOf((await seen()).access_token)).toMatchObject({ aud: NEW_ID, ver: '2.0' });
      strict.removeRegistration(NEW_ID);
      expect(await seen()).toMatchObject({ error_codes: [700016] });
    } finally {
      await strict.close();
    }
  });

  test('over HTTP: put, changed, listed as a seed has it, and out', async () => {
    await control('POST', '/registrations', { clientId: NEW_ID, name: 'Orders', appRoles: ['Reader'] });
    const changed = await control('POST', '/registrations', { clientId: NEW_ID, isPublic: true });
    expect(JSON.parse(changed.text)).toMatchObject([
      { name: 'Orders', appRoles: [{ value: 'Reader' }], isPublic: true },
    ]);
    const listed = JSON.parse((await control('GET', '/registrations')).text) as { clientId: string }[];
    expect(listed.map((one) => one.clientId)).toEqual([CLIENT_ID, NEW_ID]);
    expect((await control('POST', '/registrations', listed)).status).toBe(200);
    expect((await control('DELETE', `/registrations/${NEW_ID}`)).status).toBe(204);
    expect((await control('DELETE', `/registrations/${NEW_ID}`)).status).toBe(404);
  });

  test('one that leads off this machine is refused', async () => {
    const registration = { clientId: NEW_ID, redirectUris: ['https://elsewhere.example/'] };
    expect(() => emulator.putRegistration(registration)).toThrow(/--allow-host/);
    expect((await control('POST', '/registrations', registration)).status).toBe(400);
    expect((await control('POST', '/state', { registrations: [registration] })).status).toBe(400);
    expect(emulator.registrations).toHaveLength(1);
  });
});

describe('the state', () => {
  const SEED = {
    accounts: [{ username: ADA, kind: 'admin' as const, roles: ['Admin'], groups: ['Readers'] }],
    registrations: [
      {
        clientId: NEW_ID,
        secrets: [{ value: 'one', expiresAt: '2030-01-01T00:00:00Z' }, { value: 'two' }],
        optionalClaims: {
          idToken: ['sid'],
          accessToken: [{ name: 'idtyp', additionalProperties: ['include_user_token'] }],
        },
        scopes: ['access'],
        appRoles: ['Reader'],
      },
    ],
    groups: [{ displayName: 'Writers', kind: 'microsoft 365' as const, members: [ADELE, 'Readers'] }],
    graph: { '/me/events': { value: [] } },
  };

  test('goes out as a seed, which makes another emulator the same', async () => {
    emulator.putSeed(SEED);
    const seed = emulator.seed();
    expect(JSON.parse((await control('GET', '/state')).text)).toEqual(JSON.parse(JSON.stringify(seed)));
    expect(seed.accounts?.map((one) => one.username)).toEqual([ADA]);
    const other = await openEmulator({ users: 5, seed: JSON.parse(JSON.stringify(seed)) });
    try {
      expect(other.seed()).toEqual(seed);
      expect(other.registrations[0]).toEqual(emulator.registrations.find((one) => one.clientId === NEW_ID));
    } finally {
      await other.close();
    }
  });

  test('comes in over HTTP, and is gone with a reset', async () => {
    const begin = emulator.seed();
    expect((await control('POST', '/state', SEED)).status).toBe(204);
    expect(await tokensOf(emulator, ADA)).toHaveProperty('access_token');
    emulator.reset();
    expect(emulator.seed()).toEqual(begin);
  });

  test('brings no organisations', async () => {
    const tenants = [{ id: NEW_ID, name: 'Own', domain: 'own.example' }];
    const answer = await control('POST', '/state', { ...SEED, tenants });
    expect({ status: answer.status, error: json(answer).error }).toEqual({
      status: 400,
      error: expect.stringContaining('--seed'),
    });
    expect(emulator.accounts.some((one) => one.username === ADA)).toBe(false);
  });
});

test.each([
  ['POST', '/tokens'],
  ['POST', '/clock'],
  ['POST', '/accounts'],
  ['DELETE', `/accounts/${ADELE}`],
  ['POST', '/registrations'],
  ['DELETE', `/registrations/${CLIENT_ID}`],
  ['POST', '/state'],
])('%s %s is not for the pages of other sites', async (method, path) => {
  const begin = emulator.seed();
  const body = { username: ADELE, clientId: CLIENT_ID, audience: 'api://x', set: 0 };
  for (const origin of ['http://localhost:3000', 'null', 'https://evil.example']) {
    const answer = await control(method, path, body, { origin });
    expect(answer.status).toBe(403);
    expect(answer.text).not.toContain('access_token');
  }
  const rebound = await control(method, path, body, { host: 'evil.example' });
  expect(rebound.status).toBe(403);
  expect(emulator.seed()).toEqual(begin);
  expect(emulator.accounts.some((one) => one.username === ADELE)).toBe(true);
});

test('no page of another site may read what the emulator’s own endpoints say', async () => {
  for (const path of ['/state', '/accounts', '/registrations', '/clock', '/ledger']) {
    const answer = await control('GET', path, undefined, { origin: 'http://localhost:3000' });
    expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
  }
});

describe('signing in from a test', () => {
  let app: Server;
  let appUrl: string;
  let browser: Browser;
  beforeAll(async () => {
    app = createServer((request, response) => {
      if (request.url === '/login') response.writeHead(302, { location: authorize() }).end();
      else if (request.url === '/') response.end('no way from here');
      else response.writeHead(200, { 'content-type': 'text/html' }).end('<title>the app</title>back');
    });
    await new Promise<void>((resolve) => app.listen(0, '127.0.0.1', resolve));
    appUrl = `http://localhost:${(app.address() as AddressInfo).port}`;
    browser = await chromium.launch({ executablePath: chromiumPath(), args: ['--no-sandbox'] });
  });
  afterAll(async () => {
    await browser.close();
    app.close();
  });

  const authorize = (changes: Record<string, string | undefined> = {}) =>
    authorizeUrl(emulator, { redirect_uri: `${appUrl}/back`, ...changes });

  test('by fetch: the redirect with a code that is good', async () => {
    const back = await emulator.signInByFetch(authorizeUrl(emulator), ADELE.toUpperCase());
    expect(back.href).toMatch(/^http:\/\/localhost:5000\/getAToken\?/);
    expect(back.searchParams.get('state')).toBe('the state');
    const tokens = json(await postToken(emulator, codeFields(back.searchParams.get('code') ?? '')));
    expect(claimsOf(tokens.id_token)).toMatchObject({ preferred_username: ADELE });
  });

  test('by fetch: from the app’s own address, for each response mode', async () => {
    expect((await emulator.signInByFetch(`${appUrl}/login`, ADELE)).searchParams.get('code')).toBeTruthy();
    const fragment = await emulator.signInByFetch(authorize({ response_mode: 'fragment' }), ADELE);
    expect(fragment.hash).toMatch(/^#code=/);
    const form = await emulator.signInByFetch(
      authorize({ response_mode: 'form_post', state: '<a&"b">' }),
      ADELE,
    );
    expect(form.pathname).toBe('/back');
    expect(form.searchParams.get('state')).toBe('<a&"b">');
    expect(form.searchParams.get('code')).toBeTruthy();
  });

  test('by fetch: an error goes to the app as it would, and a page’s words into the failure', async () => {
    emulator.addFault({ at: 'authorize', fault: { kind: 'authorize-error', error: 'server_error' } });
    expect((await emulator.signInByFetch(authorize(), ADELE)).searchParams.get('error')).toBe('server_error');
    await expect(emulator.signInByFetch(authorize({ client_id: undefined }), ADELE)).rejects.toThrow(
      /AADSTS900144/,
    );
    await expect(emulator.signInByFetch(authorize({ scope: 'User.Read.All' }), ADELE)).rejects.toThrow(
      /admin approval/,
    );
    await expect(emulator.signInByFetch(`${appUrl}/`, ADELE)).rejects.toThrow(/does not lead to the sign-in/);
  });

  test('on a page of a browser: through consent, and back to the app', async () => {
    const page = await browser.newPage();
    await page.goto(`${appUrl}/login`);
    await emulator.signIn(page, ADELE);
    expect(page.url()).toMatch(/\/back\?code=/);
    await page.goto(authorize({ prompt: 'select_account', response_mode: 'form_post' }));
    await emulator.signIn(page, 'nia.okafor@contoso.example');
    expect(page.url()).toBe(`${appUrl}/back`);
    await page.close();
  });

  test('on a page of a browser: the session there sends it straight back, or somebody else', async () => {
    const page = await browser.newPage();
    await page.goto(`${appUrl}/login`);
    await emulator.signIn(page, ADELE);
    await page.goto(`${appUrl}/login`);
    await emulator.signIn(page, ADELE);
    expect(page.url()).toMatch(/\/back\?code=/);
    await page.goto(`${appUrl}/login`);
    await expect(emulator.signIn(page, 'nia.okafor@contoso.example')).rejects.toThrow(
      /adele.vance@contoso.example is signed in in this browser, and came straight back/,
    );
    await page.close();
  });

  test('on a page of a browser: where there is no way, it says what the page shows', async () => {
    const page = await browser.newPage();
    await page.goto(authorize());
    await expect(emulator.signIn(page, 'nobody@contoso.example')).rejects.toThrow(
      /nobody@contoso.example cannot sign in here. It shows: Choose an account/,
    );
    await page.goto(authorize({ scope: 'User.Read.All' }));
    await expect(emulator.signIn(page, ADELE)).rejects.toThrow(/Need admin approval/);
    await page.close();
  });
});
