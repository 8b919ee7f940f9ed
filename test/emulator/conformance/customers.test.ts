import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { type Emulator, readSeed } from '../../../src/emulator/index.ts';
import { openEmulator } from '../../support/emulator.ts';
import {
  ADELE,
  authorizeUrl,
  CLIENT_ID,
  CONTOSO,
  claimsOf,
  codeFields,
  REDIRECT_URI,
  SECRET,
  VERIFIER,
} from '../stage.ts';
import { ask, formAction, json, redirected, type Seen, visitor } from '../visitor.ts';

// I of the wire reference: External ID and the user flows of B2C.

const API = '7b2c7d3e-2b1a-4c9d-8e7f-000000000001';
const APP = '7b2c7d3e-2b1a-4c9d-8e7f-000000000002';
const seed = readSeed({
  registrations: [
    { clientId: API, identifierUris: ['https://contoso.onmicrosoft.com/tasks'], scopes: ['read', 'write'] },
    { clientId: APP, redirectUris: [REDIRECT_URI], secrets: [{ value: SECRET }] },
  ],
});

let emulator: Emulator;
let strict: Emulator;
beforeAll(async () => {
  const allowedHosts = ['contoso.ciamlogin.com', `${CONTOSO}.ciamlogin.com`, 'contoso.b2clogin.com'];
  emulator = await openEmulator({ allowedHosts });
  strict = await openEmulator({ seed });
});
beforeEach(() => {
  emulator.reset();
  strict.reset();
});
afterAll(() => Promise.all([emulator, strict].map((one) => one.close())));

const at = async (path: string, host?: string) =>
  json(await ask(emulator.baseUrl + path, host === undefined ? {} : { headers: { host } }));

describe('I: External ID [EXP; published documents]', () => {
  test.each([
    ['contoso.ciamlogin.com', 'contoso.onmicrosoft.com'],
    ['contoso.ciamlogin.com', CONTOSO],
    [`${CONTOSO}.ciamlogin.com`, CONTOSO],
    ['contoso.ciamlogin.localhost:5001', 'contoso.onmicrosoft.com'],
  ])('at %s/%s the issuer is at the tenant id’s host, the endpoints stay', async (host, segment) => {
    const [, domain = '', port = ''] = /\.(ciamlogin\.\w+)(:\d+)?$/.exec(host) ?? [];
    const issuer = `http://${CONTOSO}.${domain}${port}/${CONTOSO}/v2.0`;
    expect(await at(`/${segment}/v2.0/.well-known/openid-configuration`, host)).toMatchObject({
      issuer,
      authorization_endpoint: `http://${host}/${CONTOSO}/oauth2/v2.0/authorize`,
      token_endpoint: `http://${host}/${CONTOSO}/oauth2/v2.0/token`,
    });
  });

  test('a sign-in there gives an ID token of that issuer, and an access token', async () => {
    const host = 'contoso.ciamlogin.com';
    const path = '/contoso.onmicrosoft.com/oauth2/v2.0';
    const url = new URL(
      authorizeUrl(emulator, { scope: 'openid profile User.Read' }, 'contoso.onmicrosoft.com'),
    );
    const who = visitor();
    const picker = await who.get(url.href, { host });
    const here = (seen: Seen) =>
      emulator.baseUrl +
      new URL(formAction(seen, emulator.baseUrl)).pathname +
      new URL(formAction(seen, emulator.baseUrl)).search;
    const consent = await who.post(here(picker), { account: ADELE }, { host });
    const back = redirected(await who.post(here(consent), { account: ADELE, decision: 'accept' }, { host }));
    const answer = await who.post(`${emulator.baseUrl}${path}/token`, codeFields(back.get('code') ?? ''), {
      host,
    });
    expect(claimsOf(json(answer).id_token)).toMatchObject({
      iss: `http://${CONTOSO}.ciamlogin.com/${CONTOSO}/v2.0`,
      tid: CONTOSO,
      ver: '2.0',
    });
  });

  test('a tenant’s first domain is good everywhere', async () => {
    const document = await at('/fabrikam.onmicrosoft.com/v2.0/.well-known/openid-configuration');
    expect(document.issuer).toBe(`${emulator.baseUrl}/b2d1c6f3-8e45-4a7b-8c9f-1d3e5f7a9b21/v2.0`);
    const seen = await ask(
      `${emulator.baseUrl}/nobody.onmicrosoft.com/v2.0/.well-known/openid-configuration`,
    );
    expect(json(seen).error_codes).toEqual([90002]);
  });
});

const FLOW = '/contoso.onmicrosoft.com/b2c_1_susi';

/** A sign-in at a user flow, up to the picker's answer. */
async function flow(
  at: Emulator,
  answer: Record<string, string>,
  changes: Record<string, string> = {},
  path = FLOW,
  who = visitor(),
): Promise<URLSearchParams> {
  const asked = {
    ...{
      client_id: at === strict ? APP : CLIENT_ID,
      response_type: 'code',
      redirect_uri: REDIRECT_URI,
      state: 's',
    },
    ...{ scope: 'openid offline_access', nonce: 'n', code_challenge: VERIFIER, client_info: '1' },
  };
  const query = new URLSearchParams({ ...asked, ...changes });
  const first = await who.get(`${at.baseUrl}${path}/oauth2/v2.0/authorize?${query}`);
  const seen = first.status === 302 ? first : await who.post(formAction(first, at.baseUrl), answer);
  return redirected(seen);
}

const redeem = async (at: Emulator, code: string, path = FLOW, more: Record<string, string> = {}) =>
  json(
    await visitor().post(`${at.baseUrl}${path}/oauth2/v2.0/token`, {
      ...codeFields(code),
      ...{ client_id: at === strict ? APP : CLIENT_ID },
      ...more,
    }),
  );

describe('I: user flows of B2C [MJ; DN; azure-docs active-directory-b2c]', () => {
  test.each([
    ['a path', FLOW, ''],
    ['a path with tfp', `/tfp${FLOW}`, ''],
    ['a tenant id', `/${CONTOSO}/B2C_1A_custom`, ''],
    ['a custom policy', '/contoso.onmicrosoft.com/b2c_1a_signin', ''],
  ])('%s has a document whose endpoints keep it, and an issuer with a slash', async (_what, path) => {
    const document = await at(`${path}/v2.0/.well-known/openid-configuration`, 'contoso.b2clogin.com');
    const base = `http://contoso.b2clogin.com${path}`;
    expect(document).toMatchObject({
      issuer: `http://contoso.b2clogin.com/${CONTOSO}/v2.0/`,
      authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
      token_endpoint: `${base}/oauth2/v2.0/token`,
      end_session_endpoint: `${base}/oauth2/v2.0/logout`,
      jwks_uri: `${base}/discovery/v2.0/keys`,
    });
    expect(await at(`${path}/discovery/v2.0/keys`)).toHaveProperty('keys');
  });

  test('the parameter p names a flow too', async () => {
    const path = '/contoso.onmicrosoft.com/v2.0/.well-known/openid-configuration?p=b2c_1_susi';
    expect((await at(path)).token_endpoint).toBe(`${emulator.baseUrl}${FLOW}/oauth2/v2.0/token`);
    const back = await flow(emulator, { account: ADELE }, { p: 'b2c_1_susi' }, '/contoso.onmicrosoft.com');
    expect(claimsOf((await redeem(emulator, back.get('code') ?? '')).id_token).tfp).toBe('B2C_1_susi');
  });

  test.each([
    '/contoso.onmicrosoft.com/elsewhere',
    '/contoso.onmicrosoft.com/b2c_2_x',
    '/contoso.onmicrosoft.com/b2c_1_',
  ])('%s is no user flow', async (path) => {
    expect((await ask(`${emulator.baseUrl}${path}/oauth2/v2.0/authorize`)).status).toBe(404);
    expect((await ask(`${emulator.baseUrl}${path}/v2.0/.well-known/openid-configuration`)).status).toBe(404);
  });

  test('a sign-in without consent: an ID token of the flow that verifies, no access token for nothing', async () => {
    const back = await flow(emulator, { account: ADELE });
    const body = await redeem(emulator, back.get('code') ?? '');
    expect(body).toMatchObject({
      ...{ token_type: 'Bearer', not_before: expect.any(Number), id_token_expires_in: 3600 },
      ...{
        refresh_token: expect.any(String),
        refresh_token_expires_in: 1_209_600,
        profile_info: expect.any(String),
      },
    });
    expect(body).not.toHaveProperty('access_token');
    const keys = createRemoteJWKSet(new URL(`${emulator.baseUrl}${FLOW}/discovery/v2.0/keys`));
    const issuer = `${emulator.baseUrl}/${CONTOSO}/v2.0/`;
    const { payload } = await jwtVerify(String(body.id_token), keys, { issuer, audience: CLIENT_ID });
    expect(payload).toMatchObject({
      ...{ tfp: 'B2C_1_susi', emails: [ADELE], name: 'Adele Vance', ver: '1.0', nonce: 'n' },
      ...{ sub: expect.any(String), auth_time: expect.any(Number) },
    });
    for (const absent of ['preferred_username', 'tid', 'oid']) expect(payload).not.toHaveProperty(absent);
    const { uid, utid } = JSON.parse(Buffer.from(String(body.client_info), 'base64url').toString());
    expect({ uid, utid }).toEqual({ uid: `${payload.sub}-b2c_1_susi`, utid: CONTOSO });
  });

  test('an API’s scopes, and the app itself by its client id', async () => {
    const scope = 'openid offline_access https://contoso.onmicrosoft.com/tasks/read';
    const back = await flow(strict, { account: ADELE }, { scope });
    const body = await redeem(strict, back.get('code') ?? '', FLOW, { scope });
    expect(body).toMatchObject({
      scope: 'https://contoso.onmicrosoft.com/tasks/read',
      expires_in: 3600,
      resource: API,
    });
    expect(claimsOf(body.access_token)).toMatchObject({ aud: API, azp: APP, scp: 'read', tfp: 'B2C_1_susi' });
    const refresh = { grant_type: 'refresh_token', refresh_token: String(body.refresh_token), code: '' };
    expect(claimsOf((await redeem(strict, '', FLOW, { ...refresh, scope })).access_token).scp).toBe('read');
    const own = `openid ${APP}`;
    const code = (await flow(strict, { account: ADELE }, { scope: own })).get('code') ?? '';
    expect(await redeem(strict, code, FLOW, { scope: own })).toMatchObject({ scope: APP, resource: APP });
  });

  test.each([
    ['cancel', 'access_denied', 'AADB2C90091: The user has cancelled entering self-asserted information.'],
    ['forgot', 'access_denied', 'AADB2C90118: The user has forgotten their password.'],
  ])('%s: the app is told so', async (decision, error, text) => {
    const back = await flow(emulator, { decision });
    expect([...back.keys()]).toEqual(['error', 'error_description', 'state']);
    expect({ error: back.get('error'), state: back.get('state') }).toEqual({ error, state: 's' });
    expect(back.get('error_description')).toMatch(
      new RegExp(
        `^${text}\\r\\nCorrelation ID: [0-9a-f-]{36}\\r\\nTimestamp: \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\dZ\\r\\n$`,
      ),
    );
  });

  test.each<[string, string, Record<string, string>, string, string]>([
    [
      'secret',
      'a wrong one',
      { client_secret: 'wrong' },
      'invalid_client',
      '90081: The specified client_secret',
    ],
    ['secret', 'none', { client_secret: '' }, 'invalid_request', '90079: Clients must send a client_secret'],
    [
      'client',
      'nobody’s',
      { client_id: CONTOSO },
      'unauthorized_client',
      `90018: The client ID '${CONTOSO}'`,
    ],
    [
      'redirect URI',
      'another',
      { redirect_uri: 'http://localhost/x' },
      'redirect_uri_mismatch',
      '90006: The redirect',
    ],
    [
      'grant',
      'a wrong verifier',
      { code_verifier: 'a'.repeat(43) },
      'invalid_grant',
      '90182: The supplied code',
    ],
    [
      'grant',
      'an unknown kind',
      { grant_type: 'x' },
      'unsupported_grant_type',
      '90086: The supplied grant_type [x]',
    ],
    [
      'request',
      'no code',
      { code: '' },
      'invalid_request',
      '90083: The request is missing required parameter: code.',
    ],
  ])('the token endpoint refuses a %s (%s) in words of B2C', async (_what, _how, changes, error, text) => {
    const code =
      (await flow(strict, { account: ADELE }, { code_challenge: 'a'.repeat(44) })).get('code') ?? '';
    const body = await redeem(strict, code, FLOW, changes);
    expect(Object.keys(body)).toEqual(['error', 'error_description']);
    expect(body.error).toBe(error);
    expect(body.error_description).toMatch(
      /^AADB2C\d+: [^\r]+\r\nCorrelation ID: \S+\r\nTimestamp: \S+ \S+Z\r\n$/,
    );
    expect(String(body.error_description)).toContain(`AADB2C${text}`);
  });

  test('an expired code, revoked sessions, and a code of another flow', async () => {
    const code = async () => (await flow(strict, { account: ADELE })).get('code') ?? '';
    const [late, other] = [await code(), await code()];
    expect(await redeem(strict, other, FLOW.replace('susi', 'edit'))).toMatchObject({
      error: 'invalid_grant',
      error_description: expect.stringContaining(
        'AADB2C90088: The provided grant has not been issued for this endpoint. Actual Value : b2c_1_susi and Expected Value : b2c_1_edit',
      ),
    });
    strict.clock.advance({ minutes: 11 });
    expect(await redeem(strict, late)).toMatchObject({
      error: 'invalid_grant',
      error_description: expect.stringMatching(
        /^AADB2C90080: .* Current time: \d{10}, Grant issued time: \d{10}, Grant expiration time: \d{10}\r\n/,
      ),
    });
    const refresh = String((await redeem(strict, await code())).refresh_token);
    await ask(`${strict.baseUrl}/_emulator/revoke`, { method: 'POST' }, JSON.stringify({ username: ADELE }));
    expect(
      await redeem(strict, '', FLOW, { grant_type: 'refresh_token', refresh_token: refresh }),
    ).toMatchObject({
      error: 'invalid_grant',
      error_description: expect.stringMatching(/^AADB2C90129: /),
    });
  });

  test.each<[Record<string, string>, string, string]>([
    [
      { scope: 'openid https://contoso.onmicrosoft.com/tasks/no' },
      'invalid_request',
      "90117: The scope 'https://contoso.onmicrosoft.com/tasks/no' provided",
    ],
    [
      { scope: 'openid https://contoso.onmicrosoft.com/no/read' },
      'invalid_request',
      "90117: The scope 'https://contoso.onmicrosoft.com/no/read' provided",
    ],
    [{ scope: '' }, 'invalid_request', '90010: The request does not contain a scope'],
    [{ response_type: 'cod' }, 'unsupported_response_type', "90013: The requested response type 'cod'"],
    [{ response_mode: 'x' }, 'unsupported_response_mode', "90014: The requested response mode 'x'"],
    [{ prompt: 'x' }, 'invalid_request', '90043: The prompt included'],
    [
      { response_type: 'id_token' },
      'unauthorized_client',
      '90057: The provided application is not configured',
    ],
  ])('%j: the app is told in words of B2C', async (changes, error, text) => {
    const back = await flow(strict, {}, changes);
    expect([back.get('error'), back.get('state')]).toEqual([error, 's']);
    expect(back.get('error_description')).toMatch(`AADB2C${text}`);
    expect(back.has('error_uri')).toBe(false);
  });

  test.each([
    [
      { client_id: CONTOSO },
      `AADB2C90018: The client ID '${CONTOSO}' specified in the request is not registered`,
    ],
    [{ redirect_uri: 'http://localhost/x' }, "AADB2C90006: The redirect URI 'http://localhost/x' provided"],
    [{ client_id: '' }, 'AADB2C90008: The request does not contain a client ID parameter.'],
  ])('%j: the page says it in words of B2C, and the app hears nothing', async (changes, text) => {
    const query = new URLSearchParams({
      client_id: APP,
      redirect_uri: REDIRECT_URI,
      response_type: 'code',
      ...changes,
    });
    const seen = await ask(`${strict.baseUrl}${FLOW}/oauth2/v2.0/authorize?${query}`);
    expect(seen.headers.location).toBeUndefined();
    expect(seen.text.replaceAll('&#39;', "'")).toContain(text);
    expect(seen.text).not.toContain('AADSTS');
  });

  test('the picker has a button for a forgotten password there, and nowhere else', async () => {
    const { text } = await ask(`${authorizeUrl(emulator).replace('/common/', `${FLOW}/`)}`);
    expect(text).toContain('Forgot your password?');
    expect((await ask(authorizeUrl(emulator))).text).not.toContain('Forgot your password?');
  });

  test('prompt=none without a session: AADB2C90077; with one, a code', async () => {
    const who = visitor();
    const silent = await flow(emulator, {}, { prompt: 'none' }, FLOW, who);
    expect(silent.get('error')).toBe('interaction_required');
    expect(silent.get('error_description')).toMatch(/^AADB2C90077: /);
    await flow(emulator, { account: ADELE }, {}, FLOW, who);
    expect((await flow(emulator, {}, { prompt: 'none' }, FLOW, who)).has('code')).toBe(true);
  });

  test('another flow, such as one that resets a password, is a sign-in too; signing out works', async () => {
    const path = '/contoso.onmicrosoft.com/B2C_1_reset';
    const back = await flow(emulator, { account: ADELE }, {}, path);
    expect(claimsOf((await redeem(emulator, back.get('code') ?? '', path)).id_token).tfp).toBe('B2C_1_reset');
    const target = encodeURIComponent(REDIRECT_URI);
    const out = await ask(`${emulator.baseUrl}${FLOW}/oauth2/v2.0/logout?post_logout_redirect_uri=${target}`);
    expect(out.headers.location).toBe(REDIRECT_URI);
  });
});
