import { der, oid, sequence, TAG } from './der.ts';

/** PKCS #7 data, and PKCS #12 bags (RFC 7292 section 4.2). */
const DATA = oid('1.2.840.113549.1.7.1');
const CERTIFICATE_BAG = oid('1.2.840.113549.1.12.10.1.3');
const X509_CERTIFICATE = oid('1.2.840.113549.1.9.22.1');
const FRIENDLY_NAME = oid('1.2.840.113549.1.9.20');
/** Java takes a certificate for an authority's by this attribute, for any use. */
const JAVA_TRUSTED = oid('2.16.840.1.113894.746875.1.1');
const ANY_USE = oid('2.5.29.37.0');

const data = (content: Buffer): Buffer => sequence(DATA, der(0xa0, der(TAG.octets, content)));

/** A PKCS #12 file without a password that holds one authority: what Java wants in place of PEM. */
export function trustStore(authority: Buffer): Buffer {
  const attributes = der(
    TAG.set,
    sequence(FRIENDLY_NAME, der(TAG.set, der(TAG.bmpString, Buffer.from('emulator', 'utf16le').swap16()))),
    sequence(JAVA_TRUSTED, der(TAG.set, ANY_USE)),
  );
  const bag = sequence(
    CERTIFICATE_BAG,
    der(0xa0, sequence(X509_CERTIFICATE, der(0xa0, der(TAG.octets, authority)))),
    attributes,
  );
  const version = der(TAG.integer, Buffer.from([3]));
  return sequence(version, data(sequence(data(sequence(bag)))));
}
