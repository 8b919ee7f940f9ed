import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { NodeAuthOptions } from '@azure/msal-node';
import type { CredentialSource } from '../config/index.ts';
import { ConfigurationError, UpstreamError } from '../errors.ts';

/** The part of MSAL's settings that holds the credential. */
export type Credential = Pick<NodeAuthOptions, 'clientSecret' | 'clientCertificate' | 'clientAssertion'>;

/** A certificate known by its thumbprint only: hexadecimal, SHA-256 or, for a platform that is old, SHA-1. */
export interface ThumbprintSource {
  kind: 'thumbprint';
  thumbprint: string;
  privateKeyFile: string;
}

/** What the sentences about a wrong credential call its parts. */
export interface CredentialNames {
  certificate: string;
  privateKey: string;
  /** Where the passphrase of an encrypted key comes from; absent where encrypted keys are not taken. */
  passphrase?: string;
}

export interface CredentialOptions {
  /** Default: the web app's variables. */
  names?: CredentialNames;
  /** Opens an encrypted private key. */
  passphrase?: string;
  /** Names the certificate to the platform by SHA-1 and signs with RS256, as old samples do. */
  sha1?: boolean;
  /** Told in one sentence of a certificate that ends soon. */
  onWarning?: (sentence: string) => void;
}

const WEB_NAMES: CredentialNames = { certificate: 'CLIENT_CERTIFICATE', privateKey: 'CLIENT_PRIVATE_KEY' };
const DAY_MS = 86_400_000;
/** A certificate that ends within so many days is worth a warning at each start. */
const WARNING_DAYS = 30;
const SHA1_DIGITS = 40;

/**
 * Prepares the app's credential. Certificate and key are read once, here; a federated token is read anew for every
 * assertion, because its issuer replaces the file before it expires.
 * @throws ConfigurationError for files that cannot be read, are not PEM, do not belong together or have expired
 */
export function createCredential(
  source: CredentialSource | ThumbprintSource,
  now: () => number,
  options: CredentialOptions = {},
): Credential {
  if (source.kind === 'secret') return { clientSecret: source.secret };
  if (source.kind === 'assertion') return { clientAssertion: () => readAssertion(source.assertionFile) };
  const names = options.names ?? WEB_NAMES;
  if (source.kind === 'thumbprint') {
    const privateKey = readPrivateKey(source.privateKeyFile, names, options.passphrase);
    return { clientCertificate: { ...digestOf(source.thumbprint), privateKey: pemOf(privateKey) } };
  }
  const certificate = readPem(names.certificate, source.certificateFile, (pem) => new X509Certificate(pem));
  const privateKey = readPrivateKey(source.privateKeyFile, names, options.passphrase);
  if (!certificate.checkPrivateKey(privateKey)) {
    throw new ConfigurationError([`${names.privateKey} must belong to ${names.certificate}`]);
  }
  requireValid(certificate, names.certificate, now(), options.onWarning);
  const fingerprint = options.sha1 ? certificate.fingerprint : certificate.fingerprint256;
  return {
    clientCertificate: { ...digestOf(fingerprint.replaceAll(':', '')), privateKey: pemOf(privateKey) },
  };
}

/** MSAL names the certificate by `x5t#S256` and signs PS256, or by `x5t` and signs RS256. */
function digestOf(thumbprint: string): { thumbprint: string } | { thumbprintSha256: string } {
  return thumbprint.length === SHA1_DIGITS ? { thumbprint } : { thumbprintSha256: thumbprint };
}

function requireValid(
  certificate: X509Certificate,
  name: string,
  nowMs: number,
  onWarning: CredentialOptions['onWarning'],
): void {
  const leftMs = Date.parse(certificate.validTo) - nowMs;
  if (leftMs <= 0) throw new ConfigurationError([`${name} expired on ${certificate.validTo}`]);
  if (Date.parse(certificate.validFrom) > nowMs) {
    throw new ConfigurationError([`${name} is not valid before ${certificate.validFrom}`]);
  }
  const days = Math.floor(leftMs / DAY_MS);
  if (days < WARNING_DAYS) {
    onWarning?.(
      `${name} expires on ${certificate.validTo}, in ${days} ${days === 1 ? 'day' : 'days'}: replace it.`,
    );
  }
}

function readPrivateKey(file: string, names: CredentialNames, passphrase: string | undefined): KeyObject {
  const key = readPem(names.privateKey, file, (pem) => openPrivateKey(pem, names, passphrase));
  if (key.asymmetricKeyType === 'rsa') return key;
  throw new ConfigurationError([`${names.privateKey} must be an RSA key, which is what the platform takes`]);
}

/** @throws ConfigurationError for an encrypted key that the passphrase does not open; OpenSSL's error for no key */
function openPrivateKey(pem: Buffer, names: CredentialNames, passphrase: string | undefined): KeyObject {
  const isEncrypted = /ENCRYPTED/.test(pem.toString('latin1'));
  if (!isEncrypted) return createPrivateKey(pem);
  if (names.passphrase === undefined) {
    throw new ConfigurationError([`${names.privateKey} names a file that is not the PEM it should be`]);
  }
  if (passphrase === undefined) {
    throw new ConfigurationError([
      `${names.privateKey} is encrypted: put its passphrase into the environment variable ${names.passphrase}`,
    ]);
  }
  try {
    return createPrivateKey({ key: pem, passphrase });
  } catch {
    throw new ConfigurationError([
      `${names.privateKey} is not opened by the passphrase in ${names.passphrase}`,
    ]);
  }
}

function pemOf(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString();
}

function readPem<T>(name: string, file: string, parse: (pem: Buffer) => T): T {
  try {
    return parse(readFileSync(file));
  } catch (cause) {
    if (cause instanceof ConfigurationError) throw cause;
    const unreadable = typeof cause === 'object' && cause !== null && 'syscall' in cause;
    const problem = unreadable
      ? 'names a file that cannot be read'
      : 'names a file that is not the PEM it should be';
    throw new ConfigurationError([`${name} ${problem}`]);
  }
}

async function readAssertion(file: string): Promise<string> {
  try {
    const assertion = (await readFile(file, 'utf8')).trim();
    if (assertion === '') throw new Error('the file is empty');
    return assertion;
  } catch (cause) {
    throw new UpstreamError('credential_unusable', 503, 'The federated token of this app cannot be read.', {
      cause,
    });
  }
}
