import { X509Certificate } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ConfigurationError } from '../../src/errors.ts';
import { type CredentialOptions, createCredential } from '../../src/identity/credential/credential.ts';
import { type MadeCertificate, makeCertificate, openssl } from '../daemon/certificates.ts';

const DAY_MS = 86_400_000;

describe('createCredential', () => {
  let folder: string;
  let made: MadeCertificate;
  let endsAtMs: number;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'credential-test-'));
    made = makeCertificate(folder, 'made', 365);
    endsAtMs = Date.parse(new X509Certificate(made.certificate).validTo);
    writeFileSync(join(folder, 'no.pem'), 'no PEM');
    openssl([
      'genpkey',
      '-algorithm',
      'EC',
      '-pkeyopt',
      'ec_paramgen_curve:P-256',
      '-out',
      join(folder, 'ec.key'),
    ]);
    openssl([
      'rsa',
      '-in',
      made.privateKeyFile,
      '-aes256',
      '-traditional',
      '-passout',
      'pass:secret',
      '-out',
      join(folder, 'old.key'),
    ]);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const create = (
    files: { certificateFile?: string; privateKeyFile?: string; passphrase?: string } = {},
    options?: CredentialOptions,
    nowMs = Date.now(),
  ) => createCredential({ kind: 'certificate', ...made, ...files }, () => nowMs, options);
  const problems = (make: () => unknown): readonly string[] => {
    try {
      make();
    } catch (error) {
      if (error instanceof ConfigurationError) return error.problems;
      throw error;
    }
    return [];
  };
  const file = (name: string) => join(folder, name);

  test('names the certificate by its SHA-256, and by its SHA-1 only on request', () => {
    const { fingerprint, fingerprint256 } = new X509Certificate(made.certificate);
    expect(create().clientCertificate).toMatchObject({
      thumbprintSha256: fingerprint256.replaceAll(':', ''),
    });
    expect(create().clientCertificate).not.toHaveProperty('thumbprint');
    expect(create({}, { sha1: true }).clientCertificate).toMatchObject({
      thumbprint: fingerprint.replaceAll(':', ''),
    });
    expect(create({}, { sha1: true }).clientCertificate).not.toHaveProperty('thumbprintSha256');
  });

  test('warns in the last thirty days, and refuses after the end', () => {
    const said: string[] = [];
    const onWarning = (sentence: string) => void said.push(sentence);
    create({}, { onWarning }, endsAtMs - 31 * DAY_MS);
    expect(said).toEqual([]);
    create({}, { onWarning }, endsAtMs - 1.5 * DAY_MS);
    expect(said).toEqual([
      expect.stringMatching(/^CLIENT_CERTIFICATE expires on .* GMT, in 1 day: replace it\.$/),
    ]);
    expect(problems(() => create({}, {}, endsAtMs))).toEqual([
      expect.stringMatching(/^CLIENT_CERTIFICATE expired on .* GMT$/),
    ]);
  });

  test('a certificate of the future is not valid yet', () => {
    expect(problems(() => create({}, {}, endsAtMs - 400 * DAY_MS))).toEqual([
      expect.stringMatching(/^CLIENT_CERTIFICATE is not valid before .* GMT$/),
    ]);
  });

  test('opens encrypted keys of both forms, with their passphrase', () => {
    const names = { certificate: 'certificate_file', privateKey: 'private_key_file', passphrase: 'PASS' };
    const privateKeyFile = file('old.key');
    const opened = create({ privateKeyFile, passphrase: 'secret' }, { names }).clientCertificate;
    expect(opened).toEqual(create().clientCertificate);
    expect(problems(() => create({ privateKeyFile, passphrase: 'wrong' }, { names }))).toEqual([
      'private_key_file is not opened by the passphrase in PASS',
    ]);
    expect(problems(() => create({ privateKeyFile }, { names }))).toEqual([
      'private_key_file is encrypted: put its passphrase into the environment variable PASS',
    ]);
    expect(problems(() => create({ privateKeyFile }))).toEqual([
      'CLIENT_PRIVATE_KEY is encrypted: put its passphrase into the environment variable CLIENT_PRIVATE_KEY_PASSPHRASE',
    ]);
  });

  test.each([
    [
      { certificateFile: 'nowhere' },
      'CLIENT_CERTIFICATE names a file that cannot be read: it does not exist',
    ],
    [{ certificateFile: 'no.pem' }, 'CLIENT_CERTIFICATE names a file that is not the PEM it should be'],
    [{ privateKeyFile: 'nowhere' }, 'CLIENT_PRIVATE_KEY names a file that cannot be read: it does not exist'],
    [{ privateKeyFile: 'no.pem' }, 'CLIENT_PRIVATE_KEY names a file that is not the PEM it should be'],
    [{ privateKeyFile: 'ec.key' }, 'CLIENT_PRIVATE_KEY must be an RSA key, which is what the platform takes'],
  ])('%j: %s', (files, problem) => {
    const paths = Object.fromEntries(Object.entries(files).map(([name, value]) => [name, file(value)]));
    expect(problems(() => create(paths))).toEqual([problem]);
  });

  test('finds the key’s own certificate among others, in whatever order and with the key in the same file', () => {
    const other = makeCertificate(folder, 'other');
    const written = (name: string, ...parts: string[]) => {
      writeFileSync(file(name), parts.join('subject=CN = something\n'));
      return file(name);
    };
    const authorityFirst = written('chain.pem', other.certificate, made.certificate);
    const everything = written('all.pem', other.certificate, made.privateKey, made.certificate);
    const marked = written('marked.pem', '\uFEFF', made.certificate);
    expect(create({ certificateFile: authorityFirst })).toEqual(create());
    expect(create({ certificateFile: everything, privateKeyFile: everything })).toEqual(create());
    expect(create({ certificateFile: marked })).toEqual(create());
    expect(problems(() => create({ certificateFile: other.certificateFile }))).toEqual([
      'CLIENT_PRIVATE_KEY must belong to CLIENT_CERTIFICATE',
    ]);
  });

  test('of several certificates for one key the one that lasts longest counts', () => {
    const longer = file('longer.crt');
    openssl([
      ...[
        'req',
        '-x509',
        '-key',
        made.privateKeyFile,
        '-days',
        '400',
        '-subj',
        '/CN=renewed',
        '-out',
        longer,
      ],
    ]);
    const both = file('both.pem');
    writeFileSync(both, `${made.certificate}${readFileSync(longer, 'utf8')}`);
    expect(create({ certificateFile: both })).toEqual(create({ certificateFile: longer }));
  });

  test('files that are no PEM are named as what they are', () => {
    const key = file('utf16.key');
    writeFileSync(key, Buffer.from(`\uFEFF${made.privateKey}`, 'utf16le'));
    expect(problems(() => create({ privateKeyFile: key }))).toEqual([
      'CLIENT_PRIVATE_KEY names a file that is in UTF-16: save it as UTF-8',
    ]);
    const der = file('made.der');
    openssl(['x509', '-in', made.certificateFile, '-outform', 'DER', '-out', der]);
    expect(problems(() => create({ certificateFile: der }))).toEqual([
      'CLIENT_CERTIFICATE names a file that is DER or PKCS #12: convert it to PEM',
    ]);
    const store = file('made.pfx');
    const to = ['-passout', 'pass:secret', '-out', store];
    openssl(['pkcs12', '-export', '-in', made.certificateFile, '-inkey', made.privateKeyFile, ...to]);
    expect(problems(() => create({ privateKeyFile: store }))).toEqual([
      'CLIENT_PRIVATE_KEY names a file that is DER or PKCS #12: convert it to PEM',
    ]);
  });

  test('a thumbprint alone is passed on, by its length', () => {
    const of = (thumbprint: string) =>
      createCredential({ kind: 'thumbprint', thumbprint, privateKeyFile: made.privateKeyFile }, Date.now);
    expect(of('A'.repeat(64)).clientCertificate).toMatchObject({ thumbprintSha256: 'A'.repeat(64) });
    expect(of('B'.repeat(40)).clientCertificate).toMatchObject({ thumbprint: 'B'.repeat(40) });
  });

  test('a federated token is read anew for every assertion', async () => {
    const assertionFile = file('token.jwt');
    const { clientAssertion } = createCredential({ kind: 'assertion', assertionFile }, Date.now);
    const assertion = async () =>
      typeof clientAssertion === 'function' ? clientAssertion({ clientId: 'x' }) : clientAssertion;
    await expect(assertion()).rejects.toMatchObject({ code: 'credential_unusable' });
    writeFileSync(assertionFile, 'first\n');
    expect(await assertion()).toBe('first');
    writeFileSync(assertionFile, 'second');
    expect(await assertion()).toBe('second');
    writeFileSync(assertionFile, '\uFEFFthird\u200B\r\n');
    expect(await assertion()).toBe('third');
    writeFileSync(assertionFile, Buffer.from('fourth', 'utf16le'));
    await expect(assertion()).rejects.toMatchObject({ code: 'credential_unusable' });
    const refused = (problem: string) =>
      expect(assertion()).rejects.toMatchObject({
        code: 'credential_unusable',
        explanation: `Its setting names a file that ${problem}.`,
      });
    writeFileSync(assertionFile, ' \n');
    await refused('is empty');
    writeFileSync(assertionFile, 'x'.repeat(1_048_577));
    await refused('cannot be read: it is larger than 1 MiB');
    rmSync(assertionFile);
    await refused('cannot be read: it does not exist');
    mkdirSync(assertionFile);
    await refused('cannot be read: it is no file');
  });
});
