import { X509Certificate } from 'node:crypto';
import { ConfidentialClientApplication, CryptoProvider } from '@azure/msal-node';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Emulator, readSeed } from '../../../src/emulator/index.ts';
import { openEmulator } from '../../support/emulator.ts';
import { type Certificate, DEBIAN_PYTHON, makeCertificate, runClient } from '../client-process.ts';
import { ADELE, CLIENT_ID, CONTOSO, finishSignIn, REDIRECT_URI, SECRET } from '../stage.ts';
import { json, redirected, visitor } from '../visitor.ts';
import { GUID } from './strict.ts';

// What the wire reference says that clients send, asserted against what the emulator received from the real ones.
// Each test names the row, and that row's source.

const RESOURCE = 'https://graph.microsoft.com/.default';
const TELEMETRY =
  'x-client-SKU x-client-VER x-client-OS x-client-CPU x-ms-lib-capability x-client-current-telemetry x-client-last-telemetry';

let certificate: Certificate;
let emulator: Emulator;
let overTls: Emulator;
beforeAll(async () => {
  certificate = makeCertificate();
  const registrations = [
    {
      ...{ clientId: CLIENT_ID, redirectUris: [REDIRECT_URI], secrets: [{ value: SECRET }] },
      ...{
        certificates: [certificate.cert],
        applicationPermissions: ['User.Read.All'],
        adminConsented: true,
      },
    },
  ];
  emulator = await openEmulator();
  overTls = await openEmulator({ tls: certificate, seed: readSeed({ registrations }) });
});
beforeEach(() => {
  emulator.reset();
  overTls.reset();
});
afterAll(async () => {
  await emulator.close();
  await overTls.close();
});

function msalNode(tenant = 'common', more: object = { clientSecret: SECRET }): ConfidentialClientApplication {
  return new ConfidentialClientApplication({
    auth: {
      clientId: CLIENT_ID,
      authority: `https://login.microsoftonline.com/${tenant}`,
      authorityMetadata: JSON.stringify(emulator.openidConfiguration(tenant)),
      ...more,
    },
  });
}

const request = { scopes: ['User.Read'], redirectUri: REDIRECT_URI };

/** Signs Adele in through MSAL Node. */
async function signInWith(client: ConfidentialClientApplication, more: object = {}) {
  const { verifier, challenge } = await new CryptoProvider().generatePkceCodes();
  const pkce = { codeChallenge: challenge, codeChallengeMethod: 'S256' };
  const url = await client.getAuthCodeUrl({ ...request, ...pkce, state: 's', nonce: 'n', ...more });
  const who = visitor();
  const back = redirected(await finishSignIn(emulator, await who.get(url), who, ADELE));
  return { code: back.get('code') ?? '', verifier, state: back.get('state') ?? '' };
}

const redeem = async (client: ConfidentialClientApplication) => {
  const { code, verifier } = await signInWith(client);
  return client.acquireTokenByCode({ ...request, nonce: 'n', code, codeVerifier: verifier });
};

/** The query of the first authorization request. */
function authorizationQuery(from: Emulator = emulator): Readonly<Record<string, string>> {
  return from.ledger().find((one) => one.path.endsWith('/authorize'))?.query ?? {};
}

/** The latest request to the token endpoint. */
function tokenRequest(from: Emulator = emulator) {
  return [...from.ledger()].reverse().find((one) => one.path.endsWith('/token'));
}

describe('B1. MSAL Node at the authorization endpoint', () => {
  test('B1 [MC protocol/Authorize.ts; EXP]: its parameters in their order', async () => {
    await signInWith(msalNode(), { prompt: 'consent', domainHint: 'contoso.example', loginHint: ADELE });
    const query = authorizationQuery();
    expect(Object.keys(query).join(' ')).toBe(
      'client_id scope redirect_uri client-request-id response_mode client_info clidata prompt domain_hint login_hint X-AnchorMailbox nonce state claims x-client-SKU x-client-VER x-client-OS x-client-CPU response_type code_challenge code_challenge_method',
    );
    expect(query).toMatchObject({
      scope: 'User.Read openid profile offline_access',
      'client-request-id': expect.stringMatching(GUID),
      response_mode: 'query',
      client_info: '1',
      'X-AnchorMailbox': `UPN:${ADELE}`,
      response_type: 'code',
    });
    expect(JSON.parse(query.claims ?? '')).toEqual({
      id_token: {
        signin_state: { essential: false },
        login_hint: { essential: false },
        tenant_region_sub_scope: { essential: false },
      },
    });
  });

  test('B1 [MC; EXP]: cp1 goes into claims, no state of its own, no PKCE of its own, no hint with select_account', async () => {
    const client = msalNode('common', { clientSecret: SECRET, clientCapabilities: ['cp1'] });
    const url = await client.getAuthCodeUrl({ ...request, prompt: 'select_account', loginHint: ADELE });
    await visitor().get(url);
    const query = authorizationQuery();
    expect(JSON.parse(query.claims ?? '')).toHaveProperty('access_token.xms_cc.values', ['cp1']);
    for (const absent of ['state', 'nonce', 'code_challenge', 'login_hint', 'sid'])
      expect(query).not.toHaveProperty(absent);
  });
});

describe('C1, C3. MSAL Node at the token endpoint', () => {
  test('C1 [EXP; MC protocol/Token.ts]: a code, its keys in their order, its headers', async () => {
    await redeem(msalNode());
    const sent = tokenRequest();
    expect(Object.keys(sent?.body ?? {}).join(' ')).toBe(
      `client_id redirect_uri scope code ${TELEMETRY} code_verifier client_secret grant_type client_info claims`,
    );
    expect(sent?.body).toMatchObject({
      grant_type: 'authorization_code',
      scope: 'User.Read openid profile offline_access',
      'x-ms-lib-capability': 'retry-after, h429',
      client_info: '1',
    });
    expect(sent?.query).toEqual({ 'client-request-id': expect.stringMatching(GUID) });
    expect(sent?.headers).toMatchObject({
      accept: '*/*',
      'content-type': expect.stringMatching(/^application\/x-www-form-urlencoded/),
    });
    expect(sent?.headers).not.toHaveProperty('origin');
  });

  test('C1 [EXP]: a refresh, and where the mailbox is', async () => {
    const client = msalNode();
    const { account } = await redeem(client);
    if (account === null) throw new Error('nobody signed in');
    await client.acquireTokenSilent({ account, scopes: ['User.Read'], forceRefresh: true });
    const sent = tokenRequest();
    expect(sent?.body).toMatchObject({ grant_type: 'refresh_token', client_info: '1' });
    expect(Object.keys(sent?.body ?? {}).slice(0, 4)).toEqual([
      'client_id',
      'scope',
      'grant_type',
      'client_info',
    ]);
    const [uid, utid] = account.homeAccountId.split('.');
    expect(sent?.headers['x-anchormailbox']).toBe(`Oid:${uid}@${utid}`);
  });

  test('C1 [EXP]: an app as itself sends no client_info and no OpenID scopes', async () => {
    await msalNode(CONTOSO).acquireTokenByClientCredential({ scopes: [RESOURCE] });
    const sent = tokenRequest();
    expect(sent?.body).toMatchObject({ grant_type: 'client_credentials', scope: RESOURCE });
    for (const absent of ['client_info', 'claims']) expect(sent?.body).not.toHaveProperty(absent);
  });

  test.each([
    ['thumbprintSha256', 'fingerprint256', 'PS256', 'x5t#S256'],
    ['thumbprint', 'fingerprint', 'RS256', 'x5t'],
  ] as const)(
    'C3 [EXP; MN client/ClientAssertion.ts]: a certificate named by %s signs with %s',
    async (option, fingerprint, alg, header) => {
      const x509 = new X509Certificate(certificate.cert);
      const clientCertificate = {
        [option]: x509[fingerprint].replaceAll(':', ''),
        privateKey: certificate.key,
      };
      const client = msalNode(CONTOSO, { clientCertificate });
      await client.acquireTokenByClientCredential({ scopes: [RESOURCE] });
      const body = tokenRequest()?.body ?? {};
      const [first = '', second = ''] = (body.client_assertion ?? '').split('.');
      const decoded = [first, second].map((part) => JSON.parse(Buffer.from(part, 'base64url').toString()));
      expect(body.client_assertion_type).toBe('urn:ietf:params:oauth:client-assertion-type:jwt-bearer');
      expect(decoded[0]).toEqual({ alg, typ: 'JWT', [header]: expect.any(String) });
      expect(decoded[1]).toMatchObject({
        aud: `${emulator.baseUrl}/${CONTOSO}/oauth2/v2.0/token`,
        iss: CLIENT_ID,
        sub: CLIENT_ID,
        jti: expect.stringMatching(GUID),
      });
      const { iat, nbf, exp } = decoded[1];
      expect(exp - nbf).toBe(600);
      expect(Math.abs(iat - nbf)).toBeLessThanOrEqual(5);
    },
  );

  test('C5 [MC account/AccountInfo.ts; EXP]: the account that the answer makes', async () => {
    const { account, scopes, requestId } = await redeem(msalNode());
    expect(account).toMatchObject({
      homeAccountId: expect.stringMatching(new RegExp(`^[0-9a-f-]{36}\\.${CONTOSO}$`)),
      environment: 'login.windows.net',
      username: ADELE,
      tenantId: CONTOSO,
      loginHint: expect.any(String),
    });
    expect(account?.localAccountId).toBe(account?.homeAccountId.split('.')[0]);
    expect(scopes).toContain('User.Read');
    expect(requestId).toMatch(GUID);
  });

  test('C5 [EXP]: a nonce that nobody expects, or another one, is a nonce_mismatch', async () => {
    for (const nonce of [undefined, 'other']) {
      const client = msalNode();
      const { code, verifier } = await signInWith(client);
      const expected = nonce === undefined ? {} : { nonce };
      const asked = client.acquireTokenByCode({ ...request, ...expected, code, codeVerifier: verifier });
      await expect(asked).rejects.toMatchObject({ errorCode: 'nonce_mismatch' });
    }
  });

  test('B4 [MN client/ConfidentialClientApplication.ts]: another state is a state_mismatch', async () => {
    const client = msalNode();
    const { code, verifier } = await signInWith(client);
    const asked = client.acquireTokenByCode(
      { ...request, nonce: 'n', state: 'mine', code, codeVerifier: verifier },
      { code, state: 'theirs', nonce: 'n' },
    );
    await expect(asked).rejects.toMatchObject({ errorCode: 'state_mismatch' });
  });

  test('C6 [MC network/ThrottlingUtils.ts; EXP]: after a 429 it asks no more for as long as it was told', async () => {
    const client = msalNode(CONTOSO);
    const headers = { 'Retry-After': '60' };
    emulator.addFault({ at: 'token', fault: { kind: 'status', status: 429, headers, body: { error: 'x' } } });
    const asked = () => client.acquireTokenByClientCredential({ scopes: [RESOURCE] });
    await expect(asked()).rejects.toMatchObject({ name: 'ServerError' });
    const before = emulator.ledger().length;
    await expect(asked()).rejects.toMatchObject({ name: 'ServerError' });
    expect(emulator.ledger()).toHaveLength(before);
  });
});

function settings(more: object): Record<string, unknown> {
  return {
    ...{ baseUrl: overTls.baseUrl, clientId: CLIENT_ID, tenantId: CONTOSO, redirectUri: REDIRECT_URI },
    ...{ secret: SECRET, resource: RESOURCE, caFile: certificate.certFile, keyFile: certificate.keyFile },
    thumbprintSha1: new X509Certificate(certificate.cert).fingerprint.replaceAll(':', ''),
    ...more,
  };
}

async function visit(url: string): Promise<string> {
  const who = visitor(certificate.cert);
  const seen = await finishSignIn(overTls, await who.get(url), who, ADELE);
  return seen.headers.location ?? overTls.baseUrl;
}

describe('B2, C2. MSAL Python', () => {
  const python = (scenario: string): Promise<Record<string, unknown>> =>
    runClient({
      ...{
        command: DEBIAN_PYTHON,
        script: 'test/emulator/clients/msal_python.py',
        scenario,
        certificate,
        visit,
      },
      settings: settings({}),
    });

  test('B2, C2 [MP msal/application.py, oauth2cli]: a sign-in', async () => {
    await python('web');
    const query = authorizationQuery(overTls);
    expect(query).toMatchObject({
      response_type: 'code',
      state: expect.stringMatching(/^[A-Za-z]{16}$/),
      code_challenge_method: 'S256',
      nonce: expect.stringMatching(/^[0-9a-f]{64}$/),
      client_info: '1',
    });
    expect(query.scope?.split(' ').sort()).toEqual([
      'User.ReadBasic.All',
      'offline_access',
      'openid',
      'profile',
    ]);
    const redeemed = overTls.ledger().find((one) => one.body.grant_type === 'authorization_code');
    expect(redeemed?.body).toMatchObject({ client_info: '1', code_verifier: expect.any(String) });
    expect(redeemed?.headers).toMatchObject({
      accept: 'application/json',
      'x-client-sku': 'MSAL.Python',
      'x-ms-lib-capability': 'retry-after, h429',
      'client-request-id': expect.stringMatching(GUID),
      'x-client-current-telemetry': expect.stringMatching(/^4\|/),
    });
  });

  test('C2 [MP]: an app as itself sends client_info too', async () => {
    await python('certificate');
    expect(tokenRequest(overTls)?.body).toMatchObject({ grant_type: 'client_credentials', client_info: '1' });
  });
});

describe('G8. the Microsoft Graph client', () => {
  const graphClient = async (scenario: string): Promise<Record<string, unknown>> => {
    const fields = { grant_type: 'client_credentials', client_id: CLIENT_ID, client_secret: SECRET };
    const url = `${overTls.baseUrl}/${CONTOSO}/oauth2/v2.0/token`;
    const answer = await visitor(certificate.cert).post(url, { ...fields, scope: RESOURCE });
    const accessToken = json(answer).access_token;
    const script = 'test/emulator/clients/graph-client.mjs';
    const run = { command: process.execPath, script, scenario, certificate, visit };
    return runClient({ ...run, settings: settings({ accessToken, user: ADELE }) });
  };
  const calls = () => overTls.ledger().filter((one) => one.path.startsWith('/v1.0/'));

  test('G8 [EXP; GC]: its headers, and its URL', async () => {
    await graphClient('search');
    const [call] = calls();
    expect(call?.path).toBe('/v1.0/users');
    expect(call?.headers).toMatchObject({
      authorization: expect.stringMatching(/^Bearer ey/),
      'client-request-id': expect.stringMatching(GUID),
      sdkversion: expect.stringMatching(/^graph-js\/3\.0\.7 \(featureUsage=\d+\)$/),
    });
  });

  test.each([429, 503, 504])('G8 [EXP; GC]: %d is asked again, as often as three times', async (status) => {
    const headers = { 'Retry-After': '0' };
    overTls.addFault({ at: 'count', times: 'always', fault: { kind: 'status', status, headers } });
    expect(await graphClient('count')).toMatchObject({ error: { statusCode: status } });
    expect(calls().map((one) => one.headers['retry-attempt'])).toEqual([undefined, '1', '2', '3']);
  });

  test('G8 [EXP; GC]: 500 is not asked again; words that are no JSON have no code', async () => {
    overTls.addFault({ at: 'count', fault: { kind: 'status', status: 500, body: 'no JSON' } });
    expect(await graphClient('count')).toMatchObject({ error: { statusCode: 500, code: null } });
    expect(calls()).toHaveLength(1);
  });
});
