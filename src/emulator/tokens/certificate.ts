import { type KeyObject, randomBytes, sign } from 'node:crypto';

/** DER tags used in an X.509 certificate (X.690 section 8, RFC 5280 section 4.1). */
const TAG = { integer: 0x02, bitString: 0x03, null: 0x05, oid: 0x06, utf8: 0x0c, utcTime: 0x17 } as const;
const SEQUENCE = 0x30;
const SET = 0x31;

/** sha256WithRSAEncryption 1.2.840.113549.1.1.11 and commonName 2.5.4.3, encoded. */
const SHA256_WITH_RSA = Buffer.from('2a864886f70d01010b', 'hex');
const COMMON_NAME = Buffer.from('550403', 'hex');

function der(tag: number, ...contents: Uint8Array[]): Buffer {
  const content = Buffer.concat(contents);
  return Buffer.concat([Buffer.from([tag]), derLength(content.length), content]);
}

function derLength(length: number): Buffer {
  if (length < 0x80) return Buffer.from([length]);
  const hex = length.toString(16);
  const bytes = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
  return Buffer.concat([Buffer.from([0x80 | bytes.length]), bytes]);
}

function nameOf(commonName: string): Buffer {
  const attribute = der(SEQUENCE, der(TAG.oid, COMMON_NAME), der(TAG.utf8, Buffer.from(commonName)));
  return der(SEQUENCE, der(SET, attribute));
}

/** UTCTime `YYMMDDHHMMSSZ` (RFC 5280 section 4.1.2.5.1). */
function utcTime(timeMs: number): Buffer {
  const digits = new Date(timeMs).toISOString().replace(/\D/g, '').slice(2, 14);
  return der(TAG.utcTime, Buffer.from(`${digits}Z`));
}

/** What a self-signed certificate is made of; times in milliseconds since 1970. */
interface CertificateParts {
  readonly commonName: string;
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
  readonly notBeforeMs: number;
  readonly notAfterMs: number;
}

/** Makes a self-signed X.509 certificate (DER) for an RSA key: the `x5c` of a published key needs one. */
export function selfSignedCertificate(parts: CertificateParts): Buffer {
  const algorithm = der(SEQUENCE, der(TAG.oid, SHA256_WITH_RSA), der(TAG.null));
  const serial = randomBytes(16);
  serial[0] = 0x40 | ((serial[0] ?? 0) & 0x3f);
  const toBeSigned = der(
    SEQUENCE,
    der(TAG.integer, serial),
    algorithm,
    nameOf(parts.commonName),
    der(SEQUENCE, utcTime(parts.notBeforeMs), utcTime(parts.notAfterMs)),
    nameOf(parts.commonName),
    parts.publicKey.export({ type: 'spki', format: 'der' }),
  );
  const signature = sign('RSA-SHA256', toBeSigned, parts.privateKey);
  return der(SEQUENCE, toBeSigned, algorithm, der(TAG.bitString, Buffer.from([0]), signature));
}
