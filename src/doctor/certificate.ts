import { X509Certificate } from 'node:crypto';
import { type DetailedPeerCertificate, rootCertificates, TLSSocket } from 'node:tls';
import type { HttpResponse } from '../network/index.ts';
import { printable } from '../printable.ts';
import { type Finding, warning, well } from './finding.ts';

/** Whose certificate authority vouches for who answered. That it is trusted is known: there is a response. */
export function certificateFinding({ protocol, host }: URL, response: HttpResponse): Finding {
  if (protocol === 'http:') return well('tls', `${host} is asked without TLS, as an emulator may be.`);
  const top = topOf(response);
  if (top === undefined) return well('tls', `The certificate of ${host} is trusted.`);
  const name = printable(String(top.subject.O ?? top.subject.CN ?? 'an authority without a name'));
  if (isPublic(top.fingerprint256)) return well('tls', `${name} vouches for ${host}.`);
  return warning(
    'tls',
    `${name} vouches for ${host}, which is not among the certificate authorities that Node comes with.`,
    'If it is your company’s, whose proxy opens connections, this is as it should be (NODE_EXTRA_CA_CERTS); otherwise find out who answers there.',
  );
}

/** The end of the chain. */
function topOf({ request }: HttpResponse): DetailedPeerCertificate | undefined {
  const socket: unknown =
    typeof request === 'object' && request !== null && 'socket' in request ? request.socket : undefined;
  if (!(socket instanceof TLSSocket)) return undefined;
  let top = socket.getPeerCertificate(true);
  for (let length = 0; length < 10 && hasIssuer(top); length += 1) top = top.issuerCertificate;
  return top.subject === undefined ? undefined : top;
}

function hasIssuer({ issuerCertificate, fingerprint256 }: DetailedPeerCertificate): boolean {
  return issuerCertificate !== undefined && issuerCertificate.fingerprint256 !== fingerprint256;
}

function isPublic(fingerprint: string): boolean {
  return rootCertificates.some((pem) => new X509Certificate(pem).fingerprint256 === fingerprint);
}
