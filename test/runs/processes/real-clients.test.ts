import { X509Certificate } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Emulator, readSeed } from '../../../src/emulator/index.ts';
import {
  type Certificate,
  type ClientRun,
  DEBIAN_PYTHON,
  makeCertificate,
  runClient,
} from '../../emulator/client-process.ts';
import { ADELE, CONTOSO, claimsOf, finishSignIn, REDIRECT_URI } from '../../emulator/stage.ts';
import { formAction, json, visitor } from '../../emulator/visitor.ts';
import { openEmulator } from '../../support/emulator.ts';

const CLIENT_ID = '5f0c7d3e-2b1a-4c9d-8e7f-6a5b4c3d2e1f';
const PUBLIC_ID = '6a1d8e4f-3c2b-4dae-9f80-7b6c5d4e3f2a';
const CALLER_ID = '6a1d8e4f-3c2b-4dae-9f80-7b6c5d4e3f2b';
const MACHINE_ID = '6a1d8e4f-3c2b-4dae-9f80-7b6c5d4e3f2c';
const SHARED_ID = '6a1d8e4f-3c2b-4dae-9f80-7b6c5d4e3f2d';
const SHARED =
  '/subscriptions/1/resourceGroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/shared';
const RESOURCE = 'https://graph.microsoft.com/.default';
const REFUSED_ID = { at: 'token', fault: { kind: 'id-token', claims: { nonce: 'other' } } } as const;

let certificate: Certificate;
let emulator: Emulator;
let python: string;

beforeAll(async () => {
  certificate = makeCertificate();
  python = DEBIAN_PYTHON;
  emulator = await openEmulator({ tls: certificate, seed: seedWith(certificate.cert) });
});
beforeEach(() => emulator.reset());
afterAll(() => emulator.close());

function seedWith(cert: string) {
  return readSeed({
    registrations: [
      {
        clientId: CLIENT_ID,
        redirectUris: [REDIRECT_URI],
        secrets: [{ value: 'the right secret' }],
        certificates: [cert],
        applicationPermissions: ['User.Read.All'],
        delegatedPermissions: ['User.ReadBasic.All'],
        scopes: ['access'],
        adminConsented: true,
      },
      { clientId: PUBLIC_ID, isPublic: true, delegatedPermissions: [], adminConsented: true },
      { clientId: MACHINE_ID, managedIdentity: { assigned: 'system' } },
      { clientId: SHARED_ID, managedIdentity: { assigned: 'user', resourceId: SHARED } },
      {
        clientId: CALLER_ID,
        isPublic: true,
        delegatedPermissions: ['User.ReadBasic.All', `${CLIENT_ID}/access`],
        adminConsented: true,
      },
    ],
  });
}

/** Somebody at a browser: signs in, or answers a device code. */
async function person(url: string): Promise<string> {
  const who = visitor(certificate.cert);
  const seen = await finishSignIn(emulator, await who.get(url), who, ADELE);
  return seen.headers.location ?? emulator.baseUrl;
}

async function declining(url: string): Promise<string> {
  const who = visitor(certificate.cert);
  const picker = await who.get(url);
  const consent = await who.post(formAction(picker, emulator.baseUrl), { account: ADELE });
  await who.post(formAction(consent, emulator.baseUrl), { account: ADELE, decision: 'cancel' });
  return emulator.baseUrl;
}

function client(
  scenario: string,
  more: Partial<ClientRun> & { settings?: object },
): Promise<Record<string, unknown>> {
  const x509 = new X509Certificate(certificate.cert);
  const settings = {
    baseUrl: emulator.baseUrl,
    clientId: CLIENT_ID,
    tenantId: CONTOSO,
    redirectUri: REDIRECT_URI,
    secret: 'the right secret',
    resource: RESOURCE,
    keyFile: certificate.keyFile,
    caFile: certificate.certFile,
    thumbprintSha256: x509.fingerprint256.replaceAll(':', ''),
    thumbprintSha1: x509.fingerprint.replaceAll(':', ''),
    ...more.settings,
  };
  const run = {
    command: process.execPath,
    script: 'test/emulator/clients/msal-node.mjs',
    visit: person,
    ...more,
  };
  return runClient({ certificate, scenario, ...run, settings });
}

const msalNode = client;
const msalPython: typeof client = (scenario, more) =>
  client(scenario, { command: python, script: 'test/emulator/clients/msal_python.py', ...more });

describe('MSAL Node over TLS', () => {
  test('signs in with PKCE, serves from its cache, refreshes', async () => {
    expect(await msalNode('web', {})).toMatchObject({
      ok: {
        account: {
          username: ADELE,
          tenantId: CONTOSO,
          homeAccountId: expect.stringMatching(`\\.${CONTOSO}$`),
        },
        scopes: expect.arrayContaining(['User.ReadBasic.All']),
        fromCache: [true, false],
        isNew: true,
      },
    });
  });

  test('signs in by a user flow of B2C', async () => {
    const scopes = [`${CLIENT_ID}/access`];
    expect(await msalNode('userFlow', { settings: { scopes } })).toEqual({
      ok: {
        ...{ emails: [ADELE], flow: 'B2C_1_susi', scopes },
        homeAccountId: expect.stringMatching(`-b2c_1_susi\\.${CONTOSO}$`),
      },
    });
  });

  test('refuses another nonce', async () => {
    emulator.addFault(REFUSED_ID);
    expect(await msalNode('web', {})).toMatchObject({ error: { errorCode: 'nonce_mismatch' } });
  });

  test('asks for interaction where a refresh needs a second factor', async () => {
    const visit = (url: string): Promise<string> => {
      if (url !== 'about:fault') return person(url);
      emulator.addFault({ at: 'token', fault: { kind: 'aadsts', code: 50076, suberror: 'basic_action' } });
      return Promise.resolve(emulator.baseUrl);
    };
    expect(await msalNode('refreshRefused', { visit })).toMatchObject({
      error: { name: 'InteractionRequiredAuthError', suberror: 'basic_action' },
    });
  });

  test.each(['secret', 'certificate'])('gets an app token with a %s', async (scenario) => {
    const { ok } = await msalNode(scenario, {});
    expect(ok).toMatchObject({ accessToken: expect.stringMatching(/^ey/) });
  });

  test('tells that the secret is wrong', async () => {
    expect(await msalNode('secret', { settings: { secret: 'wrong' } })).toMatchObject({
      error: { errorCode: 'invalid_client', message: expect.stringContaining('AADSTS7000215') },
    });
  });

  test('tells that the certificate is not registered', async () => {
    const other = makeCertificate();
    const settings = {
      keyFile: other.keyFile,
      thumbprintSha256: new X509Certificate(other.cert).fingerprint256.replaceAll(':', ''),
    };
    expect(await msalNode('certificate', { settings })).toMatchObject({
      error: { errorCode: 'invalid_client', message: expect.stringContaining('AADSTS700027') },
    });
  });

  test('signs in on a device without a browser', async () => {
    expect(await msalNode('device', { settings: { clientId: PUBLIC_ID } })).toMatchObject({
      ok: { username: ADELE },
    });
  });
});

describe("Debian's MSAL Python over TLS", () => {
  test('signs in, checks the ID token, serves from its cache, refreshes', async () => {
    expect(await msalPython('web', {})).toMatchObject({
      ok: { username: ADELE, claims: { aud: CLIENT_ID, tid: CONTOSO }, cached: true, renewed: true },
    });
  });

  test('refuses another nonce and another audience', async () => {
    emulator.addFault(REFUSED_ID);
    expect(await msalPython('web', {})).toMatchObject({
      error: { message: expect.stringContaining('nonce') },
    });
    emulator.addFault({ at: 'token', fault: { kind: 'id-token', claims: { aud: 'other' } } });
    expect(await msalPython('web', {})).toMatchObject({ error: { message: expect.stringContaining('aud') } });
  });

  test.each(['secret', 'certificate'])('gets an app token with a %s', async (scenario) => {
    const { ok } = await msalPython(scenario, {});
    expect(ok).toMatchObject({ token_type: 'Bearer', access_token: expect.stringMatching(/^ey/) });
  });

  test('returns the refusal of a wrong secret', async () => {
    expect(await msalPython('secret', { settings: { secret: 'wrong' } })).toMatchObject({
      ok: { error: 'invalid_client', error_codes: [7000215] },
    });
  });

  test('signs in on a device, or is told that the person declined', async () => {
    const settings = { clientId: PUBLIC_ID };
    expect(await msalPython('device', { settings })).toMatchObject({ ok: { username: ADELE } });
    emulator.reset();
    expect(await msalPython('device', { settings, visit: declining })).toMatchObject({
      ok: { error: 'authorization_declined' },
    });
  });
});

describe('MSALs without a browser', () => {
  const settings = { clientId: CALLER_ID, username: ADELE };

  test('Node sends a password', async () => {
    expect(await msalNode('password', { settings })).toMatchObject({ ok: { username: ADELE } });
  });

  test.each([
    ['the machine’s own', {}, { AZURE_POD_IDENTITY_AUTHORITY_HOST: '' }],
    ['the app’s own', {}, { IDENTITY_ENDPOINT: '/msi/token', IDENTITY_HEADER: 'any' }],
    ['a client id’s', { userAssignedClientId: SHARED_ID }, { AZURE_POD_IDENTITY_AUTHORITY_HOST: '' }],
    ['a resource’s', { userAssignedResourceId: SHARED }, { AZURE_POD_IDENTITY_AUTHORITY_HOST: '' }],
    [
      'a resource’s',
      { userAssignedResourceId: SHARED },
      { IDENTITY_ENDPOINT: '/msi/token', IDENTITY_HEADER: 'any' },
    ],
  ])('Node has %s managed identity (%j, %j)', async (_whose, params, places) => {
    const { baseUrl } = emulator;
    const environment = Object.fromEntries(
      Object.entries(places).map(([name, value]) => [
        name,
        name === 'IDENTITY_HEADER' ? value : baseUrl + value,
      ]),
    );
    const identity = Object.keys(params).length === 0 ? undefined : { managedIdentityIdParams: params };
    const { ok } = await msalNode('managedIdentity', { settings: { environment, identity } });
    expect(ok).toMatchObject({ fromCache: [false, true] });
    const { accessToken } = ok as { accessToken: string };
    expect(claimsOf(accessToken)).toMatchObject({ appid: identity === undefined ? MACHINE_ID : SHARED_ID });
  });

  test('Node and Python exchange a token on behalf of a person', async () => {
    const fields = { grant_type: 'password', client_id: CALLER_ID, username: ADELE, password: 'any' };
    const url = `${emulator.baseUrl}/${CONTOSO}/oauth2/v2.0/token`;
    const scope = `${CLIENT_ID}/access`;
    const { access_token: assertion } = json(await visitor(certificate.cert).post(url, { ...fields, scope }));
    expect(await msalNode('behalf', { settings: { assertion } })).toMatchObject({
      ok: { scopes: expect.arrayContaining(['User.ReadBasic.All']), fromCache: [false, true] },
    });
    expect(await msalPython('behalf', { settings: { assertion } })).toMatchObject({
      ok: { access_token: expect.any(String), scope: expect.stringContaining('User.ReadBasic.All') },
    });
  });
});

describe('the Microsoft Graph client over TLS', () => {
  let accessToken: string;
  beforeEach(async () => {
    const fields = {
      grant_type: 'client_credentials',
      client_id: CLIENT_ID,
      client_secret: 'the right secret',
      scope: RESOURCE,
    };
    const url = `${emulator.baseUrl}/${CONTOSO}/oauth2/v2.0/token`;
    accessToken = String(json(await visitor(certificate.cert).post(url, fields)).access_token);
  });
  const graphClient = (scenario: string): Promise<Record<string, unknown>> =>
    client(scenario, {
      script: 'test/emulator/clients/graph-client.mjs',
      settings: { accessToken, user: ADELE },
    });

  test('walks the pages with its PageIterator', async () => {
    expect(await graphClient('list')).toEqual({ ok: { count: 253, distinct: true, complete: true } });
  });

  test('searches and counts', async () => {
    expect(await graphClient('search')).toEqual({ ok: { names: ['Adele Vance'], count: 1 } });
    expect(await graphClient('count')).toEqual({ ok: { count: '253' } });
  });

  test('reads a photo', async () => {
    const { ok } = await graphClient('photo');
    expect(ok).toMatchObject({ type: 'image/jpeg' });
  });

  test('tells what was refused: /me without a person', async () => {
    expect(await graphClient('me')).toMatchObject({ error: { statusCode: 400, code: 'BadRequest' } });
  });

  test('waits and asks again after a 429', async () => {
    const { count } = { count: emulator.ledger().length };
    const headers = { 'Retry-After': '0' };
    emulator.addFault({ at: 'count', fault: { kind: 'status', status: 429, headers } });
    expect(await graphClient('count')).toEqual({ ok: { count: '253' } });
    expect(emulator.ledger().length - count).toBe(2);
  });
});
