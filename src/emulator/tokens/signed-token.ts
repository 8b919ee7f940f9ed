import { createHmac, type KeyObject, sign, verify } from 'node:crypto';

/** A claim set or a header as JSON holds it. */
export type Claims = Readonly<Record<string, unknown>>;

/** A compact JWS taken apart; the payload may be anything JSON can hold. */
export interface DecodedToken {
  readonly header: Claims;
  readonly claims: Claims;
  readonly signingInput: string;
  readonly signature: Buffer;
}

const encodeJson = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Header and claims as the first two parts of a compact JWS (RFC 7515 section 7.1). */
export function signingInputOf(header: Claims, claims: unknown): string {
  return `${encodeJson(header)}.${encodeJson(claims)}`;
}

/** Signs with RS256 (RFC 7518 section 3.3). */
export function signRs256(header: Claims, claims: unknown, privateKey: KeyObject): string {
  const input = signingInputOf({ ...header, alg: 'RS256' }, claims);
  return `${input}.${sign('RSA-SHA256', Buffer.from(input), privateKey).toString('base64url')}`;
}

/** Signs with HS256 (RFC 7518 section 3.2): only a fault does that. */
export function signHs256(header: Claims, claims: unknown, secret: string): string {
  const input = signingInputOf({ ...header, alg: 'HS256' }, claims);
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
}

/** Takes a compact JWS apart without judging it; undefined when it is not one. */
export function decodeToken(token: string): DecodedToken | undefined {
  const [header, claims, signature, more] = token.split('.');
  if (header === undefined || claims === undefined || signature === undefined || more !== undefined) return;
  const parsedHeader = parseObject(header);
  const parsedClaims = parseObject(claims);
  if (parsedHeader === undefined || parsedClaims === undefined) return;
  return {
    header: parsedHeader,
    claims: parsedClaims,
    signingInput: `${header}.${claims}`,
    signature: Buffer.from(signature, 'base64url'),
  };
}

function parseObject(part: string): Claims | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

/** Whether an RS256 signature is by this key. */
export function isSignedRs256(token: DecodedToken, publicKey: KeyObject): boolean {
  if (token.header.alg !== 'RS256') return false;
  return verify('RSA-SHA256', Buffer.from(token.signingInput), publicKey, token.signature);
}
