import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Emulator, readSeed } from '../../../src/emulator/index.ts';
import { openEmulator } from '../../support/emulator.ts';
import { emulator, endAll, started } from '../command.ts';
import { CONTOSO, claimsOf } from '../stage.ts';
import { json, visitor } from '../visitor.ts';

// K3 of the wire reference: workload identity federation, with issuers that publish their keys.

const SUBJECT = 'system:serviceaccount:jobs:worker';
const APP = '7a0c7d3e-2b1a-4c9d-8e7f-000000000001';
const BARE = '7a0c7d3e-2b1a-4c9d-8e7f-000000000002';
const newKey = () => generateKeyPairSync('rsa', { modulusLength: 2048 });

/** An issuer on this machine: what it publishes can be changed, and it counts who asks. */
interface Issuer {
  url: string;
  port: number;
  asked: string[];
  document: Record<string, unknown>;
  keys: { kid: string; publicKey: KeyObject }[];
  server: Server;
}

async function openIssuer(): Promise<Issuer> {
  const server = createServer((request, response) => {
    issuer.asked.push(request.url ?? '');
    const keys = issuer.keys.map(({ kid, publicKey }) => ({
      ...publicKey.export({ format: 'jwk' }),
      kid,
      use: 'sig',
    }));
    const isKeys = request.url === '/keys';
    if (request.url === '/away') response.writeHead(302, { Location: '/keys' }).end();
    else response.end(JSON.stringify(isKeys ? { keys } : issuer.document));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const url = `http://localhost:${port}`;
  const document = { issuer: url, jwks_uri: `${url}/keys` };
  const issuer: Issuer = { url, port, server, asked: [], document, keys: [] };
  return issuer;
}

let issuer: Issuer;
let strict: Emulator;
let friendly: Emulator;
const pair = newKey();
beforeAll(async () => {
  issuer = await openIssuer();
  const trust = { subject: SUBJECT };
  const registrations = [
    {
      clientId: APP,
      federatedCredentials: [
        { issuer: issuer.url, ...trust },
        { issuer: `${issuer.url}/slash/`, ...trust },
        { issuer: issuer.url, subject: 'somebody', audience: 'api://own' },
      ],
    },
    { clientId: BARE, name: 'Bare' },
  ];
  strict = await openEmulator({ seed: readSeed({ registrations }) });
  friendly = await openEmulator();
});
beforeEach(() => {
  strict.reset();
  issuer.asked = [];
  issuer.keys = [{ kid: 'one', publicKey: pair.publicKey }];
  issuer.document = { issuer: issuer.url, jwks_uri: `${issuer.url}/keys` };
});
afterEach(endAll);
afterAll(async () => {
  issuer.server.closeAllConnections();
  await Promise.all([
    strict.close(),
    friendly.close(),
    new Promise((resolve) => issuer.server.close(resolve)),
  ]);
});

/** A token of the issuer's; claims of undefined are left out. */
function token(
  claims: Record<string, unknown> = {},
  kid: string | undefined = 'one',
  key = pair.privateKey,
): string {
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const now = Math.floor(Date.now() / 1000);
  const all = { iss: issuer.url, sub: SUBJECT, aud: 'api://AzureADTokenExchange', exp: now + 600, ...claims };
  const input = `${encode({ alg: 'RS256', typ: 'JWT', kid })}.${encode(all)}`;
  return `${input}.${sign('RSA-SHA256', Buffer.from(input), key).toString('base64url')}`;
}

async function exchange(
  assertion: string,
  at: Pick<Emulator, 'baseUrl'> = strict,
  clientId = APP,
): Promise<Record<string, unknown>> {
  const answer = await visitor().post(`${at.baseUrl}/${CONTOSO}/oauth2/v2.0/token`, {
    grant_type: 'client_credentials',
    client_id: clientId,
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: assertion,
    scope: 'https://graph.microsoft.com/.default',
  });
  return { status: answer.status, ...json(answer) };
}

describe('K3: workload identity federation [entra-docs workload-identity-federation]', () => {
  test('a token of an issuer that publishes its keys is exchanged, and the keys are asked for once', async () => {
    const body = await exchange(token());
    expect(body).toMatchObject({ status: 200, token_type: 'Bearer' });
    expect(claimsOf(body.access_token)).toMatchObject({ appid: APP, appidacr: '2' });
    expect(await exchange(token())).toMatchObject({ status: 200 });
    expect(issuer.asked).toEqual(['/.well-known/openid-configuration', '/keys']);
  });

  test('a new key is found', async () => {
    await exchange(token());
    const next = newKey();
    issuer.keys.push({ kid: 'two', publicKey: next.publicKey });
    expect(await exchange(token({}, 'two', next.privateKey))).toMatchObject({ status: 200 });
  });

  test('an issuer with a slash at its end is asked at the right place', async () => {
    const iss = `${issuer.url}/slash/`;
    issuer.document = { issuer: iss, jwks_uri: `${issuer.url}/keys` };
    expect(await exchange(token({ iss }))).toMatchObject({ status: 200 });
    expect(issuer.asked[0]).toBe('/slash/.well-known/openid-configuration');
  });

  test.each([
    [700211, 'issuer', { iss: 'http://localhost:2' }, 'http://localhost:2'],
    [700213, 'subject', { sub: 'repo:another/app' }, 'repo:another/app'],
    [700212, 'audience', { aud: 'api://another' }, 'api://another'],
    [700212, 'audience', { sub: 'somebody' }, 'api://AzureADTokenExchange'],
  ])('%d for another %s: %j', async (code, name, claims, presented) => {
    const body = await exchange(token(claims));
    expect(body).toMatchObject({ status: 401, error: 'invalid_client', error_codes: [code] });
    expect(body.error_description).toContain(
      `No matching federated identity record found for presented assertion ${name} '${presented}'. Check your federated identity credential`,
    );
  });

  test('an issuer that nobody trusts is not asked', async () => {
    await exchange(token({ iss: `${issuer.url}/another` }));
    expect(issuer.asked).toEqual([]);
  });

  test('700024 for one that is over, or not valid yet', async () => {
    const now = Math.floor(Date.now() / 1000);
    for (const claims of [{ exp: now - 3600 }, { nbf: now + 3600 }])
      expect(await exchange(token(claims))).toMatchObject({ status: 401, error_codes: [700024] });
  });

  test('700027 for one that another key signed, or one with a key that is not published', async () => {
    const other = newKey().privateKey;
    for (const assertion of [token({}, 'one', other), token({}, 'missing', other)])
      expect(await exchange(assertion)).toMatchObject({ status: 401, error_codes: [700027] });
  });

  test('70025 for an app without any', async () => {
    const body = await exchange(token(), strict, BARE);
    expect(body).toMatchObject({ status: 401, error_codes: [70025] });
    expect(body.error_description).toContain(
      `'${BARE}'(Bare) has no configured federated identity credentials.`,
    );
  });

  test('without registrations only the audience is looked at', async () => {
    expect(await exchange(token(), friendly)).toMatchObject({ status: 200 });
    expect(await exchange(token({ aud: 'other' }), friendly)).toMatchObject({ error_codes: [700212] });
    expect(issuer.asked).toEqual([]);
  });
});

describe('an issuer is asked on this machine only', () => {
  /** In a process of its own: what runs within a test may not call other addresses anyway. */
  test('501661: an address that stands for all, another address, nobody there', async () => {
    const anywhere = `http://0.0.0.0:${issuer.port}`;
    const issuers = [anywhere, 'http://192.0.2.1', 'http://localhost:1'];
    const file = join(mkdtempSync(join(tmpdir(), 'seed-')), 'seed.json');
    const federatedCredentials = issuers.map((one) => ({ issuer: one, subject: SUBJECT }));
    writeFileSync(file, JSON.stringify({ registrations: [{ clientId: APP, federatedCredentials }] }));
    const { baseUrl } = await started(emulator(['--port', '0', '--users', '0', '--seed', file]));
    issuer.document = { issuer: anywhere, jwks_uri: `${issuer.url}/keys` };
    for (const iss of issuers)
      expect(await exchange(token({ iss }), { baseUrl })).toMatchObject({
        status: 400,
        error_codes: [501661],
      });
    expect(issuer.asked).toEqual([]);
  });

  test.each([
    ['keys elsewhere', () => ({ jwks_uri: `http://0.0.0.0:${issuer.port}/keys` })],
    ['keys behind a redirect', () => ({ jwks_uri: `${issuer.url}/away` })],
    ['another issuer in the document', () => ({ issuer: `${issuer.url}/` })],
    ['no keys named', () => ({ jwks_uri: undefined })],
    ['a document without end', () => ({ more: 'a'.repeat(300_000) })],
  ])('501661: %s', async (_what, changes) => {
    issuer.document = { ...issuer.document, ...changes() };
    expect(await exchange(token())).toMatchObject({ status: 400, error_codes: [501661] });
    expect(issuer.asked).not.toContain('/keys');
  });
});
