import { type KeyObject, randomBytes, sign } from 'node:crypto';
import { der, oid, sequence, TAG } from './der.ts';

/** sha256WithRSAEncryption, and ecdsa-with-SHA256, which has no parameters (RFC 5754 section 3). */
const ALGORITHMS: Readonly<Record<string, Buffer>> = {
  rsa: sequence(oid('1.2.840.113549.1.1.11'), der(TAG.null)),
  ec: sequence(oid('1.2.840.10045.4.3.2')),
};

function nameOf(commonName: string): Buffer {
  return sequence(der(TAG.set, sequence(oid('2.5.4.3'), der(TAG.utf8, Buffer.from(commonName)))));
}

/** UTCTime `YYMMDDHHMMSSZ` (RFC 5280 section 4.1.2.5.1). */
function utcTime(timeMs: number): Buffer {
  const digits = new Date(timeMs).toISOString().replace(/\D/g, '').slice(2, 14);
  return der(TAG.utcTime, Buffer.from(`${digits}Z`));
}

/** What a certificate is made of; times in milliseconds since 1970. */
interface CertificateParts {
  readonly commonName: string;
  readonly publicKey: KeyObject;
  /** The issuer's: who signs itself is its own issuer. */
  readonly privateKey: KeyObject;
  /** Of the issuer, where it is another. */
  readonly issuerName?: string;
  readonly notBeforeMs: number;
  readonly notAfterMs: number;
  readonly extensions?: readonly Buffer[];
}

/** Makes an X.509 certificate (DER; RFC 5280 section 4.1) signed with an RSA or an elliptic key. */
export function certificate(parts: CertificateParts): Buffer {
  const { commonName, issuerName = commonName, extensions = [], privateKey } = parts;
  const algorithm = ALGORITHMS[privateKey.asymmetricKeyType ?? ''] ?? Buffer.alloc(0);
  const version3 = der(0xa0, der(TAG.integer, Buffer.from([2])));
  const toBeSigned = sequence(
    ...(extensions.length === 0 ? [] : [version3]),
    der(TAG.integer, serialNumber()),
    algorithm,
    nameOf(issuerName),
    sequence(utcTime(parts.notBeforeMs), utcTime(parts.notAfterMs)),
    nameOf(commonName),
    parts.publicKey.export({ type: 'spki', format: 'der' }),
    ...(extensions.length === 0 ? [] : [der(0xa3, sequence(...extensions))]),
  );
  const signature = sign('sha256', toBeSigned, privateKey);
  return sequence(toBeSigned, algorithm, der(TAG.bitString, Buffer.from([0]), signature));
}

/** Positive, and never with zeros in front. */
function serialNumber(): Buffer {
  const serial = randomBytes(16);
  serial[0] = 0x40 | ((serial[0] ?? 0) & 0x3f);
  return serial;
}

/** A certificate as PEM. */
export function pem(certificateDer: Buffer): string {
  const lines = certificateDer.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}
