import { createPrivateKey, X509Certificate } from 'node:crypto';
import { join } from 'node:path';
import { pem } from './certificate.ts';
import { issueFor } from './own-authority.ts';
import { keepPrivate, readPrivate } from './private-file.ts';
import { trustStore } from './trust-store.ts';

/** A certificate that is kept: what a server shows, and the files by which clients trust it. */
export interface KeptCertificate {
  readonly cert: string;
  readonly key: string;
  /** PEM, for everything but Java. */
  readonly authorityFile: string;
  /** PKCS #12 without a password, for Java. */
  readonly trustStoreFile: string;
}

/** Of what holds no key: clients of other users read it. */
const FOR_EVERYBODY = 0o644;
/** A new one is made when the old one has less than this left. */
const RENEW_BEFORE_MS = 7 * 86_400_000;

/**
 * The certificate for these names, from the folder where it is kept; made where it is missing, almost over, for other
 * names or damaged.
 * @throws KeptFileError where the folder or a file in it cannot be used
 */
export function keptCertificate(
  folder: string,
  name: string,
  names: readonly string[],
  nowMs: number,
): KeptCertificate {
  const file = (ending: string): string => join(folder, `${name}${ending}`);
  const files = { authorityFile: file('-ca.pem'), trustStoreFile: file('-ca.p12') };
  const [cert, key, authority] = [file('.pem'), file('-key.pem'), files.authorityFile].map(readPrivate);
  if (
    cert !== undefined &&
    key !== undefined &&
    authority !== undefined &&
    isGood({ cert, key, authority }, names, nowMs)
  )
    return { ...files, cert, key };
  const made = issueFor(names, nowMs);
  keepPrivate(file('-key.pem'), made.key);
  keepPrivate(file('.pem'), made.cert);
  keepPrivate(files.authorityFile, pem(made.authority), FOR_EVERYBODY);
  keepPrivate(files.trustStoreFile, trustStore(made.authority), FOR_EVERYBODY);
  return { ...files, cert: made.cert, key: made.key };
}

interface Kept {
  readonly cert: string;
  readonly key: string;
  readonly authority: string;
}

function isGood({ cert, key, authority }: Kept, names: readonly string[], nowMs: number): boolean {
  try {
    const [server, root] = [new X509Certificate(cert), new X509Certificate(authority)];
    const isOwn = server.checkPrivateKey(createPrivateKey(key)) && server.verify(root.publicKey);
    const isInTime =
      Date.parse(server.validTo) - nowMs > RENEW_BEFORE_MS && Date.parse(server.validFrom) <= nowMs;
    return isOwn && isInTime && namesOf(server) === [...names].sort().join();
  } catch {
    return false;
  }
}

/** The names of a certificate, in alphabetical order. */
function namesOf({ subjectAltName = '' }: X509Certificate): string {
  const names = subjectAltName.split(', ').map((one) => one.replace(/^(DNS|IP Address):/, ''));
  return names
    .map((one) => (one === '0:0:0:0:0:0:0:1' ? '::1' : one))
    .sort()
    .join();
}
