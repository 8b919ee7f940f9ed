import { createHash, X509Certificate } from 'node:crypto';
import { guidFor } from '../../http/index.ts';
import { GraphError, type Row } from '../../odata/index.ts';

/** A certificate as Graph has it; the key itself is shown only where it was selected (MGD resources/keycredential.md). */
export function keyCredential(pem: string, isShown: boolean): Row {
  const certificate = new X509Certificate(pem);
  return {
    customKeyIdentifier: thumbprintOf(certificate),
    displayName: certificate.subject.replaceAll('\n', ', '),
    endDateTime: new Date(certificate.validTo).toISOString(),
    key: isShown ? certificate.raw.toString('base64') : null,
    keyId: keyIdOf(certificate),
    startDateTime: new Date(certificate.validFrom).toISOString(),
    type: 'AsymmetricX509Cert',
    usage: 'Verify',
  };
}

/** SHA-1, in capitals. */
function thumbprintOf({ raw }: X509Certificate): string {
  return createHash('sha1').update(raw).digest('hex').toUpperCase();
}

function keyIdOf(certificate: X509Certificate): string {
  return guidFor(`certificate ${thumbprintOf(certificate)}`);
}

/** The certificates that a body lists, which take the place of all others. @throws GraphError 400 */
export function certificatesIn(value: unknown, before: readonly string[]): readonly string[] {
  if (!Array.isArray(value)) throw invalid();
  return value.map((one: Row) => {
    if (typeof one.key === 'string') return pemOf(one.key);
    const kept = before.find((pem) => keyIdOf(new X509Certificate(pem)) === one.keyId);
    if (kept === undefined) throw invalid();
    return kept;
  });
}

function pemOf(key: string): string {
  try {
    return new X509Certificate(Buffer.from(key, 'base64')).toString();
  } catch {
    throw invalid();
  }
}

function invalid(): GraphError {
  return new GraphError('Request_BadRequest', 'Key credentials are invalid.');
}
