import { generateKeyPairSync } from 'node:crypto';
import { certificate, pem } from './certificate.ts';
import { authorityExtensions, serverExtensions } from './extensions.ts';

const DAY_MS = 86_400_000;
/** Ninety days at most, from an hour ago on for clocks that are behind. */
const LIFE_MS = 90 * DAY_MS - 3_600_000;
const HOUR_MS = 3_600_000;

/** A server's certificate and key (PEM), and the authority (DER) that signed it and nothing else. */
interface Issued {
  readonly authority: Buffer;
  readonly cert: string;
  readonly key: string;
}

/**
 * Makes an authority that is good for these names alone, has it sign one server, and forgets its key: nobody can have it
 * sign anything more.
 */
export function issueFor(names: readonly string[], nowMs: number): Issued {
  const makeKeys = () => generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const [authority, server] = [makeKeys(), makeKeys()];
  const times = { notBeforeMs: nowMs - HOUR_MS, notAfterMs: nowMs + LIFE_MS };
  const issuerName = `Authority of a local emulator, not Microsoft (${new Date(nowMs).toISOString()})`;
  const signed = { ...times, issuerName, privateKey: authority.privateKey };
  const root = certificate({
    ...signed,
    commonName: issuerName,
    publicKey: authority.publicKey,
    extensions: authorityExtensions(authority.publicKey, names),
  });
  const leaf = certificate({
    ...signed,
    commonName: 'A local emulator, not Microsoft',
    publicKey: server.publicKey,
    extensions: serverExtensions(server.publicKey, authority.publicKey, names),
  });
  const key = server.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  return { authority: root, cert: `${pem(leaf)}${pem(root)}`, key };
}
