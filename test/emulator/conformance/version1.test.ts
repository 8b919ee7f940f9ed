import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { type Emulator, readSeed } from '../../../src/emulator/index.ts';
import { openEmulator } from '../../support/emulator.ts';
import { ADELE, CLIENT_ID, CONTOSO, claimsOf, finishSignIn, graph, REDIRECT_URI, SECRET } from '../stage.ts';
import { ask, json, redirected, type Seen, visitor } from '../visitor.ts';
import { JONAS, SAM } from './strict.ts';

// K3 of the wire reference: the endpoints of version 1.0.

const GRAPH = 'https://graph.microsoft.com';
const DIRECTORY = '00000002-0000-0000-c000-000000000000';
const API = '7f0c7d3e-2b1a-4c9d-8e7f-000000000001';
const CLIENT = '7f0c7d3e-2b1a-4c9d-8e7f-000000000002';
const seed = readSeed({
  registrations: [
    { clientId: API, scopes: ['read', 'write'], appRoles: ['Sweep'] },
    {
      clientId: CLIENT,
      redirectUris: [REDIRECT_URI],
      secrets: [{ value: SECRET }],
      delegatedPermissions: ['User.Read', `${API}/read`],
      applicationPermissions: [`${API}/Sweep`],
      adminConsented: true,
    },
  ],
});

let emulator: Emulator;
let strict: Emulator;
beforeAll(async () => {
  emulator = await openEmulator();
  strict = await openEmulator({ seed });
});
beforeEach(() => {
  emulator.reset();
  strict.reset();
});
afterAll(() => Promise.all([emulator, strict].map((one) => one.close())));

const client = (at: Emulator) => ({ client_id: at === strict ? CLIENT : CLIENT_ID, client_secret: SECRET });

function authorize(
  at: Emulator,
  fields: Record<string, string>,
  username = ADELE,
  tenant = 'common',
): Promise<Seen> {
  const asked = {
    client_id: client(at).client_id,
    response_type: 'code',
    redirect_uri: REDIRECT_URI,
    state: 'a',
  };
  const who = visitor();
  const url = `${at.baseUrl}/${tenant}/oauth2/authorize?${new URLSearchParams({ ...asked, ...fields })}`;
  return who.get(url).then((first) => finishSignIn(at, first, who, username));
}

const post = (at: Emulator, fields: Record<string, string>, path = `/${CONTOSO}/oauth2/token`) =>
  visitor().post(`${at.baseUrl}${path}`, { ...client(at), ...fields });

/** Signs somebody in with a code of version 1.0; the token response. */
async function tokens(
  at: Emulator,
  fields: Record<string, string> = {},
  more: Record<string, string> = {},
  who = ADELE,
) {
  const code = redirected(await authorize(at, fields, who)).get('code') ?? '';
  return json(
    await post(at, { grant_type: 'authorization_code', redirect_uri: REDIRECT_URI, code, ...more }),
  );
}

const headerOf = (token: unknown): Record<string, unknown> =>
  JSON.parse(Buffer.from(String(token).split('.')[0] ?? '', 'base64url').toString());

describe('A1, K3 [IM]: the document of version 1.0', () => {
  test('names its own issuer and endpoints, each of which is there', async () => {
    const base = `${emulator.baseUrl}/${CONTOSO}`;
    const document = json(await ask(`${emulator.baseUrl}/contoso.example/.well-known/openid-configuration`));
    expect(document).toMatchObject({
      issuer: `https://sts.windows.net/${CONTOSO}/`,
      authorization_endpoint: `${base}/oauth2/authorize`,
      token_endpoint: `${base}/oauth2/token`,
      device_authorization_endpoint: `${base}/oauth2/devicecode`,
      end_session_endpoint: `${base}/oauth2/logout`,
      userinfo_endpoint: `${base}/openid/userinfo`,
      jwks_uri: `${emulator.baseUrl}/common/discovery/keys`,
      response_types_supported: ['code', 'id_token', 'code id_token', 'token id_token', 'token'],
      scopes_supported: ['openid'],
      microsoft_multi_refresh_token: true,
    });
    for (const name of ['authorization', 'token', 'device_authorization', 'end_session', 'userinfo'])
      expect((await ask(String(document[`${name}_endpoint`]))).status).not.toBe(404);
  });

  test('of common leaves the tenant open', async () => {
    const document = json(await ask(`${emulator.baseUrl}/common/.well-known/openid-configuration`));
    expect(document.issuer).toBe('https://sts.windows.net/{tenantid}/');
  });
});

describe('K3 [azure-docs v1-protocols-oauth-code]: a code', () => {
  test('with a resource: a response in texts, and tokens of version 1.0 that verify', async () => {
    const body = await tokens(emulator, { resource: GRAPH, nonce: 'n' });
    expect(body).toMatchObject({
      token_type: 'Bearer',
      scope: expect.stringMatching(/^User\.Read( |$)/),
      expires_in: expect.stringMatching(/^\d{4}$/),
      ext_expires_in: expect.stringMatching(/^\d{4}$/),
      expires_on: String(claimsOf(body.access_token).exp),
      not_before: String(claimsOf(body.access_token).nbf),
      resource: GRAPH,
      refresh_token: expect.any(String),
    });
    expect(body.scope).not.toContain('/');
    expect(claimsOf(body.access_token)).toMatchObject({ aud: GRAPH, ver: '1.0', appid: CLIENT_ID });
    const keys = createRemoteJWKSet(new URL(`${emulator.baseUrl}/common/discovery/keys`));
    const issuer = `https://sts.windows.net/${CONTOSO}/`;
    const { payload, protectedHeader } = await jwtVerify(String(body.id_token), keys, {
      issuer,
      audience: CLIENT_ID,
    });
    expect(payload).toMatchObject({
      ...{ ver: '1.0', tid: CONTOSO, upn: ADELE, unique_name: ADELE, nonce: 'n', amr: ['pwd'] },
      ...{ name: 'Adele Vance', given_name: 'Adele', family_name: 'Vance', oid: expect.any(String) },
    });
    expect(payload).not.toHaveProperty('preferred_username');
    expect(protectedHeader.x5t).toBe(protectedHeader.kid);
    expect(json(await graph(emulator, '/me', body.access_token)).userPrincipalName).toBe(ADELE);
  });

  test('a resource with a slash is the audience as it was written', async () => {
    expect(claimsOf((await tokens(emulator, { resource: `${GRAPH}/` })).access_token).aud).toBe(`${GRAPH}/`);
  });

  test('an API of one’s own gets the scopes that the app is registered for, in its own version', async () => {
    const body = await tokens(strict, { resource: `api://${API}` });
    expect(body).toMatchObject({ resource: `api://${API}`, scope: 'read' });
    expect(claimsOf(body.access_token)).toMatchObject({ aud: `api://${API}`, scp: 'read', ver: '1.0' });
  });

  test('the resource may be named at the token endpoint first, and then another for the refresh token', async () => {
    const body = await tokens(emulator, { resource: GRAPH }, { resource: GRAPH });
    await authorize(emulator, { resource: 'https://vault.azure.net' });
    const refresh = { grant_type: 'refresh_token', refresh_token: String(body.refresh_token) };
    const vault = json(await post(emulator, { ...refresh, resource: 'https://vault.azure.net' }));
    expect(claimsOf(vault.access_token).aud).toBe('https://vault.azure.net');
    expect(claimsOf(json(await post(emulator, refresh)).access_token).aud).toBe(GRAPH);
    const refused = json(await post(emulator, { ...refresh, resource: 'https://management.azure.com' }));
    expect(refused.error_codes).toEqual([65001]);
  });

  test('without a resource it is the old directory API’s, and scopes do not count', async () => {
    const body = await tokens(strict, { scope: 'openid Mail.Read' }, { scope: 'Mail.Read' });
    expect(body).toMatchObject({ resource: DIRECTORY, scope: 'User.Read' });
    expect(claimsOf(body.access_token)).toMatchObject({ aud: DIRECTORY, scp: 'User.Read', ver: '1.0' });
    expect(claimsOf(body.id_token)).toMatchObject({ ver: '1.0', upn: ADELE });
  });

  test('a guest’s ID token says where they come from', async () => {
    const { id_token: token } = await tokens(emulator, {}, {}, JONAS);
    expect(claimsOf(token)).toMatchObject({
      idp: expect.stringContaining('https://sts.windows.net/'),
      email: JONAS,
    });
  });

  test('work and school accounts only, at common too', async () => {
    expect((await authorize(emulator, {}, SAM)).text).toContain('AADSTS500200');
  });

  test('an ID token in the address; a token alone', async () => {
    const idToken = redirected(await authorize(emulator, { response_type: 'id_token', nonce: 'n' })).get(
      'id_token',
    );
    expect(claimsOf(idToken)).toMatchObject({ ver: '1.0', iss: `https://sts.windows.net/${CONTOSO}/` });
    expect(headerOf(idToken)).toHaveProperty('x5t');
    const back = redirected(await authorize(emulator, { response_type: 'token', resource: GRAPH }));
    expect([...back.keys()]).toEqual(
      expect.arrayContaining(['access_token', 'expires_in', 'token_type', 'state']),
    );
    expect(back.get('id_token')).toBeNull();
    expect(redirected(await authorize(strict, { response_type: 'token' })).get('error')).toBe(
      'unsupported_response_type',
    );
  });
});

describe('K3: the other grants of version 1.0', () => {
  test('an app as itself: as the API has it, with its times in texts, and no scope', async () => {
    const body = json(await post(strict, { grant_type: 'client_credentials', resource: API }));
    expect(Object.keys(body).sort()).toEqual(
      [
        'token_type',
        'expires_in',
        'ext_expires_in',
        'expires_on',
        'not_before',
        'resource',
        'access_token',
      ].sort(),
    );
    expect(body).toMatchObject({ expires_in: '3599', resource: API });
    expect(claimsOf(body.access_token)).toMatchObject({ aud: API, roles: ['Sweep'], appidacr: '1' });
    const rest = json(await post(strict, { grant_type: 'client_credentials' }));
    expect(claimsOf(rest.access_token).aud).toBe(DIRECTORY);
  });

  test('a resource that there is not: 500011', async () => {
    const body = json(await post(strict, { grant_type: 'client_credentials', resource: 'api://nowhere' }));
    expect(body).toMatchObject({ error: 'invalid_resource', error_codes: [500011] });
  });

  test('a password, on behalf of', async () => {
    const person = { grant_type: 'password', username: ADELE, password: 'any' };
    const first = json(await post(strict, { ...person, resource: API }));
    expect(first).toMatchObject({ resource: API, scope: 'read', id_token: expect.any(String) });
    const asked = {
      ...{ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', requested_token_use: 'on_behalf_of' },
      ...{ client_id: API, assertion: String(first.access_token), resource: GRAPH },
    };
    const token = json(await post(emulator, { ...person, resource: API })).access_token;
    const next = json(await post(emulator, { ...asked, assertion: String(token) }));
    expect(claimsOf(next.access_token)).toMatchObject({ aud: GRAPH, appid: API });
  });

  test.each(['GET', 'POST'])(
    'a device code by %s, polled with the name that version 1.0 has for it',
    async (method) => {
      const path = '/common/oauth2/devicecode';
      const fields = { client_id: CLIENT_ID, resource: GRAPH };
      const seen =
        method === 'POST'
          ? await post(emulator, fields, path)
          : await ask(`${emulator.baseUrl}${path}?${new URLSearchParams(fields)}`);
      const answer = json(seen);
      expect(answer).toMatchObject({
        expires_in: '900',
        interval: '5',
        verification_url: expect.any(String),
      });
      const poll = { grant_type: 'device_code', code: String(answer.device_code), resource: GRAPH };
      expect(json(await post(emulator, poll, '/common/oauth2/token')).error).toBe('authorization_pending');
      const who = visitor();
      await finishSignIn(
        emulator,
        await who.get(`${answer.verification_url}?user_code=${answer.user_code}`),
        who,
        ADELE,
      );
      const body = json(await post(emulator, poll, '/common/oauth2/token'));
      expect(claimsOf(body.id_token)).toMatchObject({ ver: '1.0', upn: ADELE });
      expect(claimsOf(body.access_token).aud).toBe(GRAPH);
    },
  );

  test('signing out', async () => {
    const back = `post_logout_redirect_uri=${encodeURIComponent(REDIRECT_URI)}`;
    const seen = await ask(`${emulator.baseUrl}/common/oauth2/logout?${back}`);
    expect(seen).toMatchObject({ status: 302, headers: { location: REDIRECT_URI } });
  });
});
