import { resolve } from 'node:path';
import { type CertificateSource, isPlaceholder, type ManagedIdentity } from '../../config/index.ts';
import type { ParameterReader } from './parameter-reader.ts';

/** How the app proves who it is, as the file or the environment says it. */
export type CredentialParameters =
  | { kind: 'secret'; secret: string; isInFile: boolean }
  | { kind: 'thumbprint'; thumbprint: string; privateKeyFile: string }
  | CertificateSource
  | { kind: 'assertion'; assertionFile: string }
  | ManagedIdentity;

export interface CredentialSurroundings {
  /** Relative paths begin there: where the parameters file is. */
  folder: string;
  /** The secret from the environment. */
  environmentSecret?: string | undefined;
  /** How the environment says who the app is, where neither file nor environment have a credential for it. */
  identity?: ManagedIdentity | { kind: 'assertion'; assertionFile: string } | undefined;
  /** SHA-1 thumbprints were asked for. */
  sha1: boolean;
}

const HOW = 'give "secret", or "private_key_file" with "certificate_file", or "assertion_file"';

/** Reads the one credential. */
export function readCredential(read: ParameterReader, given: CredentialSurroundings): CredentialParameters {
  const secret = read.text('secret');
  const isReplaced = given.environmentSecret !== undefined || given.identity !== undefined;
  const ownSecret = secret !== undefined && isPlaceholder(secret) && isReplaced ? undefined : secret;
  const assertionFile = read.text('assertion_file');
  const privateKeyFile = read.text('private_key_file');
  const kinds = [ownSecret, assertionFile, privateKeyFile].filter((one) => one !== undefined);
  if (kinds.length > 1) read.problem('secret', `and the other credentials exclude each other: ${HOW}`);
  if (assertionFile !== undefined)
    return { kind: 'assertion', assertionFile: resolve(given.folder, assertionFile) };
  if (privateKeyFile !== undefined)
    return readCertificate(read, given, resolve(given.folder, privateKeyFile));
  for (const name of ['certificate_file', 'thumbprint']) {
    if (read.text(name) !== undefined) read.problem('private_key_file', `is missing beside ${name}`);
  }
  const hasSecret = ownSecret !== undefined || given.environmentSecret !== undefined;
  if (!hasSecret && given.identity !== undefined) return given.identity;
  return readSecret(read, ownSecret, given.environmentSecret);
}

function readSecret(
  read: ParameterReader,
  inFile: string | undefined,
  inEnvironment: string | undefined,
): CredentialParameters {
  const secret = inFile ?? inEnvironment;
  if (secret === undefined)
    read.problem('secret', `is missing: ${HOW}, or set CLIENT_SECRET or CLIENT_MANAGED_IDENTITY`);
  else if (isPlaceholder(secret))
    read.problem('secret', 'still holds a placeholder: put the value of a client secret there');
  if (inFile !== undefined && inEnvironment !== undefined && inFile !== inEnvironment) {
    read.problem('secret', 'is not the one in CLIENT_SECRET: keep only one of them');
  }
  return { kind: 'secret', secret: secret ?? '', isInFile: inFile !== undefined };
}

/** With the certificate at hand its thumbprint is computed, and one in the file is not looked at. */
function readCertificate(
  read: ParameterReader,
  given: CredentialSurroundings,
  privateKeyFile: string,
): CredentialParameters {
  const certificateFile = read.text('certificate_file');
  if (certificateFile !== undefined) {
    return { kind: 'certificate', certificateFile: resolve(given.folder, certificateFile), privateKeyFile };
  }
  const thumbprint = read.text('thumbprint');
  if (thumbprint === undefined) {
    read.problem('certificate_file', 'is missing beside private_key_file: name it, or give the "thumbprint"');
    return { kind: 'thumbprint', thumbprint: '', privateKeyFile };
  }
  return { kind: 'thumbprint', thumbprint: readThumbprint(read, thumbprint, given.sha1), privateKeyFile };
}

/** 64 hexadecimal digits are a SHA-256, 40 a SHA-1; colons and spaces between them are no harm. */
function readThumbprint(read: ParameterReader, given: string, sha1: boolean): string {
  const thumbprint = given.replace(/[:\s\p{Cf}]/gu, '').toUpperCase();
  const rule = thumbprintRule(given, thumbprint, sha1);
  if (rule !== undefined) read.problem('thumbprint', rule);
  return thumbprint;
}

function thumbprintRule(given: string, thumbprint: string, sha1: boolean): string | undefined {
  if (isPlaceholder(given)) return 'still holds a placeholder: name the certificate_file instead';
  if (/^[0-9A-F]{64}$/.test(thumbprint) || (sha1 && /^[0-9A-F]{40}$/.test(thumbprint))) return undefined;
  if (/^[0-9A-F]{40}$/.test(thumbprint)) {
    return 'is a SHA-1: name the certificate_file instead, give its SHA-256, or run with --sha1-thumbprint';
  }
  return 'must be the 64 hexadecimal digits of the SHA-256 of the certificate';
}
