import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Emulator, readSeed } from '../../src/emulator/emulator.ts';
import {
  ADELE,
  authorizeUrl,
  CLIENT_ID,
  CONTOSO,
  claimsOf,
  codeFields,
  finishSignIn,
  graph,
  postToken,
  REDIRECT_URI,
  SECRET,
  signIn,
  stage,
  tokensOf,
} from './stage.ts';
import { ask, formAction, json, redirected, type Seen, visitor } from './visitor.ts';

// Each test names the section of the wire reference whose row it asserts, and that row's source.

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const NIA = 'nia.okafor@contoso.example';
const SAM = 'sam.rivera@mailbox.example';
const PRIYA = 'priya.raman@fabrikam.example';
const JONAS = 'jonas.lindqvist@tailspin.example';
const STRICT = {
  single: '5f0c7d3e-2b1a-4c9d-8e7f-000000000001',
  workOnly: '5f0c7d3e-2b1a-4c9d-8e7f-000000000002',
  noUri: '5f0c7d3e-2b1a-4c9d-8e7f-000000000003',
  expired: '5f0c7d3e-2b1a-4c9d-8e7f-000000000004',
  public: '5f0c7d3e-2b1a-4c9d-8e7f-000000000005',
  assigned: '5f0c7d3e-2b1a-4c9d-8e7f-000000000006',
} as const;

let emulator: Emulator;
let strict: Emulator;
beforeAll(async () => {
  emulator = await stage();
  const base = { redirectUris: [REDIRECT_URI], secrets: [{ value: 'right' }] };
  const registrations = [
    { clientId: STRICT.single, ...base, accountTypes: 'single-tenant' },
    { clientId: STRICT.workOnly, ...base, accountTypes: 'multi-tenant' },
    { clientId: STRICT.noUri, secrets: base.secrets },
    { clientId: STRICT.expired, ...base, secrets: [{ value: 'old', expiresAt: '2020-01-01T00:00:00Z' }] },
    { clientId: STRICT.public, ...base, isPublic: true, secrets: [] },
    { clientId: STRICT.assigned, ...base, assignedTo: [NIA] },
  ];
  strict = await stage({ seed: readSeed({ registrations }) });
});
beforeEach(() => {
  emulator.reset();
  strict.reset();
});
afterAll(async () => {
  await emulator.close();
  await strict.close();
});

const discovery = async (segment: string): Promise<Seen> =>
  ask(`${emulator.baseUrl}/${segment}/v2.0/.well-known/openid-configuration`);

describe('A. metadata', () => {
  test.each(['common', 'organizations'])(
    'A2 [IM; NOCK]: the issuer of %s has literal braces',
    async (segment) => {
      const document = json(await discovery(segment));
      expect(document).toMatchObject({
        issuer: `${emulator.baseUrl}/{tenantid}/v2.0`,
        token_endpoint: `${emulator.baseUrl}/${segment}/oauth2/v2.0/token`,
        tenant_region_scope: null,
      });
    },
  );

  test.each([CONTOSO, 'contoso.example'])(
    'A2 [IM; MC]: %s has the issuer and endpoints of the id',
    async (name) => {
      expect(json(await discovery(name))).toMatchObject({
        issuer: `${emulator.baseUrl}/${CONTOSO}/v2.0`,
        authorization_endpoint: `${emulator.baseUrl}/${CONTOSO}/oauth2/v2.0/authorize`,
      });
    },
  );

  test('A2 [FS:56755351657]: consumers has the issuer of the personal tenant, and endpoints with the word', async () => {
    expect(json(await discovery('consumers'))).toMatchObject({
      issuer: `${emulator.baseUrl}/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0`,
      token_endpoint: `${emulator.baseUrl}/consumers/oauth2/v2.0/token`,
    });
  });

  test('A2 [IM]: the keys of the document, in their order', async () => {
    expect(Object.keys(json(await discovery('common'))).join(' ')).toBe(
      'token_endpoint token_endpoint_auth_methods_supported jwks_uri response_modes_supported subject_types_supported id_token_signing_alg_values_supported response_types_supported scopes_supported issuer request_uri_parameter_supported userinfo_endpoint authorization_endpoint device_authorization_endpoint http_logout_supported frontchannel_logout_supported end_session_endpoint claims_supported kerberos_endpoint tenant_region_scope cloud_instance_name cloud_graph_host_name msgraph_host rbac_url',
    );
  });

  test('A3 [NOCK]: the headers of a discovery answer', async () => {
    expect((await discovery('common')).headers).toMatchObject({
      'cache-control': 'max-age=86400, private',
      'content-type': 'application/json; charset=utf-8',
      'access-control-allow-origin': '*',
      'x-content-type-options': 'nosniff',
      'x-ms-request-id': expect.stringMatching(GUID),
    });
  });

  test.each([
    ['0f0c7d3e-2b1a-4c9d-8e7f-6a5b4c3d2e1f', 'invalid_tenant', 90002],
    ['nobody.example', 'invalid_tenant', 90002],
    ['not_a_tenant', 'invalid_request', 900023],
  ])(
    'A4 [gh mvertopoulos/vue-msal#24; gh microsoft/Analysis-Services#194]: tenant %s',
    async (name, error, code) => {
      const seen = await discovery(name);
      expect(seen.status).toBe(400);
      expect(json(seen)).toMatchObject({ error_codes: [code], ...(code === 90002 ? { error } : {}) });
    },
  );

  test('A5 [NOCK; DN]: instance discovery lists the clouds, and the host it was asked at', async () => {
    const endpoint = encodeURIComponent(`${emulator.baseUrl}/${CONTOSO}/oauth2/v2.0/authorize`);
    const url = `${emulator.baseUrl}/common/discovery/instance?api-version=1.1&authorization_endpoint=${endpoint}`;
    const document = json(await ask(url));
    expect(document).toMatchObject({
      'api-version': '1.1',
      tenant_discovery_endpoint: `${emulator.baseUrl}/${CONTOSO}/v2.0/.well-known/openid-configuration`,
    });
    expect(document.metadata).toHaveLength(6);
    const unknown = json(
      await ask(url.replace(endpoint, encodeURIComponent('https://evil.example/common/x'))),
    );
    expect(unknown).toMatchObject({ error: 'invalid_instance', error_codes: [50049] });
  });

  test('A6 [IM; ED access-tokens.md]: several keys, each with one certificate, x5t equal to kid', async () => {
    const { keys } = json(await ask(`${emulator.baseUrl}/common/discovery/v2.0/keys`));
    expect((keys as object[]).length).toBeGreaterThan(1);
    for (const key of keys as Record<string, unknown>[]) {
      expect(key).toMatchObject({ kty: 'RSA', use: 'sig', e: 'AQAB', x5t: key.kid });
      expect(key.x5c).toHaveLength(1);
      expect(key.issuer).toMatch(/\/(\{tenantid\}|9188040d-6c67-4c5b-b112-36a304b66dad)\/v2\.0$/);
    }
  });
});

describe('B. authorize', () => {
  test('B3, B4 [ED v2-oauth2-auth-code-flow.md; MJ]: query answers carry code, client_info, state, session_state', async () => {
    const back = redirected(await signIn(emulator));
    expect([...back.keys()].sort()).toEqual(['client_info', 'code', 'session_state', 'state']);
    expect(back.get('session_state')).toMatch(GUID);
  });

  test('B3 [ED v2-protocols-oidc.md]: fragment and form_post', async () => {
    const fragment = await signIn(emulator, ADELE, { response_mode: 'fragment' });
    expect(fragment.headers.location).toMatch(/^http:\/\/localhost:5000\/getAToken#code=/);
    const form = await signIn(emulator, ADELE, { response_mode: 'form_post' });
    expect(form.text).toContain(`action="${REDIRECT_URI}"`);
    expect(form.text).toContain('<input type="hidden" name="state" value="the state">');
  });

  test('B3 [ED v2-protocols-oidc.md]: code id_token goes to the fragment with a c_hash, and needs a nonce', async () => {
    const hybrid = { response_type: 'code id_token' };
    const back = redirected(await signIn(emulator, ADELE, hybrid));
    expect(claimsOf(back.get('id_token'))).toHaveProperty('c_hash');
    const without = await visitor().get(authorizeUrl(emulator, { ...hybrid, nonce: undefined }));
    expect(redirected(without).get('error')).toBe('invalid_request');
  });

  test('B3 [ED reference-error-codes.md]: id_token without the implicit switch is 700054', async () => {
    const url = authorizeUrl(strict, { client_id: STRICT.workOnly, response_type: 'id_token' });
    expect(redirected(await visitor().get(url)).get('error_uri')).toContain('code=700054');
  });

  test('B3 [ED v2-protocols-oidc.md]: query is refused for id_token', async () => {
    const changes = { response_type: 'id_token', response_mode: 'query' };
    expect(redirected(await visitor().get(authorizeUrl(emulator, changes))).get('error')).toBeTruthy();
  });

  test('B3 [ED reply-url.md]: a URI without a path comes back with its slash', async () => {
    const back = await signIn(emulator, ADELE, { redirect_uri: 'http://localhost:5000' });
    expect(back.headers.location).toMatch(/^http:\/\/localhost:5000\/\?code=/);
  });

  test.each([
    ['http://localhost:1234/getAToken', true],
    ['http://localhost:5000/getatoken', false],
    ['http://localhost:5000/getAToken/', false],
    ['http://127.0.0.1:5000/getAToken', false],
    ['https://localhost:5000/getAToken', false],
    ['http://localhost:5000/getAToken?x=1', false],
    ['http://me@localhost:5000/getAToken', false],
    [`http://localhost:5000/getAToken#${'a'.repeat(3)}`, false],
  ])('B3 [ED reply-url.md]: strict matching of %s is %s', async (uri, accepted) => {
    const url = authorizeUrl(strict, { client_id: STRICT.workOnly, redirect_uri: uri });
    expect((await visitor().get(url)).text.includes('AADSTS50011')).toBe(!accepted);
  });

  test.each([
    ['42 characters', { code_challenge: 'a'.repeat(42) }],
    ['129 characters', { code_challenge: 'a'.repeat(129) }],
    ['method S512', { code_challenge_method: 'S512' }],
  ])('B3 [ED v2-oauth2-auth-code-flow.md]: a code_challenge of %s is refused', async (_what, changes) => {
    const back = redirected(await visitor().get(authorizeUrl(emulator, changes)));
    expect([back.get('error'), back.get('state')]).toEqual(['invalid_request', 'the state']);
  });

  test('B3 [ED v2-oauth2-auth-code-flow.md]: an absent method is plain', async () => {
    const verifier = 'plain-text-verifier-that-is-long-enough-01234567';
    const changes = { code_challenge: verifier, code_challenge_method: undefined };
    const code = redirected(await signIn(emulator, ADELE, changes)).get('code') ?? '';
    expect((await postToken(emulator, { ...codeFields(code), code_verifier: verifier })).status).toBe(200);
  });

  test.each([
    ['login', 'Choose an account'],
    ['select_account', 'Choose an account'],
    ['create', 'Choose an account'],
    ['consent', 'Permissions requested'],
  ])('B3 [ED v2-oauth2-auth-code-flow.md]: prompt=%s in spite of a session', async (prompt, title) => {
    const who = visitor();
    await signIn(emulator, ADELE, {}, who);
    expect((await who.get(authorizeUrl(emulator, { prompt }))).text).toContain(`<h1>${title}</h1>`);
  });

  test('B3 [ED; MP docstring]: domain_hint=consumers offers personal accounts only', async () => {
    const { text } = await visitor().get(authorizeUrl(emulator, { domain_hint: 'consumers' }));
    expect([text.includes(SAM), text.includes(ADELE)]).toEqual([true, false]);
  });

  test('B5 [gh …-for-js#6610, #1560]: prompt=none with nobody signed in', async () => {
    const back = redirected(await visitor().get(authorizeUrl(emulator, { prompt: 'none' })));
    expect(back.get('error')).toBe('login_required');
    expect(back.get('error_description')).toContain('AADSTS50058');
  });

  test('B5 [MJ lib/msal-browser/docs/login-user.md]: prompt=none with several sessions', async () => {
    const who = visitor();
    await signIn(emulator, ADELE, {}, who);
    await signIn(emulator, NIA, { prompt: 'select_account' }, who);
    const back = redirected(await who.get(authorizeUrl(emulator, { prompt: 'none' })));
    expect([back.get('error'), back.get('error_uri')?.endsWith('code=16000')]).toEqual([
      'interaction_required',
      true,
    ]);
    const hinted = await who.get(authorizeUrl(emulator, { prompt: 'none', login_hint: NIA }));
    expect(redirected(hinted).get('code')).toBeTruthy();
  });

  test('B5 [gh MicrosoftDocs/azure-docs#114009]: a declined consent, word for word', async () => {
    const who = visitor();
    const picker = await who.get(authorizeUrl(emulator));
    const action = formAction(picker, emulator.baseUrl);
    const back = await who.post(action, { account: ADELE, decision: 'cancel' });
    expect(back.headers.location).toMatch(
      /^http:\/\/localhost:5000\/getAToken\?error=access_denied&error_description=AADSTS65004%3a\+User\+declined\+to\+consent\+to\+access\+the\+app\.%0d%0aTrace\+ID%3a\+[0-9a-f-]{36}%0d%0aCorrelation\+ID%3a\+[0-9a-f-]{36}%0d%0aTimestamp%3a\+\d{4}-\d\d-\d\d\+\d\d%3a\d\d%3a\d\dZ&error_uri=https%3a%2f%2flogin\.microsoftonline\.com%2ferror%3fcode%3d65004&state=the\+state$/,
    );
  });

  test('B5 [gh HTBox/allReady#521]: a personal account declines in other words', async () => {
    const who = visitor();
    const picker = await who.get(authorizeUrl(emulator));
    const back = await who.post(formAction(picker, emulator.baseUrl), { account: SAM, decision: 'cancel' });
    expect(redirected(back).get('error_description')).toBe(
      'The user has denied access to the scope requested by the client application.',
    );
  });

  test('B5 [FS:68395009985]: back from the approval page with error_subcode=cancel', async () => {
    const who = visitor();
    const picker = await who.get(authorizeUrl(emulator, { scope: 'User.Read.All openid' }));
    const approval = await who.post(formAction(picker, emulator.baseUrl), { account: ADELE });
    expect(approval.text).toContain('Need admin approval');
    const back = await who.post(formAction(approval, emulator.baseUrl), {
      account: ADELE,
      decision: 'return',
    });
    expect(redirected(back).toString()).toBe('error=access_denied&error_subcode=cancel&state=the+state');
  });

  test('B5 [FS:750550185]: back from the picker with error_subcode=cancel', async () => {
    const who = visitor();
    const picker = await who.get(authorizeUrl(emulator));
    const back = await who.post(formAction(picker, emulator.baseUrl), { decision: 'cancel' });
    expect(redirected(back).get('error_subcode')).toBe('cancel');
  });

  test.each([
    [
      '50011 [gh okieselbach/AutopilotMonitor#37]',
      { client_id: STRICT.single, redirect_uri: 'http://localhost/x' },
      CONTOSO,
      'AADSTS50011',
    ],
    [
      '500113 [gh OfficeDev/…groupactivities#10]',
      { client_id: STRICT.noUri, redirect_uri: undefined },
      'common',
      'AADSTS500113',
    ],
    [
      '700016 [gh onedrive-api-docs#950]',
      { client_id: '0f0c7d3e-2b1a-4c9d-8e7f-6a5b4c3d2e1f' },
      'common',
      'AADSTS700016',
    ],
    ['90002 [A4]', {}, '0f0c7d3e-2b1a-4c9d-8e7f-6a5b4c3d2e1f', 'AADSTS90002'],
    ['900144 [ED]', { client_id: undefined }, 'common', 'AADSTS900144'],
    ['50194 [ED]', { client_id: STRICT.single }, 'common', 'AADSTS50194'],
    ['9002332 [ED]', { client_id: STRICT.workOnly }, 'consumers', 'AADSTS9002332'],
  ])('B6 page %s', async (_row, changes, tenant, text) => {
    const seen = await visitor().get(authorizeUrl(strict, changes, tenant));
    expect(seen.headers.location).toBeUndefined();
    expect(seen.text).toContain(text);
    expect(seen.text).toContain('Sign in to your account');
    expect(seen.text).toContain('Sorry, but we’re having trouble signing you in.');
  });

  test('B6 page 900971 [gh RogerSelwyn/O365-HomeAssistant#51]', async () => {
    const seen = await visitor().get(
      authorizeUrl(emulator, { redirect_uri: undefined, client_id: '0f0c7d3e-2b1a-4c9d-8e7f-6a5b4c3d2e1f' }),
    );
    expect(seen.text).toContain('AADSTS900971: No reply address provided.');
  });

  test.each([
    ['50105 [gh nextauthjs/next-auth#5455]', STRICT.assigned, ADELE, 'common', 'AADSTS50105'],
    ['50020 [ED reference-error-codes.md]', STRICT.workOnly, PRIYA, CONTOSO, 'AADSTS50020'],
    ['500200 [ED reference-error-codes.md]', STRICT.workOnly, SAM, 'organizations', 'AADSTS500200'],
    ['500208 [ED reference-error-codes.md]', CLIENT_ID, ADELE, 'consumers', 'AADSTS500208'],
  ])('B6 page %s', async (_row, client, username, tenant, text) => {
    const seen = await signIn(strict, username, { client_id: client }, visitor(), tenant);
    expect(seen.headers.location).toBeUndefined();
    expect(seen.text).toContain(text);
  });
});

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
      error_uri: `https://login.microsoftonline.com/error?code=${code}`,
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
    const elsewhere = { ...app, scope: 'https://evil.example/.default' };
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

describe('E. admin consent', () => {
  const url = (path: string, fields: Record<string, string>) =>
    `${emulator.baseUrl}/${path}?${new URLSearchParams({ client_id: CLIENT_ID, redirect_uri: REDIRECT_URI, state: 's', ...fields })}`;
  const decide = async (address: string, username: string, decision: string): Promise<Seen> => {
    const who = visitor();
    await who.get(address);
    return who.post(address, { account: username, decision });
  };

  test('v1 [ED v2-oauth2-client-creds-grant-flow.md]: granted, and cancelled', async () => {
    const address = url('common/adminconsent', {});
    expect(redirected(await decide(address, NIA, 'accept')).toString()).toBe(
      `admin_consent=True&tenant=${CONTOSO}&state=s`,
    );
    expect(redirected(await decide(address, NIA, 'cancel')).toString()).toBe(
      'error=permission_denied&error_description=The+admin+canceled+the+request&state=s',
    );
  });

  test('v2 [ED v2-admin-consent.md; gh azure-docs#114009]: granted, and declined', async () => {
    const address = url('organizations/v2.0/adminconsent', { scope: 'User.Read.All' });
    expect(redirected(await decide(address, NIA, 'accept')).toString()).toBe(
      `admin_consent=True&tenant=${CONTOSO}&scope=User.Read.All&state=s`,
    );
    const declined = redirected(await decide(address, NIA, 'cancel'));
    expect([...declined.keys()]).toEqual([
      'error',
      'error_description',
      'error_uri',
      'admin_consent',
      'state',
    ]);
    expect(declined.get('error')).toBe('access_denied');
  });

  test('E [B5]: somebody without the role can only go back', async () => {
    const address = url(`${CONTOSO}/v2.0/adminconsent`, { scope: 'User.Read.All' });
    expect((await visitor().post(address, { account: ADELE })).text).toContain('Need admin approval');
    expect(redirected(await decide(address, ADELE, 'accept')).toString()).toBe(
      'error=access_denied&error_subcode=cancel&state=s',
    );
  });

  test('what an administrator granted, everybody of the organisation has', async () => {
    await decide(
      url(`${CONTOSO}/v2.0/adminconsent`, { scope: 'User.Read.All openid profile' }),
      NIA,
      'accept',
    );
    const tokens = await tokensOf(emulator, ADELE, { scope: 'User.Read.All openid profile' });
    const other = json(await graph(emulator, `/users/${NIA}`, tokens.access_token));
    expect(other.jobTitle).toBe('IT Administrator');
  });
});

describe('F. device code', () => {
  test('[NOCK; ED v2-oauth2-device-code.md]: the answer, pending, and a code nobody has', async () => {
    const scope = 'User.Read openid';
    const seen = await visitor().post(`${emulator.baseUrl}/common/oauth2/v2.0/devicecode`, {
      client_id: CLIENT_ID,
      scope,
    });
    const answer = json(seen);
    expect(answer).toMatchObject({ expires_in: 900, interval: 5 });
    expect(answer.message).toBe(
      `To sign in, use a web browser to open the page ${answer.verification_uri} and enter the code ${answer.user_code} to authenticate.`,
    );
    const poll = { grant_type: 'urn:ietf:params:oauth:grant-type:device_code', client_id: CLIENT_ID };
    const pending = await postToken(emulator, { ...poll, device_code: String(answer.device_code) });
    expect(json(pending)).toMatchObject({ error: 'authorization_pending', error_codes: [70016] });
    const unknown = await postToken(emulator, { ...poll, device_code: 'nobody-has-this' });
    expect(json(unknown).error).toBe('bad_verification_code');
  });

  test('[ED]: after fifteen minutes it has expired', async () => {
    let nowMs = Date.now();
    const later = await stage({ now: () => nowMs });
    try {
      const seen = await visitor().post(`${later.baseUrl}/common/oauth2/v2.0/devicecode`, {
        client_id: CLIENT_ID,
        scope: 'openid',
      });
      nowMs += 900_000;
      const poll = {
        grant_type: 'device_code',
        client_id: CLIENT_ID,
        device_code: String(json(seen).device_code),
      };
      expect(json(await postToken(later, poll)).error).toBe('expired_token');
    } finally {
      await later.close();
    }
  });
});

describe('D. logout', () => {
  test('front-channel logout tells every app of the session its sid, and nothing else (D)', async () => {
    const logoutUri = 'http://localhost:5000/signed-out';
    const registrations = [{ clientId: CLIENT_ID, redirectUris: [REDIRECT_URI], isPublic: true, logoutUri }];
    const own = await stage({ seed: readSeed({ registrations }) });
    try {
      const who = visitor();
      const back = await finishSignIn(own, await who.get(authorizeUrl(own)), who, ADELE);
      const sid = new URL(back.headers.location ?? '').searchParams.get('session_state');
      const target = encodeURIComponent(REDIRECT_URI);
      const out = await who.get(
        `${own.baseUrl}/common/oauth2/v2.0/logout?post_logout_redirect_uri=${target}`,
      );
      expect(out.text).toContain(`<iframe src="${logoutUri}?sid=${sid}"`);
      expect(out.headers['content-security-policy']).toContain('frame-src http://localhost:5000');
      expect(out.text).toContain(`<a id="onward" href="${REDIRECT_URI}">`);
    } finally {
      await own.close();
    }
  });
});
