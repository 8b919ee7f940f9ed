import { createHash, createPublicKey, X509Certificate } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { FEDERATION, federatedToken } from '../support/federated-token.ts';
import { openssl } from './certificates.ts';
import { CLIENT_ID, openTenant, type Tenant } from './tenant.ts';

describe('the credentials, each against a strict registration', () => {
  let tenant: Tenant;
  beforeAll(async () => {
    tenant = await openTenant({
      register: ({ certificate, privateKey }) => ({
        secrets: [],
        certificates: [certificate],
        federatedCredentials: [
          { ...FEDERATION, keys: [createPublicKey(privateKey).export({ format: 'jwk' })] },
        ],
      }),
    });
  });
  beforeEach(() => tenant.emulator.reset());
  afterAll(() => tenant.close());

  const digest = (algorithm: string) =>
    createHash(algorithm).update(new X509Certificate(tenant.tls.certificate).raw).digest('hex');
  const run = (changes: Record<string, unknown>, more: string[] = [], environment = {}) =>
    tenant.run([tenant.parameters({ secret: undefined, ...changes }), '--quiet', ...more], environment);
  const assertionHeader = () => {
    const [asked] = tenant.asked(/token$/);
    const [header = ''] = (asked?.body.client_assertion ?? '').split('.');
    return JSON.parse(Buffer.from(header, 'base64url').toString('utf8')) as Record<string, string>;
  };

  test('a certificate file: thumbprint computed, PS256 and x5t#S256', async () => {
    expect(await run({ certificate_file: 'localhost.crt', private_key_file: 'localhost.key' })).toMatchObject(
      {
        status: 0,
        stderr: '',
      },
    );
    expect(assertionHeader()).toMatchObject({
      alg: 'PS256',
      'x5t#S256': Buffer.from(digest('sha256'), 'hex').toString('base64url'),
    });
  });

  test('a SHA-256 thumbprint, with colons as openssl prints it', async () => {
    const thumbprint = openssl([
      'x509',
      '-in',
      tenant.tls.certificateFile,
      '-noout',
      '-fingerprint',
      '-sha256',
    ])
      .split('=')[1]
      ?.trim();
    expect((await run({ thumbprint, private_key_file: 'localhost.key' })).status).toBe(0);
    expect(assertionHeader().alg).toBe('PS256');
  });

  test('a SHA-1 thumbprint as in the sample: only on request', async () => {
    const sample = { thumbprint: digest('sha1').toUpperCase(), private_key_file: 'localhost.key' };
    const refused = await run(sample);
    expect(refused.status).toBe(2);
    expect(refused.stderr).toContain('thumbprint is a SHA-1: name the certificate_file instead');
    expect((await run(sample, ['--sha1-thumbprint'])).status).toBe(0);
    expect(assertionHeader()).toMatchObject({
      alg: 'RS256',
      x5t: Buffer.from(digest('sha1'), 'hex').toString('base64url'),
    });
  });

  test('an encrypted key, its passphrase from the environment', async () => {
    const encrypted = join(tenant.folder, 'encrypted.key');
    openssl([
      'pkcs8',
      '-topk8',
      '-in',
      tenant.tls.privateKeyFile,
      '-passout',
      'pass:open sesame',
      '-out',
      encrypted,
    ]);
    const file = { certificate_file: 'localhost.crt', private_key_file: 'encrypted.key' };
    const passphrase = (text: string) => run(file, [], { CLIENT_PRIVATE_KEY_PASSPHRASE: text });
    expect((await passphrase('open sesame')).status).toBe(0);
    const fromFile = tenant.file('passphrase', 'open sesame\n');
    expect((await run(file, [], { CLIENT_PRIVATE_KEY_PASSPHRASE_FILE: fromFile })).status).toBe(0);
    const both = {
      CLIENT_PRIVATE_KEY_PASSPHRASE_FILE: fromFile,
      CLIENT_PRIVATE_KEY_PASSPHRASE: 'open sesame',
    };
    expect(await run(file, [], both)).toMatchObject({
      status: 2,
      stderr:
        'CLIENT_PRIVATE_KEY_PASSPHRASE_FILE and CLIENT_PRIVATE_KEY_PASSPHRASE exclude each other: set only one of them\n',
    });
    expect(await run(file)).toMatchObject({
      status: 2,
      stderr: expect.stringContaining(
        'private_key_file is encrypted: put its passphrase into the environment variable CLIENT_PRIVATE_KEY_PASSPHRASE',
      ),
    });
    expect(await passphrase('wrong')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining(
        'private_key_file is not opened by the passphrase in CLIENT_PRIVATE_KEY_PASSPHRASE',
      ),
    });
  });

  test('a certificate that is not on the registration', async () => {
    const folder = tenant.folder;
    openssl([
      ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '365', '-subj', '/CN=other'],
      ...['-keyout', join(folder, 'other.key'), '-out', join(folder, 'other.crt')],
    ]);
    const { status, stderr } = await run({ certificate_file: 'other.crt', private_key_file: 'other.key' });
    expect(status).toBe(3);
    expect(stderr).toMatch(/The certificate is not on the registration.*\(AADSTS700027,/);
    const mixed = await run({ certificate_file: 'other.crt', private_key_file: 'localhost.key' });
    expect(mixed).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('private_key_file must belong to certificate_file'),
    });
  });

  test('a federated token, read anew for each run', async () => {
    writeFileSync(
      join(tenant.folder, 'token.jwt'),
      federatedToken(tenant.tls.privateKey, FEDERATION.subject),
      {
        mode: 0o600,
      },
    );
    expect(await run({ assertion_file: 'token.jwt' })).toMatchObject({ status: 0, stderr: '' });
    writeFileSync(
      join(tenant.folder, 'token.jwt'),
      federatedToken(tenant.tls.privateKey, 'system:serviceaccount:jobs:another'),
    );
    expect((await run({ assertion_file: 'token.jwt' })).status).toBe(3);
    expect(await run({ assertion_file: 'nowhere.jwt' })).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('The federated token of this app cannot be read.'),
    });
  });

  test('two credentials at once are refused', async () => {
    const both = { secret: 'one', certificate_file: 'localhost.crt', private_key_file: 'localhost.key' };
    expect(await run(both)).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('secret and the other credentials exclude each other'),
    });
  });

  test('the assertion of a certificate names the app and the token endpoint', async () => {
    await run({ certificate_file: 'localhost.crt', private_key_file: 'localhost.key' });
    const [, payload = ''] = (tenant.asked(/token$/)[0]?.body.client_assertion ?? '').split('.');
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as Record<string, unknown>;
    expect(claims).toMatchObject({ iss: CLIENT_ID, sub: CLIENT_ID });
    expect(String(claims.aud)).toMatch(/\/oauth2\/v2\.0\/token$/);
    expect(readFileSync(tenant.tls.privateKeyFile, 'utf8')).toContain('PRIVATE KEY');
  });
});
