import type { JWTPayload } from 'jose';
import { RequestError } from '../../errors.ts';
import { isGuid } from '../../guid.ts';
import type { Authority, AuthorityMetadata } from '../authority.ts';
import { isTenantAllowed } from '../id-token.ts';
import { issuerOfTenant, tenantOfIssuer } from '../issuer.ts';
import { type Claims, LEEWAY_SECONDS, verifySignature } from '../signature.ts';
import type { SigningKeys } from '../signing-keys.ts';

/** Access tokens live for an hour or, with continuous access evaluation, for 28; a longer life is not believed. */
const MAX_LIFETIME_SECONDS = 48 * 3_600;
/** Longer than any access token: what is longer is not even taken apart. */
const MAX_CHARACTERS = 32_768;

/** The claims of an access token after every check (Microsoft: access-token claims reference). */
export interface AccessTokenClaims extends JWTPayload {
  iss: string;
  sub: string;
  aud: string;
  tid: string;
  exp: number;
  iat: number;
  /** `1.0` or `2.0`, as the API's registration says. */
  ver: string;
  /** Delegated scopes, separated by spaces; absent in a token of an app's own. */
  scp?: string;
  roles?: string[];
  oid?: string;
}

/** What an access token for one's own API has to agree with. */
interface ExpectedAccessToken {
  /** The API's application (client) id, its App ID URI, or both. */
  audiences: readonly string[];
  authority: Authority;
  metadata: AuthorityMetadata;
  /** Empty: any. */
  allowedTenants: readonly string[];
  now: () => number;
}

/**
 * Verifies an access token that the identity platform issued for this API. MSAL Node has nothing for that.
 * @throws RequestError `access_token_refused` (401) with the failed check in its detail
 */
export async function verifyAccessToken(
  token: string,
  expected: ExpectedAccessToken,
  keys: SigningKeys,
): Promise<AccessTokenClaims> {
  if (token.length > MAX_CHARACTERS) throw refused('it is too long');
  const { claims, keyIssuer } = await verifySignature(token, keys, { now: expected.now, refused });
  for (const [name, holds] of CHECKS) if (!holds(claims, expected, keyIssuer)) throw refused(name);
  return claims as AccessTokenClaims;
}

type Check = (claims: Claims, expected: ExpectedAccessToken, keyIssuer: string | undefined) => boolean;

/** In this order. @see https://learn.microsoft.com/entra/identity-platform/access-tokens#validate-tokens */
const CHECKS: readonly (readonly [string, Check])[] = [
  ['tid is missing', ({ tid }) => isGuid(tid)],
  ['sub is missing', ({ sub }) => isText(sub)],
  ['the issuer is not the authority', isIssuedByAuthority],
  ['the key belongs to another tenant', (claims, _expected, keyIssuer) => isKeyOf(keyIssuer, claims)],
  ['the audience is not this API', ({ aud }, { audiences }) => isText(aud) && audiences.includes(aud)],
  ['it names no client, as an ID token does', isAccessToken],
  ['the times are not plausible', (claims, { now }) => arePlausibleTimes(claims, Math.floor(now() / 1_000))],
  [
    'scp or roles are malformed',
    ({ scp, roles }) => isAbsentOr(isText, scp) && isAbsentOr(isTextList, roles),
  ],
  ['the tenant is not allowed', isOfAllowedTenant],
];

/** A v1.0 token is issued by the older token service of the same cloud. Source: Microsoft's page on access tokens. */
const OLDER_ISSUERS: readonly (readonly [RegExp, string])[] = [
  [/\.chinacloudapi\.cn$|\.microsoftonline\.cn$/, 'https://sts.chinacloudapi.cn/'],
  [/./, 'https://sts.windows.net/'],
];

function isIssuedByAuthority({ iss, tid, ver }: Claims, { metadata }: ExpectedAccessToken): boolean {
  if (ver === '2.0') return iss === issuerOfTenant(metadata.issuer, String(tid));
  const { hostname } = new URL(metadata.tokenEndpoint);
  const [, service = ''] = OLDER_ISSUERS.find(([host]) => host.test(hostname)) ?? [];
  return ver === '1.0' && iss === `${service}${tid}/`;
}

/** A key that is published for one tenant signs for no other, such as that of personal accounts. */
function isKeyOf(keyIssuer: string | undefined, { tid }: Claims): boolean {
  const tenant = keyIssuer === undefined ? undefined : tenantOfIssuer(keyIssuer);
  return tenant === undefined || tenant.toLowerCase() === String(tid).toLowerCase();
}

/**
 * An ID token of an app with the same registration has the same audience and may hold roles; what it never holds is
 * the client that it was issued to, and what an access token never holds is the nonce of a sign-in.
 */
function isAccessToken({ ver, azp, appid, nonce, c_hash, at_hash }: Claims): boolean {
  const client = ver === '2.0' ? azp : appid;
  return isGuid(client) && [nonce, c_hash, at_hash].every((claim) => claim === undefined);
}

function isOfAllowedTenant({ tid }: Claims, { authority, metadata, allowedTenants }: ExpectedAccessToken) {
  const { tenant } = authority;
  return isTenantAllowed(String(tid), { tenant, issuer: metadata.issuer, allowedTenants });
}

function arePlausibleTimes({ iat, nbf, exp }: Claims, nowSeconds: number): boolean {
  const latest = nowSeconds + LEEWAY_SECONDS;
  if (typeof iat !== 'number' || iat <= 0 || iat > latest) return false;
  if (nbf !== undefined && nbf > latest) return false;
  return typeof exp === 'number' && exp > iat && exp - iat <= MAX_LIFETIME_SECONDS + LEEWAY_SECONDS;
}

function refused(detail: string): RequestError {
  return new RequestError('access_token_refused', 401, 'The access token was refused.', { detail });
}

function isAbsentOr(isValid: (value: unknown) => boolean, value: unknown): boolean {
  return value === undefined || isValid(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= 4_096;
}

function isTextList(value: unknown): boolean {
  return Array.isArray(value) && value.every(isText);
}
