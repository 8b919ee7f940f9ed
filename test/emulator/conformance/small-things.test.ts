import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Emulator } from '../../../src/emulator/index.ts';
import { openEmulator } from '../../support/emulator.ts';
import { makeCertificate } from '../client-process.ts';
import {
  ADELE,
  authorizeUrl,
  CLIENT_ID,
  CONTOSO,
  claimsOf,
  codeFields,
  graph,
  postToken,
  SECRET,
  signIn,
  tokensOf,
} from '../stage.ts';
import { ask, json, redirected, visitor } from '../visitor.ts';

const HOSTS = [
  'login.microsoftonline.com',
  'login.windows.net',
  'login.microsoft.com',
  'sts.windows.net',
  'westus2.login.microsoft.com',
  'eastus.login.microsoftonline.com',
];
const OTHERS = [
  ['login.chinacloudapi.cn', 'login.partner.microsoftonline.cn'],
  ['login.usgovcloudapi.net', 'login.microsoftonline.us'],
  ['usgovvirginia.login.microsoftonline.us', 'login.microsoftonline.us'],
  ['own.example', 'own.example'],
  ['login.own.example', 'login.own.example'],
] as const;

let nowMs = Date.now();
let emulator: Emulator;
beforeAll(async () => {
  const allowedHosts = [...HOSTS, ...OTHERS.map(([host]) => host)];
  emulator = await openEmulator({ now: () => nowMs, allowedHosts, tokenVersion: 2 });
});
beforeEach(() => emulator.reset());
afterAll(() => emulator.close());

describe('userinfo [ED userinfo.md]', () => {
  const PROFILE = { name: 'Adele Vance', given_name: 'Adele', family_name: 'Vance' };
  const info = async (scope: string, method = 'GET') => {
    const { access_token: token } = await tokensOf(emulator, ADELE, { scope });
    const headers = { authorization: `Bearer ${token}` };
    return ask(`${emulator.baseUrl}/oidc/userinfo`, { method, headers });
  };

  test.each(['GET', 'POST'])('all of it by %s, with a picture that is there', async (method) => {
    const claims = json(await info('openid profile email User.Read', method));
    const picture = `${emulator.baseUrl}/v1.0/me/photo/$value`;
    expect(claims).toEqual({ sub: expect.any(String), ...PROFILE, picture, email: ADELE });
    const { access_token: token } = await tokensOf(emulator, ADELE, { scope: 'openid profile User.Read' });
    const path = new URL(picture).pathname.replace('/v1.0', '');
    expect((await graph(emulator, path, token)).headers['content-type']).toBe('image/jpeg');
  });

  test.each([
    ['openid User.Read', []],
    ['openid profile User.Read', ['name', 'family_name', 'given_name', 'picture']],
    ['openid email User.Read', ['email']],
  ])('%s allows %j besides the subject', async (scope, names) => {
    expect(Object.keys(json(await info(scope))).sort()).toEqual(['sub', ...names].sort());
  });

  test('403 without openid, 401 without a token', async () => {
    expect((await info('User.Read')).status).toBe(403);
    expect((await ask(`${emulator.baseUrl}/oidc/userinfo`)).status).toBe(401);
  });

  test('of version 1.0 takes tokens of the old directory API, which nobody else does', async () => {
    const app = { client_id: CLIENT_ID, grant_type: 'password', username: ADELE, password: 'any' };
    const seen = await visitor().post(`${emulator.baseUrl}/${CONTOSO}/oauth2/token`, app);
    const headers = { authorization: `Bearer ${json(seen).access_token}` };
    const first = await ask(`${emulator.baseUrl}/${CONTOSO}/openid/userinfo`, { headers });
    expect(json(first)).toMatchObject({ ...PROFILE, email: ADELE });
    expect((await ask(`${emulator.baseUrl}/oidc/userinfo`, { headers })).status).toBe(401);
  });
});

describe('K4: the issuer does not depend on the alias or the region that was asked', () => {
  const app = { grant_type: 'client_credentials', client_id: CLIENT_ID, client_secret: SECRET };

  test.each([...HOSTS.map((host) => [host, 'login.microsoftonline.com'] as const), ...OTHERS])(
    '%s: %s',
    async (host, named) => {
      const issuer = `http://${named}/${CONTOSO}/v2.0`;
      const at = (path: string) => ask(emulator.baseUrl + path, { headers: { host } });
      expect(json(await at(`/${CONTOSO}/v2.0/.well-known/openid-configuration`))).toMatchObject({
        issuer,
        token_endpoint: `http://${host}/${CONTOSO}/oauth2/v2.0/token`,
      });
      const { keys } = json(await at('/common/discovery/v2.0/keys')) as { keys: { issuer: string }[] };
      expect(keys[0]?.issuer).toBe(`http://${named}/{tenantid}/v2.0`);
      const seen = await postToken(emulator, { ...app, scope: 'api://any/.default' }, CONTOSO, { host });
      expect(claimsOf(json(seen).access_token).iss).toBe(issuer);
    },
  );
});

describe('max_age [OpenID Connect Core 3.1.2.1]', () => {
  test('a sign-in that is younger does, an older one is asked for again, and auth_time is told', async () => {
    const who = visitor();
    const start = nowMs;
    await signIn(emulator, ADELE, {}, who);
    nowMs += 61_000;
    const younger = await who.get(authorizeUrl(emulator, { max_age: '62' }));
    const fields = codeFields(redirected(younger).get('code') ?? '');
    const { id_token: token } = json(await postToken(emulator, fields));
    expect(claimsOf(token).auth_time).toBe(Math.floor(start / 1000));
    const older = authorizeUrl(emulator, { max_age: '60' });
    expect((await who.get(older)).text).toContain('Choose an account');
    const again = codeFields(
      redirected(await signIn(emulator, ADELE, { max_age: '60' }, who)).get('code') ?? '',
    );
    const later = json(await postToken(emulator, again));
    expect(claimsOf(later.id_token).auth_time).toBe(Math.floor(nowMs / 1000));
  });

  test('0 always asks; with prompt=none it is login_required', async () => {
    const who = visitor();
    await signIn(emulator, ADELE, {}, who);
    expect((await who.get(authorizeUrl(emulator, { max_age: '0' }))).text).toContain('Choose an account');
    const silent = redirected(await who.get(authorizeUrl(emulator, { max_age: '0', prompt: 'none' })));
    expect(silent.get('error')).toBe('login_required');
  });

  test.each(['-1', '1.5', 'soon', '9999999999'])('%s is refused', async (age) => {
    const back = redirected(await visitor().get(authorizeUrl(emulator, { max_age: age })));
    expect(back.get('error_description')).toContain("'max_age'");
  });
});

describe('silent sign-in in another site’s frame [RFC 6265bis; MSAL.js ssoSilent]', () => {
  test('the session’s cookie goes to other sites over https only, and ends with the same rules', async () => {
    const tls = makeCertificate();
    const secure = await openEmulator({ tls });
    try {
      const rules = async (at: Emulator, who = visitor(at === secure ? tls.cert : undefined)) => {
        const back = await signIn(at, ADELE, {}, who);
        const left = await who.get(`${at.baseUrl}/common/oauth2/v2.0/logout`);
        return [back, left].map(({ headers }) => headers['set-cookie']);
      };
      expect(await rules(secure)).toEqual([
        expect.stringMatching(/; Path=\/; HttpOnly; SameSite=None; Secure$/),
        expect.stringMatching(/; Path=\/; HttpOnly; SameSite=None; Secure; Max-Age=0$/),
      ]);
      expect(await rules(emulator)).toEqual([
        expect.stringMatching(/; Path=\/; HttpOnly; SameSite=Lax$/),
        expect.stringMatching(/; Path=\/; HttpOnly; SameSite=Lax; Max-Age=0$/),
      ]);
    } finally {
      await secure.close();
    }
  });

  test('`sid` means this session or nobody', async () => {
    const who = visitor();
    const { searchParams } = new URL((await signIn(emulator, ADELE, {}, who)).headers.location ?? '');
    const silent = async (sid: string) =>
      redirected(await who.get(authorizeUrl(emulator, { prompt: 'none', sid })));
    expect((await silent(searchParams.get('session_state') ?? '')).has('code')).toBe(true);
    expect((await silent('another')).get('error')).toBe('login_required');
  });
});
