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
  postToken,
  REDIRECT_URI,
  SECRET,
  signIn,
  tokensOf,
} from '../stage.ts';
import { ask, json, redirected } from '../visitor.ts';
import { JONAS, PERSONAL, SAM } from './strict.ts';

// K1 of the wire reference: access tokens for any API.

const API = '6a0c7d3e-2b1a-4c9d-8e7f-000000000001';
const SECOND = '6a0c7d3e-2b1a-4c9d-8e7f-000000000002';
const CLIENT = '6a0c7d3e-2b1a-4c9d-8e7f-000000000003';
const ELSEWHERE = '6a0c7d3e-2b1a-4c9d-8e7f-000000000004';
const MODEST = '6a0c7d3e-2b1a-4c9d-8e7f-000000000005';
const OPTIONAL = ['email', 'sid', { name: 'idtyp', additionalProperties: ['include_user_token'] }, 'xms_cc'];
const seed = readSeed({
  registrations: [
    {
      clientId: API,
      name: 'An API',
      identifierUris: ['api://an-api/v1', 'https://contoso.example/an-api'],
      scopes: ['Files.Read', { value: 'Files.Write', words: 'Change your files', adminOnly: true }],
      appRoles: ['Files.Read.All', 'Files.Sweep'],
    },
    {
      clientId: SECOND,
      scopes: ['access'],
      appRoles: ['Sweeper'],
      tokenVersion: 2,
      optionalClaims: { idToken: [], accessToken: OPTIONAL },
    },
    {
      clientId: CLIENT,
      name: 'A client',
      redirectUris: [REDIRECT_URI],
      secrets: [{ value: 'right' }],
      delegatedPermissions: ['User.Read', 'api://an-api/v1/Files.Read', `api://${SECOND}/access`],
      applicationPermissions: [`${API}/Files.Read.All`, 'User.Read.All'],
      adminConsented: true,
    },
    {
      clientId: MODEST,
      redirectUris: [REDIRECT_URI],
      secrets: [{ value: 'right' }],
      delegatedPermissions: [],
    },
    {
      clientId: ELSEWHERE,
      accountTypes: 'single-tenant',
      homeTenantId: 'b2d1c6f3-8e45-4a7b-8c9f-1d3e5f7a9b21',
      scopes: ['access'],
    },
  ],
});

let emulator: Emulator;
let strict: Emulator;
let second: Emulator;
beforeAll(async () => {
  emulator = await openEmulator();
  strict = await openEmulator({ seed });
  second = await openEmulator({ tokenVersion: 2 });
});
beforeEach(() => {
  emulator.reset();
  strict.reset();
});
afterAll(() => Promise.all([emulator, strict, second].map((one) => one.close())));

/** A token of an app as itself. */
async function appToken(at: Emulator, scope: string, client = { id: CLIENT_ID, secret: SECRET }) {
  const app = { grant_type: 'client_credentials', client_id: client.id, client_secret: client.secret };
  return json(await postToken(at, { ...app, scope }, CONTOSO));
}

/** Tokens of a person for a scope, at the strict emulator. */
async function personTokens(scope: string, username = ADELE) {
  const back = redirected(await signIn(strict, username, { client_id: CLIENT, scope }));
  const fields = { ...codeFields(back.get('code') ?? ''), client_id: CLIENT, client_secret: 'right' };
  return json(await postToken(strict, { ...fields, scope }));
}

const strictClient = { id: CLIENT, secret: 'right' };
const headerOf = (token: unknown): Record<string, unknown> =>
  JSON.parse(Buffer.from(String(token).split('.')[0] ?? '', 'base64url').toString());

/** Checks a token against the published keys, as an API would. */
async function verified(at: Emulator, token: unknown, keysPath: string, issuer: string, audience: string) {
  const keys = createRemoteJWKSet(new URL(at.baseUrl + keysPath));
  return (await jwtVerify(String(token), keys, { issuer, audience, algorithms: ['RS256'] })).payload;
}

describe('K1. any API, without registrations', () => {
  test.each([
    ['api://an-api/.default', 'api://an-api'],
    ['api://0d0c7d3e-2b1a-4c9d-8e7f-000000000009/.default', 'api://0d0c7d3e-2b1a-4c9d-8e7f-000000000009'],
    ['0d0c7d3e-2b1a-4c9d-8e7f-000000000009/.default', '0d0c7d3e-2b1a-4c9d-8e7f-000000000009'],
    [`${CLIENT_ID}/.default`, CLIENT_ID],
    ['https://management.azure.com/.default', 'https://management.azure.com'],
    ['https://management.core.windows.net//.default', 'https://management.core.windows.net/'],
    ['https://vault.azure.net/.default', 'https://vault.azure.net'],
    ['https://storage.azure.com/.default', 'https://storage.azure.com'],
    ['https://database.windows.net/.default', 'https://database.windows.net'],
    ['https://outlook.office365.com/.default', 'https://outlook.office365.com'],
    ['https://any.example/path/.default', 'https://any.example/path'],
  ])(
    '%s of an app as itself [ED access-token-claims-reference.md]: version 1.0, audience as asked',
    async (scope, aud) => {
      const { access_token: token } = await appToken(emulator, scope);
      expect(claimsOf(token)).toMatchObject({
        aud,
        iss: `https://sts.windows.net/${CONTOSO}/`,
        ver: '1.0',
        appid: CLIENT_ID,
        appidacr: '1',
        tid: CONTOSO,
      });
      expect(Object.keys(claimsOf(token))).not.toEqual(expect.arrayContaining(['scp']));
      for (const absent of ['idtyp', 'azp', 'roles', 'xms_cc'])
        expect(claimsOf(token)).not.toHaveProperty(absent);
      const claims = await verified(
        emulator,
        token,
        '/common/discovery/keys',
        String(claimsOf(token).iss),
        aud,
      );
      expect(claims.sub).toBe(claims.oid);
    },
  );

  test('version 2.0 [ED access-tokens.md; diff token-claims-client-credentials]: audience the client id, kid without x5t', async () => {
    const { access_token: token } = await appToken(
      second,
      'api://0d0c7d3e-2b1a-4c9d-8e7f-000000000009/.default',
    );
    const aud = '0d0c7d3e-2b1a-4c9d-8e7f-000000000009';
    expect(Object.keys(claimsOf(token)).sort()).toEqual(
      'aio aud azp azpacr exp iat iss nbf oid rh sub tid uti ver'.split(' '),
    );
    expect(headerOf(token)).toEqual({ typ: 'JWT', alg: 'RS256', kid: expect.any(String) });
    const issuer = `${second.baseUrl}/${CONTOSO}/v2.0`;
    expect(await verified(second, token, '/common/discovery/v2.0/keys', issuer, aud)).toMatchObject({
      ver: '2.0',
      azp: CLIENT_ID,
      azpacr: '1',
    });
  });

  test('a person: scp holds the scopes of this API only [ED access-token-claims-reference.md]', async () => {
    const scope = 'openid profile offline_access api://an-api/Files.Read';
    const tokens = await tokensOf(emulator, ADELE, { scope });
    expect(tokens.scope).toBe('api://an-api/Files.Read');
    expect(claimsOf(tokens.access_token)).toMatchObject({
      aud: 'api://an-api',
      scp: 'Files.Read',
      upn: ADELE,
      unique_name: ADELE,
      appidacr: '1',
    });
    expect(claimsOf(tokens.id_token)).toMatchObject({ aud: CLIENT_ID });
  });

  test('one refresh token is good for every API that was consented to [ED refresh-tokens.md]', async () => {
    await signIn(emulator, ADELE, { scope: 'api://other/Things.Do' });
    const { refresh_token: token } = await tokensOf(emulator, ADELE, {
      scope: 'User.Read offline_access openid',
    });
    const fields = { grant_type: 'refresh_token', client_id: CLIENT_ID, refresh_token: String(token) };
    const other = json(await postToken(emulator, { ...fields, scope: 'api://other/Things.Do' }));
    expect(claimsOf(other.access_token)).toMatchObject({ aud: 'api://other', scp: 'Things.Do' });
    const graph = json(await postToken(emulator, { ...fields, scope: 'User.Read' }));
    expect(claimsOf(graph.access_token)).toMatchObject({ scp: expect.stringContaining('User.Read') });
    const never = json(await postToken(emulator, { ...fields, scope: 'api://never/Asked' }));
    expect(never).toMatchObject({ error_codes: [65001], suberror: 'consent_required' });
    const neverAll = json(await postToken(emulator, { ...fields, scope: 'api://never/.default' }));
    expect(neverAll).toMatchObject({ error_codes: [65001] });
  });

  test('a personal account has tokens of version 2.0 from its own issuer, with keys of its own [ED]', async () => {
    const scope = 'openid profile api://an-api/Files.Read';
    const { access_token: token } = await tokensOf(emulator, SAM, { scope });
    const issuer = `${emulator.baseUrl}/${PERSONAL}/v2.0`;
    const claims = await verified(
      emulator,
      token,
      '/consumers/discovery/v2.0/keys',
      issuer,
      String(claimsOf(token).aud),
    );
    expect(claims).toMatchObject({ ver: '2.0', scp: 'Files.Read', preferred_username: SAM });
  });

  test('a guest’s token names where the person comes from [ED access-token-claims-reference.md]', async () => {
    const { access_token: token } = await tokensOf(emulator, JONAS, {
      scope: 'openid api://an-api/Files.Read',
    });
    expect(claimsOf(token)).toMatchObject({
      tid: CONTOSO,
      idp: 'https://sts.windows.net/c3e2d7a4-9f56-4b8c-9da0-2e4f6a8bac32/',
    });
  });

  test('Graph by its address keeps the address as audience, and takes it', async () => {
    const { access_token: token } = await appToken(emulator, 'https://graph.microsoft.com/.default');
    expect(claimsOf(token)).toMatchObject({ aud: 'https://graph.microsoft.com', idtyp: 'app' });
    const headers = { authorization: `Bearer ${token}` };
    expect((await ask(`${emulator.baseUrl}/v1.0/users`, { headers })).status).toBe(200);
  });

  test('Graph’s tokens name the client as it is registered, and no other API’s do [C5]', async () => {
    const name = 'The web app on this machine';
    const app = await appToken(emulator, 'https://graph.microsoft.com/.default');
    const person = await tokensOf(emulator, ADELE, { scope: 'openid User.Read' });
    const other = await appToken(emulator, 'https://vault.azure.net/.default');
    expect(claimsOf(app.access_token).app_displayname).toBe(name);
    expect(claimsOf(person.access_token).app_displayname).toBe(name);
    expect(claimsOf(other.access_token)).not.toHaveProperty('app_displayname');
  });

  test('a token for another API is not taken by Graph', async () => {
    const { access_token: token } = await appToken(emulator, 'https://vault.azure.net/.default');
    const seen = await ask(`${emulator.baseUrl}/v1.0/users`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect([seen.status, json(seen).error]).toEqual([
      401,
      expect.objectContaining({ message: expect.stringContaining('Invalid audience') }),
    ]);
  });

  test('28000 [gh Earlybyte/aad_oauth#328]: two APIs at the token endpoint; the sign-in may ask for both', async () => {
    const scope = 'api://one/A api://two/B openid';
    const back = redirected(await signIn(emulator, ADELE, { scope }));
    const fields = codeFields(back.get('code') ?? '');
    const both = json(await postToken(emulator, { ...fields, scope }));
    expect(both).toMatchObject({
      error: 'invalid_request',
      error_codes: [28000],
      error_description: expect.stringMatching(
        /^AADSTS28000: Provided value for the input parameter scope is not valid because it contains more than one resource\. Scope api:\/\/one\/A api:\/\/two\/B openid is not valid\./,
      ),
    });
    const two = json(await postToken(emulator, { ...fields, scope: 'api://two/B' }));
    expect(claimsOf(two.access_token)).toMatchObject({ aud: 'api://two', scp: 'B' });
  });

  test('9010010 [gh geelen/mcp-remote#217; gh microsoft/azure-devops-mcp#1601]: resource beside other scopes; the same is taken', async () => {
    const asked = { scope: 'api://one/A openid', resource: 'https://elsewhere.example/mcp' };
    const back = await ask(authorizeUrl(emulator, asked));
    expect(redirected(back).get('error_description')).toMatch(
      /^AADSTS9010010: The resource parameter provided in the request doesn't match with the requested scopes\./,
    );
    const same = await signIn(emulator, ADELE, { ...asked, resource: 'api://one/' });
    const fields = { ...codeFields(redirected(same).get('code') ?? ''), scope: 'api://one/A' };
    const wrong = json(await postToken(emulator, { ...fields, resource: 'api://two' }));
    expect(wrong).toMatchObject({ error_codes: [9010010] });
    expect(json(await postToken(emulator, { ...fields, resource: 'api://one' }))).toHaveProperty(
      'access_token',
    );
  });

  test('650053 [gh O365/python-o365#551, damienbod/AspNetCoreMicrosoftGraph#1]: a scope that Graph has not, without error_uri', async () => {
    const back = redirected(await ask(authorizeUrl(emulator, { scope: 'message_all' })));
    expect(back.get('error')).toBe('invalid_client');
    expect(back.has('error_uri')).toBe(false);
    expect(back.get('error_description')).toMatch(
      /^AADSTS650053: The application 'The web app on this machine' asked for scope 'message_all' that doesn't exist on the resource '00000003-0000-0000-c000-000000000000'\. Contact the app vendor\./,
    );
  });

  test('700038 [diff token-error-unknown-client]: a client id of zeros, without error_uri', async () => {
    const id = '00000000-0000-0000-0000-000000000000';
    const seen = await appToken(emulator, 'https://graph.microsoft.com/.default', { id, secret: 'x' });
    expect(seen).toMatchObject({
      error: 'unauthorized_client',
      error_description: expect.stringContaining(
        `AADSTS700038: ${id} is not a valid application identifier. `,
      ),
    });
    expect(seen).not.toHaveProperty('error_uri');
  });
});

describe('K1. registered APIs', () => {
  test.each(['api://an-api/v1', 'https://contoso.example/an-api', API])(
    'called by %s [ED access-token-claims-reference.md]: roles that were granted, and no others',
    async (name) => {
      const { access_token: token } = await appToken(strict, `${name}/.default`, strictClient);
      expect(claimsOf(token)).toMatchObject({ aud: name, ver: '1.0', roles: ['Files.Read.All'] });
    },
  );

  test('500011 [diff token-error-invalid-scope]: an API that nobody registered, in the captured words', async () => {
    const seen = await appToken(strict, 'api://nobody/.default', strictClient);
    expect(seen).toMatchObject({
      error: 'invalid_resource',
      error_codes: [500011],
      error_uri: 'https://login.microsoftonline.com/error?code=500011',
      error_description: expect.stringMatching(
        new RegExp(
          `^AADSTS500011: The resource principal named api://nobody was not found in the tenant named ${CONTOSO}\\. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant\\. You might have sent your authentication request to the wrong tenant\\. Trace ID: `,
        ),
      ),
    });
  });

  test('500011: an API that only another tenant has', async () => {
    const seen = await appToken(strict, `api://${ELSEWHERE}/.default`, strictClient);
    expect(seen).toMatchObject({ error_codes: [500011] });
  });

  test('scopes in the API’s own spelling; one that it has not is 650053', async () => {
    const tokens = await personTokens('openid profile api://an-api/v1/files.READ');
    expect([tokens.scope, claimsOf(tokens.access_token).scp]).toEqual([
      'api://an-api/v1/Files.Read',
      'Files.Read',
    ]);
    const asked = { client_id: CLIENT, scope: 'api://an-api/v1/Files.Burn' };
    const back = redirected(await ask(authorizeUrl(strict, asked)));
    expect(back.get('error_description')).toContain(
      `AADSTS650053: The application 'A client' asked for scope 'Files.Burn' that doesn't exist on the resource '${API}'.`,
    );
  });

  test('.default is what the client is registered for; 650057 where that is nothing', async () => {
    const tokens = await personTokens('openid api://an-api/v1/.default');
    expect(claimsOf(tokens.access_token).scp).toBe('Files.Read');
    expect(tokens.scope).toBe('api://an-api/v1/Files.Read api://an-api/v1/.default');
    const vault = { client_id: CLIENT, scope: 'https://vault.azure.net/.default' };
    const seen = redirected(await signIn(strict, ADELE, vault));
    expect(seen.get('error_description')).toContain('AADSTS650057: Invalid resource.');
  });

  test('.default of Graph: 65001 where nothing of what is listed was consented to; nothing listed is nothing missed', async () => {
    const [short, all] = ['openid offline_access', 'https://graph.microsoft.com/.default'];
    const tokensAt = async (client_id: string, scope: string, asked: string) => {
      const back = redirected(await signIn(strict, ADELE, { client_id, scope }));
      const fields = { ...codeFields(back.get('code') ?? ''), client_id, client_secret: 'right' };
      return json(await postToken(strict, { ...fields, scope: asked }));
    };
    expect(await tokensAt(CLIENT, short, all)).toMatchObject({ error_codes: [65001] });
    expect(await tokensAt(MODEST, short, all)).toHaveProperty('access_token');
    expect(await tokensAt(CLIENT, `${short} ${all}`, all)).toHaveProperty('access_token');
  });

  test('a scope for administrators needs one, and has its own words', async () => {
    const asked = { client_id: CLIENT, scope: 'api://an-api/v1/Files.Write' };
    const seen = await signIn(strict, ADELE, asked);
    expect(seen.text).toContain('Need admin approval');
    expect(seen.text).toContain('Change your files');
  });

  test('version 2.0 with the API’s optional claims [ED optional-claims-reference.md]', async () => {
    const claims = { claims: JSON.stringify({ access_token: { xms_cc: { values: ['cp1'] } } }) };
    const scope = `openid profile api://${SECOND}/access`;
    const back = redirected(await signIn(strict, ADELE, { client_id: CLIENT, scope, ...claims }));
    const fields = { ...codeFields(back.get('code') ?? ''), client_id: CLIENT, client_secret: 'right' };
    const tokens = json(await postToken(strict, fields));
    expect(claimsOf(tokens.access_token)).toMatchObject({
      aud: SECOND,
      iss: `${strict.baseUrl}/${CONTOSO}/v2.0`,
      ver: '2.0',
      azp: CLIENT,
      azpacr: '1',
      scp: 'access',
      name: 'Adele Vance',
      preferred_username: ADELE,
      email: ADELE,
      sid: expect.any(String),
      idtyp: 'user',
      xms_cc: ['cp1'],
    });
    for (const absent of ['upn', 'appid', 'unique_name', 'emulator_iat_ms'])
      expect(claimsOf(tokens.access_token)).not.toHaveProperty(absent);
    const { access_token: own } = await appToken(strict, `${SECOND}/.default`, strictClient);
    expect(claimsOf(own)).toMatchObject({ idtyp: 'app', aud: SECOND });
  });

  test('xms_cc [ED]: not where the API did not ask for it, whatever the client said', async () => {
    const claims = { claims: JSON.stringify({ access_token: { xms_cc: { values: ['cp1'] } } }) };
    const scope = 'openid api://an-api/v1/Files.Read';
    const back = redirected(await signIn(strict, ADELE, { client_id: CLIENT, scope, ...claims }));
    const fields = { ...codeFields(back.get('code') ?? ''), client_id: CLIENT, client_secret: 'right' };
    expect(claimsOf(json(await postToken(strict, fields)).access_token)).not.toHaveProperty('xms_cc');
  });
});
