import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Emulator } from '../../../src/emulator/index.ts';
import { openEmulator } from '../../support/emulator.ts';
import {
  ADELE,
  authorizeUrl,
  CLIENT_ID,
  CONTOSO,
  claimsOf,
  codeFields,
  postToken,
  SECRET,
  signIn,
  tokensOf,
} from '../stage.ts';
import { ask, json, redirected, visitor } from '../visitor.ts';
import { GUID, JONAS, NIA, PERSONAL, SAM, STRICT, strictStage } from './strict.ts';

// Each test names the row of the wire reference that it asserts, and that row's source.

let emulator: Emulator;
let strict: Emulator;
beforeAll(async () => {
  emulator = await openEmulator();
  strict = await strictStage();
});
beforeEach(() => {
  emulator.reset();
  strict.reset();
});
afterAll(async () => {
  await emulator.close();
  await strict.close();
});

/** What a personal account's client_info says besides (DN TestConstants.MsaRawClientInfo). */
const PERSONAL_INFO = {
  ver: '1.0',
  sub: expect.stringMatching(/^A{21}/),
  name: 'Sam Rivera',
  preferred_username: SAM,
  oid: expect.stringMatching(/^00000000-0000-0000-/),
  tid: PERSONAL,
  home_oid: expect.stringMatching(/^00000000-0000-0000-/),
};

describe('C. token', () => {
  test('C [ED reference-error-codes.md]: GET is 900561', async () => {
    const seen = await ask(`${emulator.baseUrl}/common/oauth2/v2.0/token`);
    expect(json(seen).error_codes).toEqual([900561]);
  });

  test('C3 [ED v2-oauth2-auth-code-flow.md]: the secret in the body or by HTTP Basic', async () => {
    const code = redirected(await signIn(strict, ADELE, { client_id: STRICT.workOnly })).get('code') ?? '';
    const { client_secret: _secret, client_id: _id, ...fields } = codeFields(code);
    const basic = (secret: string) => ({
      authorization: `Basic ${Buffer.from(`${STRICT.workOnly}:${secret}`).toString('base64')}`,
    });
    expect((await postToken(strict, fields, 'common', basic('wrong'))).status).toBe(401);
    expect((await postToken(strict, fields, 'common', basic('right'))).status).toBe(200);
  });

  test('C4 [NOCK]: the headers', async () => {
    expect((await postToken(emulator, {})).headers).toMatchObject({
      'cache-control': 'no-store, no-cache',
      pragma: 'no-cache',
      expires: '-1',
      'content-type': 'application/json; charset=utf-8',
      'x-content-type-options': 'nosniff',
      'x-ms-request-id': expect.stringMatching(GUID),
      'x-ms-clitelem': '1,0,0,,',
    });
  });

  test('C5 [ED; MJ fixtures]: the members of a user answer', async () => {
    expect(Object.keys(await tokensOf(emulator)).sort()).toEqual(
      'access_token client_info expires_in ext_expires_in id_token refresh_token scope token_type'.split(' '),
    );
    const bare = await tokensOf(emulator, ADELE, { scope: 'User.Read' });
    expect(Object.keys(bare)).not.toEqual(expect.arrayContaining(['id_token']));
    expect(bare).not.toHaveProperty('refresh_token');
  });

  test('C5 [NOCK; ED client-creds]: the members of an app-only answer, exactly', async () => {
    const fields = { grant_type: 'client_credentials', client_id: CLIENT_ID, client_secret: SECRET };
    const scope = 'https://graph.microsoft.com/.default';
    const answer = json(await postToken(emulator, { ...fields, scope }, CONTOSO));
    expect(Object.keys(answer)).toEqual(['token_type', 'expires_in', 'ext_expires_in', 'access_token']);
    expect(answer.expires_in).toBe(3599);
  });

  test('C5 [ED access-tokens.md]: 60 to 90 minutes', async () => {
    const { expires_in: seconds } = await tokensOf(emulator);
    expect(seconds).toBeGreaterThanOrEqual(3599);
    expect(seconds).toBeLessThanOrEqual(5400);
  });

  test.each([
    ['user.read openid profile offline_access', /^User\.Read profile openid email$/],
    [
      'https://graph.microsoft.com/User.Read openid',
      /^https:\/\/graph\.microsoft\.com\/User\.Read profile openid email$/,
    ],
    ['https://graph.microsoft.com/.default openid', /https:\/\/graph\.microsoft\.com\/\.default/],
  ])('C5 scope echo [ED v2-oauth2-device-code.md; NOCK 3578916716]: %s', async (scope, echo) => {
    expect((await tokensOf(emulator, ADELE, { scope })).scope).toMatch(echo);
  });

  test('C5 [NOCK]: everything consented to comes back, not only what was asked', async () => {
    await tokensOf(emulator, ADELE, { scope: 'Mail.Read openid' });
    expect((await tokensOf(emulator, ADELE, { scope: 'User.Read openid' })).scope).toMatch(
      /Mail\.Read.*User\.Read/,
    );
  });

  test.each([
    [ADELE, CONTOSO, /^[0-9a-f-]{36}$/],
    [SAM, '9188040d-6c67-4c5b-b112-36a304b66dad', /^00000000-0000-0000-/],
    [JONAS, 'c3e2d7a4-9f56-4b8c-9da0-2e4f6a8bac32', /^[0-9a-f-]{36}$/],
  ])('C5 client_info [MC account/ClientInfo.ts]: %s has its home tenant', async (username, utid, uid) => {
    const { client_info: info } = await tokensOf(emulator, username);
    expect(String(info)).not.toContain('=');
    expect(JSON.parse(Buffer.from(String(info), 'base64url').toString())).toEqual({
      uid: expect.stringMatching(uid),
      utid,
      ...(username === SAM ? PERSONAL_INFO : {}),
    });
  });

  test('C5 id_token [ED id-token-claims-reference.md; MJ fixture]: header and claims of a work account', async () => {
    const { id_token: token } = await tokensOf(emulator, ADELE, { nonce: undefined });
    const header = JSON.parse(Buffer.from(String(token).split('.')[0] ?? '', 'base64url').toString());
    expect(Object.keys(header).sort()).toEqual(['alg', 'kid', 'typ']);
    const claims = claimsOf(token);
    expect(claims).toMatchObject({
      ver: '2.0',
      aud: CLIENT_ID,
      iss: `${emulator.baseUrl}/${CONTOSO}/v2.0`,
      sub: expect.stringMatching(/^[\w-]{43}$/),
      nbf: claims.iat,
      exp: Number(claims.iat) + 3900,
    });
    for (const absent of ['nonce', 'email', 'idp', 'login_hint', 'auth_time'])
      expect(claims).not.toHaveProperty(absent);
  });

  test('C5 id_token [ED]: sub differs per app, and oid needs the profile scope', async () => {
    const one = claimsOf((await tokensOf(emulator)).id_token);
    const other = redirected(await signIn(emulator, ADELE, { client_id: STRICT.single, scope: 'openid' }));
    const fields = { ...codeFields(other.get('code') ?? ''), client_id: STRICT.single };
    const two = claimsOf(json(await postToken(emulator, fields)).id_token);
    expect(two.sub).not.toBe(one.sub);
    expect(two).not.toHaveProperty('oid');
    expect(two).not.toHaveProperty('name');
  });

  test('C5 id_token: the personal shape [TEST_MSA], the guest with idp and email', async () => {
    expect(claimsOf((await tokensOf(emulator, SAM)).id_token)).toMatchObject({
      tid: '9188040d-6c67-4c5b-b112-36a304b66dad',
      sub: expect.stringMatching(/^A{21}/),
      oid: expect.stringMatching(/^00000000-0000-0000-/),
    });
    expect(claimsOf((await tokensOf(emulator, JONAS)).id_token)).toMatchObject({
      tid: CONTOSO,
      idp: 'https://sts.windows.net/c3e2d7a4-9f56-4b8c-9da0-2e4f6a8bac32/',
      email: JONAS,
    });
  });

  test('C5 [EXP]: login_hint comes when the claims parameter asks, and logout takes it back (D)', async () => {
    const claims = JSON.stringify({ id_token: { login_hint: { essential: false } } });
    const who = visitor();
    const back = redirected(await signIn(emulator, ADELE, { claims }, who));
    await signIn(emulator, NIA, { prompt: 'select_account' }, who);
    const { id_token: token } = json(await postToken(emulator, codeFields(back.get('code') ?? '')));
    const hint = encodeURIComponent(String(claimsOf(token).login_hint));
    const logout = `${emulator.baseUrl}/common/oauth2/v2.0/logout`;
    expect((await who.get(logout)).text).toContain('Which account do you want to sign out of?');
    expect((await who.get(`${logout}?logout_hint=${hint}`)).text).toContain('You signed out');
    const still = redirected(await who.get(authorizeUrl(emulator, { prompt: 'none', login_hint: NIA })));
    expect(still.get('code')).toBeTruthy();
  });

  test('C5 access token [Q&A 1856466]: a v1 JWT for Graph with scp, appid and a header nonce', async () => {
    const { access_token: token } = await tokensOf(emulator);
    const header = JSON.parse(Buffer.from(String(token).split('.')[0] ?? '', 'base64url').toString());
    expect(header).toHaveProperty('nonce');
    expect(claimsOf(token)).toMatchObject({
      aud: '00000003-0000-0000-c000-000000000000',
      iss: `https://sts.windows.net/${CONTOSO}/`,
      scp: expect.stringContaining('User.ReadBasic.All'),
      appid: CLIENT_ID,
      tid: CONTOSO,
    });
  });

  const strictSecret = { client_id: STRICT.workOnly, client_secret: 'right' };
  test.each([
    [
      '7000215 [gh M365 agents toolkit#8621]',
      { ...strictSecret, client_secret: 'wrong', grant_type: 'authorization_code' },
      401,
      'invalid_client',
      7000215,
    ],
    [
      '7000218 [gh secureworks/TokenMan#1]',
      { client_id: STRICT.workOnly, grant_type: 'authorization_code' },
      401,
      'invalid_client',
      7000218,
    ],
    [
      '7000222 [gh botframework-sdk#6221]',
      { client_id: STRICT.expired, client_secret: 'old', grant_type: 'authorization_code' },
      401,
      'invalid_client',
      7000222,
    ],
    [
      '700016 [gh vipps#183]',
      { client_id: '0f0c7d3e-2b1a-4c9d-8e7f-6a5b4c3d2e1f', grant_type: 'authorization_code' },
      400,
      'unauthorized_client',
      700016,
    ],
    ['900144 [gh laravel-azure-middleware#49]', strictSecret, 400, 'invalid_request', 900144],
    ['70003 [ED]', { ...strictSecret, grant_type: 'magic' }, 400, 'unsupported_grant_type', 70003],
    [
      '9002313 [MJ BAD_TOKEN_ERROR_RESPONSE]',
      { ...strictSecret, grant_type: 'refresh_token', refresh_token: 'junk' },
      400,
      'invalid_grant',
      9002313,
    ],
    [
      '90010 [ED]',
      { ...strictSecret, grant_type: 'client_credentials', scope: 'https://graph.microsoft.com/.default' },
      400,
      'invalid_request',
      90010,
    ],
  ])('C6 %s', async (_row, fields, status, error, code) => {
    const seen = await postToken(strict, fields);
    expect(seen.status).toBe(status);
    expect(json(seen)).toEqual({
      error,
      error_description: expect.stringMatching(
        new RegExp(`^AADSTS${code}: .+ Trace ID: .+ Correlation ID: .+ Timestamp: .+Z$`),
      ),
      error_codes: [code],
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ$/),
      trace_id: seen.headers['x-ms-request-id'],
      correlation_id: expect.stringMatching(GUID),
      ...(code === 70003 ? {} : { error_uri: `https://login.microsoftonline.com/error?code=${code}` }),
      ...(code === 9002313 ? { suberror: 'bad_token' } : {}),
    });
  });

  test('C6 700025 [gh azure-docs#96567]: a public client with a secret', async () => {
    const fields = { client_id: STRICT.public, client_secret: 'x', grant_type: 'authorization_code' };
    expect(json(await postToken(strict, fields))).toMatchObject({
      error: 'invalid_client',
      error_codes: [700025],
    });
  });

  test('C6 7000216 [gh azure-docs#30777]: the app grant without a credential', async () => {
    const fields = { client_id: STRICT.workOnly, grant_type: 'client_credentials', scope: '.default' };
    expect(json(await postToken(strict, fields, CONTOSO))).toMatchObject({
      error: 'invalid_client',
      error_codes: [7000216],
    });
  });

  test('C6 70011 [ED] and 500011 [DN MockHelpers]: a scope that is none, a resource that is nobody’s', async () => {
    const app = { grant_type: 'client_credentials', client_id: CLIENT_ID, client_secret: SECRET };
    const scope = 'https://graph.microsoft.com/User.Read';
    expect(json(await postToken(emulator, { ...app, scope }, CONTOSO))).toMatchObject({
      error: 'invalid_scope',
      error_codes: [70011],
    });
    const elsewhere = { ...app, scope: 'ftp://nobody.example/.default' };
    expect(json(await postToken(emulator, elsewhere, CONTOSO))).toMatchObject({
      error: 'invalid_resource',
      error_codes: [500011],
    });
  });

  test('C6 65001 [gh azure-docs#39189] and 50173 [NOCK 4144670320]: suberrors of a refresh', async () => {
    const { refresh_token: token } = await tokensOf(emulator);
    const fields = { grant_type: 'refresh_token', client_id: CLIENT_ID, refresh_token: String(token) };
    const more = json(await postToken(emulator, { ...fields, scope: 'Mail.Read' }));
    expect(more).toMatchObject({
      error: 'invalid_grant',
      error_codes: [65001],
      suberror: 'consent_required',
    });
    await visitor().post(`${emulator.baseUrl}/_emulator/revoke`, { username: ADELE });
    expect(json(await postToken(emulator, fields))).toMatchObject({
      error_codes: [50173],
      suberror: 'bad_token',
    });
  });
});
