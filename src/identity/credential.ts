import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { NodeAuthOptions } from '@azure/msal-node';
import type { CredentialSource } from '../config.ts';
import { ConfigurationError, UpstreamError } from '../errors.ts';

/** The part of MSAL's settings that holds the credential. */
export type Credential = Pick<NodeAuthOptions, 'clientSecret' | 'clientCertificate' | 'clientAssertion'>;

/**
 * Prepares the app's credential. Certificate and key are read once, here; a federated token is read anew for every
 * assertion, because its issuer replaces the file before it expires.
 * @throws ConfigurationError for files that cannot be read, are not PEM, do not belong together or have expired
 */
export function createCredential(source: CredentialSource, now: () => number): Credential {
  if (source.kind === 'secret') return { clientSecret: source.secret };
  if (source.kind === 'assertion') return { clientAssertion: () => readAssertion(source.assertionFile) };
  const certificate = readPem(
    'CLIENT_CERTIFICATE',
    source.certificateFile,
    (pem) => new X509Certificate(pem),
  );
  const privateKey = readPem('CLIENT_PRIVATE_KEY', source.privateKeyFile, (pem) => createPrivateKey(pem));
  if (!certificate.checkPrivateKey(privateKey)) {
    throw new ConfigurationError(['CLIENT_PRIVATE_KEY must belong to CLIENT_CERTIFICATE']);
  }
  if (Date.parse(certificate.validTo) <= now()) {
    throw new ConfigurationError([`CLIENT_CERTIFICATE expired on ${certificate.validTo}`]);
  }
  return {
    clientCertificate: {
      thumbprintSha256: certificate.fingerprint256.replaceAll(':', ''),
      privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    },
  };
}

function readPem<T>(name: string, file: string, parse: (pem: Buffer) => T): T {
  try {
    return parse(readFileSync(file));
  } catch (cause) {
    const unreadable = cause instanceof Error && 'syscall' in cause;
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
