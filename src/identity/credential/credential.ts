import type { KeyObject, X509Certificate } from 'node:crypto';
import type { NodeAuthOptions } from '@azure/msal-node';
import { exchangeAudienceOf } from '../../clouds.ts';
import type { CertificateSource, CredentialSource, ManagedIdentity } from '../../config/index.ts';
import { ConfigurationError, UpstreamError } from '../../errors.ts';
import { readValueFile } from '../../text-file.ts';
import { createManagedIdentity } from './managed-identity.ts';
import { type CredentialNames, type PrivateKeySource, readCertificates, readPrivateKey } from './pem.ts';

/** The part of MSAL's settings that holds the credential. */
export type Credential = Pick<NodeAuthOptions, 'clientSecret' | 'clientCertificate' | 'clientAssertion'>;

/** A certificate known by its thumbprint only: hexadecimal, SHA-256 or, for a platform that is old, SHA-1. */
interface ThumbprintSource extends PrivateKeySource {
  kind: 'thumbprint';
  thumbprint: string;
}

interface CertificateFiles extends Partial<PrivateKeySource> {
  certificateFile: string;
}

export interface CredentialOptions {
  /** Default: the web app's variables. */
  names?: CredentialNames;
  /** Names the certificate to the platform by SHA-1 and signs with RS256, as old samples do. */
  sha1?: boolean;
  /** Whose tokens a managed identity's are exchanged for. */
  authority?: string;
  /** Told in one sentence of a certificate that ends soon. */
  onWarning?: (sentence: string) => void;
}

const WEB_NAMES: CredentialNames = {
  certificate: 'CLIENT_CERTIFICATE',
  privateKey: 'CLIENT_PRIVATE_KEY',
  passphrase: 'CLIENT_PRIVATE_KEY_PASSPHRASE',
};
const DAY_MS = 86_400_000;
/** A certificate that ends within so many days is worth a warning at each start. */
const WARNING_DAYS = 30;
const SHA1_DIGITS = 40;

/**
 * Prepares the app's credential. Certificate and key are read once, here; a federated token is read again for every
 * assertion, because its issuer replaces the file before it expires.
 * @throws ConfigurationError for files that cannot be read, are not PEM, do not belong together or have expired
 */
export function createCredential(
  source: CredentialSource | ThumbprintSource,
  now: () => number,
  options: CredentialOptions = {},
): Credential {
  if (source.kind === 'secret') return { clientSecret: source.secret };
  if (source.kind === 'managed-identity') return federatedBy(source, options.authority);
  if (source.kind === 'assertion') return { clientAssertion: () => readAssertion(source.assertionFile) };
  const privateKey = readPrivateKey(source, options.names ?? WEB_NAMES);
  const thumbprint =
    source.kind === 'thumbprint' ? source.thumbprint : thumbprintOf(source, privateKey, now(), options);
  return { clientCertificate: { ...digestOf(thumbprint), privateKey: pemOf(privateKey) } };
}

/** The managed identity's token is the assertion; the registration trusts it by a federated credential. */
function federatedBy(source: ManagedIdentity, authority = ''): Credential {
  const host = URL.canParse(authority) ? new URL(authority).hostname : '';
  const token = createManagedIdentity(source);
  return { clientAssertion: () => token(exchangeAudienceOf(host)) };
}

/** MSAL names the certificate by `x5t#S256` and signs PS256, or by `x5t` and signs RS256. */
function digestOf(thumbprint: string): { thumbprint: string } | { thumbprintSha256: string } {
  return thumbprint.length === SHA1_DIGITS ? { thumbprint } : { thumbprintSha256: thumbprint };
}

function thumbprintOf(
  { certificateFile }: CertificateSource,
  privateKey: KeyObject,
  nowMs: number,
  options: CredentialOptions,
): string {
  const certificate = ownCertificate(certificateFile, privateKey, nowMs, options);
  const fingerprint = options.sha1 ? certificate.fingerprint : certificate.fingerprint256;
  return fingerprint.replaceAll(':', '');
}

/** As the app finds its own in a file, for somebody who may not have the key. @throws ConfigurationError */
export function readOwnCertificate(
  { certificateFile, privateKeyFile, passphrase }: CertificateFiles,
  nowMs: number,
  names: CredentialNames,
): X509Certificate {
  const privateKey =
    privateKeyFile === undefined ? undefined : readPrivateKey({ privateKeyFile, passphrase }, names);
  return ownCertificate(certificateFile, privateKey, nowMs, { names });
}

/** The one of the key; without it, one for an RSA key that vouches for no other of the file. */
function ownCertificate(
  file: string,
  privateKey: KeyObject | undefined,
  nowMs: number,
  options: CredentialOptions,
): X509Certificate {
  const names = options.names ?? WEB_NAMES;
  const all = readCertificates(file, names.certificate);
  const isOwn = (one: X509Certificate) =>
    privateKey === undefined ? isOfAnApp(one, all) : one.checkPrivateKey(privateKey);
  const own = all.filter(isOwn).sort((one, other) => Date.parse(other.validTo) - Date.parse(one.validTo));
  const certificate = own.find(({ validFrom }) => Date.parse(validFrom) <= nowMs) ?? own[0];
  if (certificate === undefined) {
    throw new ConfigurationError([
      privateKey === undefined
        ? `${names.certificate} must be of an RSA key, which is what the platform takes`
        : `${names.privateKey} must belong to ${names.certificate}`,
    ]);
  }
  requireValid(certificate, names.certificate, nowMs, options.onWarning);
  return certificate;
}

function isOfAnApp(one: X509Certificate, all: readonly X509Certificate[]): boolean {
  const vouches = all.some((other) => other !== one && other.checkIssued(one));
  return !vouches && one.publicKey.asymmetricKeyType === 'rsa';
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

function pemOf(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString();
}

async function readAssertion(file: string): Promise<string> {
  const read = readValueFile(file);
  if ('text' in read) return read.text;
  throw new UpstreamError('credential_unusable', 503, 'The federated token of this app cannot be read.', {
    explanation: `Its setting ${read.problem}.`,
  });
}
