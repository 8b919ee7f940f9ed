import { constants, createHash, createPublicKey, type KeyObject, verify, X509Certificate } from 'node:crypto';
import { aadstsError, errorTime } from '../aadsts/index.ts';
import type { HttpRequest } from '../http/index.ts';
import type { FederatedCredential, Registration } from '../registry/index.ts';
import type { World } from '../state/index.ts';
import { type DecodedToken, decodeToken } from '../tokens/index.ts';

/** The only client_assertion_type there is (RFC 7523 section 2.2). */
const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
/** The audience of a token exchanged for a secret (wire reference C3 has the certificate's audience). */
const FEDERATED_AUDIENCE = 'api://AzureADTokenExchange';
const LEEWAY_SECONDS = 300;

const wrong = (reason: string) => aadstsError(700027, { reason });

/**
 * Checks a client assertion: a certificate's, or a federated token (wire reference C3).
 * @throws AadstsError 900144, 700027
 */
export function checkClientAssertion(
  http: HttpRequest,
  assertion: string,
  registration: Registration,
  world: World,
): void {
  if (http.body.client_assertion_type !== ASSERTION_TYPE)
    throw aadstsError(900144, { parameter: 'client_assertion_type' });
  const token = decodeToken(assertion);
  if (token === undefined) throw wrong('The assertion is not a JSON Web Token.');
  checkTimes(token, world.now());
  if (token.claims.iss === registration.clientId) {
    checkCertificateAssertion(http, token, registration);
    checkIdIsOnce(assertion, token, world);
  } else checkFederated(token, registration, world);
}

function checkTimes({ claims }: DecodedToken, nowMs: number): void {
  const { exp, nbf } = claims;
  const now = Math.floor(nowMs / 1000);
  if (typeof exp !== 'number') throw wrong('The assertion does not expire.');
  const isEarly = typeof nbf === 'number' && nbf - LEEWAY_SECONDS > now;
  if (!isEarly && exp + LEEWAY_SECONDS >= now) return;
  const from = typeof nbf === 'number' ? errorTime(nbf * 1000) : '';
  throw aadstsError(700024, { now: errorTime(nowMs), from, expiry: errorTime(exp * 1000) });
}

function checkCertificateAssertion(http: HttpRequest, token: DecodedToken, registration: Registration): void {
  if (token.claims.sub !== registration.clientId) throw wrong('The subject is not the application.');
  if (!isOwnAudience(String(token.claims.aud), http)) throw wrong('The audience is not this endpoint.');
  const certificate = certificateOf(token, registration);
  if (certificate === undefined) {
    if (registration.friendly && registration.certificates.length === 0) return;
    throw wrong('The key was not found.');
  }
  if (!isSignedBy(token, certificate.publicKey)) throw wrong('The signature does not match the key.');
}

/** The token endpoint's own URL, or the same path at the real host: clients with fixed metadata copy that. */
function isOwnAudience(audience: string, http: HttpRequest): boolean {
  if (!URL.canParse(audience)) return false;
  const { origin, pathname, host } = new URL(audience);
  const ownHost = origin === http.origin || host === 'login.microsoftonline.com';
  return ownHost && /^\/[^/]+\/(oauth2\/v2\.0\/token|v2\.0)$/.test(pathname);
}

/** The certificate that the header names by thumbprint: a registered one, or for a friendly app the one it sends. */
function certificateOf(token: DecodedToken, registration: Registration): X509Certificate | undefined {
  const sent = registration.friendly && registration.certificates.length === 0 ? sentCertificates(token) : [];
  const registered = registration.certificates.map((pem) => new X509Certificate(pem));
  return [...registered, ...sent].find((one) => hasThumbprint(one, token));
}

function sentCertificates({ header }: DecodedToken): X509Certificate[] {
  const chain: unknown[] = Array.isArray(header.x5c) ? header.x5c.slice(0, 1) : [];
  try {
    return chain.map((one) => new X509Certificate(Buffer.from(String(one), 'base64')));
  } catch {
    throw wrong('The certificate in the header cannot be read.');
  }
}

/**
 * `x5t#S256` is the SHA-256, `x5t` the SHA-1 of the certificate (RFC 7515 sections 4.1.7 and 4.1.8). MSAL Python
 * writes the padding that base64url leaves out.
 */
function hasThumbprint(certificate: X509Certificate, { header }: DecodedToken): boolean {
  const [name, sent] =
    header['x5t#S256'] === undefined ? ['sha1', header.x5t] : ['sha256', header['x5t#S256']];
  const digest = createHash(String(name)).update(certificate.raw).digest('base64url');
  return String(sent).replace(/=+$/, '') === digest;
}

function isSignedBy(token: DecodedToken, key: KeyObject): boolean {
  const input = Buffer.from(token.signingInput);
  if (token.header.alg === 'RS256') return verify('RSA-SHA256', input, key, token.signature);
  if (token.header.alg !== 'PS256') return false;
  const pss = { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 };
  return verify('RSA-SHA256', input, pss, token.signature);
}

/** A jti names one assertion. The same assertion may come again: MSAL Node sends it until it expires (C3). */
function checkIdIsOnce(assertion: string, { claims }: DecodedToken, world: World): void {
  if (typeof claims.jti !== 'string') throw wrong('The assertion has no jti.');
  const digest = createHash('sha256').update(assertion).digest('base64url');
  const seen = world.assertionIds.get(claims.jti);
  if (seen !== undefined && seen !== digest) throw wrong('The jti was used by another assertion.');
  world.assertionIds.set(claims.jti, digest);
}

/** Compares issuer, subject and audience in this order, and then the signature (wire reference K3). */
function checkFederated(token: DecodedToken, registration: Registration, world: World): void {
  const { federatedCredentials: all, friendly, clientId: client, name } = registration;
  const { iss, sub, aud } = token.claims;
  if (all.length === 0 && friendly) {
    if (!isAudience(aud, FEDERATED_AUDIENCE)) throw aadstsError(700212, { presented: String(aud) });
    return;
  }
  if (all.length === 0) throw aadstsError(70025, { client, name });
  const byIssuer = all.filter((one) => one.issuer === iss);
  if (byIssuer.length === 0) throw aadstsError(700211, { presented: String(iss) });
  const bySubject = byIssuer.filter((one) => one.subject === sub);
  if (bySubject.length === 0) throw aadstsError(700213, { presented: String(sub) });
  const credential = bySubject.find((one) => isAudience(aud, one.audience));
  if (credential === undefined) throw aadstsError(700212, { presented: String(aud) });
  if (!isSignedByIssuer(token, credential, world)) throw wrong('The key was not found.');
}

function isAudience(audience: unknown, wanted: string): boolean {
  return Array.isArray(audience) ? audience.includes(wanted) : audience === wanted;
}

function isSignedByIssuer(token: DecodedToken, { keys, issuer }: FederatedCredential, world: World): boolean {
  const known = keys ?? world.issuerKeys.get(issuer);
  if (known === undefined) throw aadstsError(501661);
  const { kid } = token.header;
  const fitting = known.filter((key) => kid === undefined || key.kid === kid);
  return fitting.some((key) => isSignedBy(token, createPublicKey({ key: { ...key }, format: 'jwk' })));
}
