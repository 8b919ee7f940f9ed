import { constants, createHash, generateKeyPairSync, randomUUID, sign, X509Certificate } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Emulator, readSeed } from '../../src/emulator/index.ts';
import { openEmulator } from '../support/emulator.ts';
import { type Certificate, makeCertificate } from './client-process.ts';
import { CONTOSO, postToken } from './stage.ts';
import { json } from './visitor.ts';

const CLIENT_ID = '5f0c7d3e-2b1a-4c9d-8e7f-6a5b4c3d2e1f';
const ISSUER = 'https://issuer.example';
const SUBJECT = 'repo:one/app';
const federated = generateKeyPairSync('rsa', { modulusLength: 2048 });

let emulator: Emulator;
let friendly: Emulator;
let certificate: Certificate;
beforeAll(async () => {
  certificate = makeCertificate();
  const keys = [{ ...federated.publicKey.export({ format: 'jwk' }), kid: 'k' }];
  const registration = {
    clientId: CLIENT_ID,
    certificates: [certificate.cert],
    federatedCredentials: [{ issuer: ISSUER, subject: SUBJECT, keys }],
    applicationPermissions: ['User.Read.All'],
  };
  emulator = await openEmulator({ seed: readSeed({ registrations: [registration] }) });
  friendly = await openEmulator();
});
afterAll(async () => {
  await emulator.close();
  await friendly.close();
});

type Members = Record<string, unknown>;

/** A certificate assertion as MSAL makes it, but for the changes. */
function assertion(
  to: Emulator,
  header: Members = {},
  claims: Members = {},
  key: unknown = certificate.key,
): string {
  const der = new X509Certificate(certificate.cert).raw;
  const now = Math.floor(Date.now() / 1000);
  const whole = {
    header: {
      alg: 'PS256',
      typ: 'JWT',
      'x5t#S256': createHash('sha256').update(der).digest('base64url'),
      ...header,
    },
    claims: {
      aud: `${to.baseUrl}/${CONTOSO}/oauth2/v2.0/token`,
      ...{ iss: CLIENT_ID, sub: CLIENT_ID, jti: randomUUID(), nbf: now, iat: now, exp: now + 600 },
      ...claims,
    },
  };
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const input = `${part(whole.header)}.${part(whole.claims)}`;
  const pss = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 };
  const options = whole.header.alg === 'PS256' ? pss : {};
  const signature = sign('RSA-SHA256', Buffer.from(input), { key: key as string, ...options });
  return `${input}.${signature.toString('base64url')}`;
}

async function answerTo(
  to: Emulator,
  clientAssertion: string,
  more: Record<string, string> = {},
): Promise<Members> {
  const fields = {
    grant_type: 'client_credentials',
    client_id: CLIENT_ID,
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: clientAssertion,
    scope: 'https://graph.microsoft.com/.default',
    ...more,
  };
  return json(await postToken(to, fields, CONTOSO));
}

const granted = expect.objectContaining({ token_type: 'Bearer' });
const refused = expect.objectContaining({ error: 'invalid_client', error_codes: [700027] });
const sha1 = (): string =>
  createHash('sha1').update(new X509Certificate(certificate.cert).raw).digest('base64url');

describe('a certificate assertion', () => {
  test('is taken with PS256 and x5t#S256, or RS256 and x5t', async () => {
    expect(await answerTo(emulator, assertion(emulator))).toEqual(granted);
    const old = { alg: 'RS256', 'x5t#S256': undefined, x5t: sha1() };
    expect(await answerTo(emulator, assertion(emulator, old))).toEqual(granted);
  });

  const past = Math.floor(Date.now() / 1000) - 3600;
  test.each<[string, Members, Members]>([
    ['another thumbprint', { 'x5t#S256': 'AAAA' }, {}],
    ['no thumbprint', { 'x5t#S256': undefined }, {}],
    ['alg none', { alg: 'none' }, {}],
    ['an audience elsewhere', {}, { aud: 'https://evil.example/x/oauth2/v2.0/token' }],
    ['another path as audience', {}, { aud: 'http://localhost/' }],
    ['no expiry', {}, { exp: undefined }],
    ['another subject', {}, { sub: 'somebody' }],
    ['no jti', {}, { jti: undefined }],
  ])('with %s is refused', async (_what, header, claims) => {
    expect(await answerTo(emulator, assertion(emulator, header, claims))).toEqual(refused);
  });

  test.each<[string, Members]>([
    ['the past', { exp: past }],
    ['the future', { nbf: past + 7200 }],
  ])('of %s: 700024', async (_when, claims) => {
    expect(await answerTo(emulator, assertion(emulator, {}, claims))).toMatchObject({
      error_codes: [700024],
    });
  });

  test('signed by another key is refused', async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const key = privateKey.export({ type: 'pkcs8', format: 'pem' });
    expect(await answerTo(emulator, assertion(emulator, {}, {}, key))).toEqual(refused);
  });

  test('may come again as it is, as MSAL Node sends it; another with its jti may not', async () => {
    const jti = randomUUID();
    const first = assertion(emulator, { alg: 'RS256' }, { jti });
    expect(await answerTo(emulator, first)).toEqual(granted);
    expect(await answerTo(emulator, first)).toEqual(granted);
    expect(await answerTo(emulator, assertion(emulator, {}, { jti }))).toEqual(refused);
  });

  test.each(['junk', 'a.b.c', ''])('%j is none', async (text) => {
    expect(await answerTo(emulator, text)).toHaveProperty('error', 'invalid_client');
  });

  test('is checked against the certificate in its header where nobody registered one', async () => {
    const x5c = [new X509Certificate(certificate.cert).raw.toString('base64')];
    expect(await answerTo(friendly, assertion(friendly, { x5c }))).toEqual(granted);
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const key = privateKey.export({ type: 'pkcs8', format: 'pem' });
    expect(await answerTo(friendly, assertion(friendly, { x5c }, {}, key))).toEqual(refused);
  });
});

describe('a federated token', () => {
  const good = { iss: ISSUER, sub: SUBJECT, aud: 'api://AzureADTokenExchange', jti: undefined };
  const header = { alg: 'RS256', kid: 'k', 'x5t#S256': undefined };
  const key = federated.privateKey.export({ type: 'pkcs8', format: 'pem' });

  test('is taken from the issuer and subject that are registered', async () => {
    expect(await answerTo(emulator, assertion(emulator, header, good, key))).toEqual(granted);
  });

  test.each<[string, Members, number]>([
    ['subject', { sub: 'repo:another/app' }, 700213],
    ['issuer', { iss: 'https://evil.example' }, 700211],
    ['audience', { aud: 'api://another' }, 700212],
  ])('of another %s is refused', async (_what, claims, code) => {
    const body = await answerTo(emulator, assertion(emulator, header, { ...good, ...claims }, key));
    expect(body).toMatchObject({ error: 'invalid_client', error_codes: [code] });
  });

  test('signed by another key is refused', async () => {
    expect(await answerTo(emulator, assertion(emulator, header, good))).toEqual(refused);
  });
});

test('an app without admin consent has a token without roles, and Graph refuses it', async () => {
  const { access_token: token } = await answerTo(emulator, assertion(emulator));
  const [, payload = ''] = String(token).split('.');
  expect(JSON.parse(Buffer.from(payload, 'base64url').toString())).not.toHaveProperty('roles');
  const seen = await fetch(`${emulator.baseUrl}/v1.0/users`, {
    headers: { authorization: `Bearer ${token}` },
  });
  expect(seen.status).toBe(403);
});
