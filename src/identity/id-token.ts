import { errors, type JWTPayload } from 'jose';
import { PERSONAL_TENANT } from '../clouds.ts';
import { SignInError } from '../errors.ts';
import { isGuid } from '../guid.ts';
import { isTenantOfAuthority } from './authority.ts';
import { issuerOfTenant, tenantOfIssuer } from './issuer.ts';
import { type Claims, LEEWAY_SECONDS, verifySignature } from './signature.ts';
import type { SigningKeys } from './signing-keys.ts';
import { idTokenRefused } from './token-response.ts';

/** An ID token lives for about an hour; one that claims a longer life than a day is not believed. */
const MAX_LIFETIME_SECONDS = 24 * 3_600;

/** The claims of an ID token after every check (Microsoft: ID-token claims reference). */
export interface IdTokenClaims extends JWTPayload {
  iss: string;
  sub: string;
  tid: string;
  oid: string;
  exp: number;
  iat: number;
  idp?: string;
  sid?: string;
  name?: string;
  preferred_username?: string;
  login_hint?: string;
}

/** What a session keeps of an ID token. */
export type SignedInClaims = Readonly<Omit<IdTokenClaims, 'nonce' | 'c_hash' | 'at_hash'>>;

/** The claims that say something of the person: what tied the token to its sign-in is of no more use. */
export function claimsToKeep({ nonce, c_hash, at_hash, ...claims }: IdTokenClaims): SignedInClaims {
  return claims as SignedInClaims;
}

/** What the ID token has to agree with. */
export interface ExpectedIdToken {
  clientId: string;
  /** Issuer of the authority's metadata, perhaps with `{tenantid}` in it. */
  issuer: string;
  /** The issuer that the authorization response named (RFC 9207). */
  responseIssuer?: string;
  /** The tenant segment of the authority. */
  tenant: string;
  /** The user flow of Azure AD B2C that the token has to come from, in lower case. */
  userFlow?: string;
  /** Empty: any. */
  allowedTenants: readonly string[];
  /** Absent for a refreshed ID token, which carries none (OpenID Connect Core 1.0, section 12.2). */
  nonce?: string;
  /** `uid.utid` of the unsigned client_info, as MSAL read it. */
  homeAccountId: string;
  now: () => number;
}

/**
 * Verifies an ID token: MSAL Node only decodes it, so this is the one place that makes sure who signed in.
 * @throws SignInError `id_token_refused` (400), or `tenant_not_allowed` (403) for a genuine token of an organisation
 *   that may not sign in here
 */
export async function verifyIdToken(
  idToken: string,
  expected: ExpectedIdToken,
  keys: SigningKeys,
): Promise<IdTokenClaims> {
  const { claims: signed, keyIssuer } = await verifySignature(idToken, keys, {
    audience: expected.clientId,
    now: expected.now,
    refused: (reason, cause) => idTokenRefused(reason, cause, timeTrouble(cause, expected)),
  });
  const claims = expected.userFlow === undefined ? signed : withTenantAndObject(signed, expected);
  for (const [name, holds] of CHECKS) {
    if (holds(claims, expected, keyIssuer)) continue;
    throw idTokenRefused(name, undefined, name === TIMES ? clockTrouble(claims, expected) : undefined);
  }
  const { tid } = claims as IdTokenClaims;
  if (!isTenantAllowed(tid, expected)) throw tenantNotAllowed();
  return claims as IdTokenClaims;
}

type Check = (claims: Claims, expected: ExpectedIdToken, keyIssuer: string | undefined) => boolean;

const TIMES = 'the times are not plausible';

/**
 * OpenID Connect Core 1.0, section 3.1.3.7, and Microsoft's page on validating claims. In this order. The token's own
 * tenant is filled into the issuers, so that the tenant itself is judged apart, after these.
 */
const CHECKS: readonly (readonly [string, Check])[] = [
  ['sub, tid or oid is missing', (claims) => isText(claims.sub) && isGuid(claims.tid) && isText(claims.oid)],
  [
    'the issuer is not the authority',
    (claims, expected) => claims.iss === issuerOfTenant(expected.issuer, String(claims.tid)),
  ],
  [
    'the issuer is not the one that the authorization response named',
    ({ iss }, { responseIssuer }) => responseIssuer === undefined || iss === responseIssuer,
  ],
  [
    'the key belongs to another issuer',
    (claims, _expected, keyIssuer) => keyIssuer === undefined || claims.iss === filledIn(keyIssuer, claims),
  ],
  ['the audience is not only this app', (claims, { clientId }) => isOnly(claims.aud, clientId)],
  ['the authorized party is not this app', ({ azp }, { clientId }) => azp === undefined || azp === clientId],
  [TIMES, (claims, { now }) => arePlausibleTimes(claims, Math.floor(now() / 1000))],
  ['the nonce is not the one of this sign-in', ({ nonce }, expected) => nonce === expected.nonce],
  [
    'the token is of another user flow',
    ({ tfp, acr }, { userFlow }) => userFlow === undefined || isNameOf(userFlow, tfp ?? acr),
  ],
  ['client_info names another account', (claims, expected) => isSameAccount(claims, expected)],
];

/** A user flow leaves out what its issuer and `sub` say already, unless it is told to say it. */
function withTenantAndObject(claims: Claims, { issuer }: ExpectedIdToken): Claims {
  return { tid: tenantOfIssuer(issuer), oid: claims.sub, ...claims };
}

/** jose checks times as well, and puts the claims beside what it found. */
function timeTrouble(problem: unknown, expected: ExpectedIdToken): string | undefined {
  const isTime = problem instanceof errors.JWTExpired || problem instanceof errors.JWTClaimValidationFailed;
  return isTime ? clockTrouble(problem.payload, expected) : undefined;
}

/**
 * An ID token comes fresh from the platform, so one that was issued at quite another time says that a clock is wrong:
 * far more often that of this machine.
 */
function clockTrouble({ iat, nbf = iat }: Claims, { now }: ExpectedIdToken): string | undefined {
  if (typeof iat !== 'number' || typeof nbf !== 'number') return undefined;
  const aheadSeconds = Math.floor(now() / 1000) - Math.max(iat, nbf);
  if (Math.abs(aheadSeconds) <= LEEWAY_SECONDS) return undefined;
  const minutes = Math.round(Math.abs(aheadSeconds) / 60);
  const [when, clock] = aheadSeconds > 0 ? ['ago', 'ahead'] : ['in the future', 'behind'];
  return `By the clock of this machine the ID token was issued ${minutes} minutes ${when}. If the platform's time is right, this clock is ${clock}: set it, and have it set by a time server.`;
}

/** A key that is published for one tenant signs for no other, such as that of personal accounts. */
function filledIn(keyIssuer: string, claims: Claims): string {
  return keyIssuer.replace('{tenantid}', String(claims.tid));
}

function isOnly(audience: string | string[] | undefined, clientId: string): boolean {
  const audiences = typeof audience === 'string' ? [audience] : (audience ?? []);
  return audiences.length > 0 && audiences.every((entry) => entry === clientId);
}

function arePlausibleTimes({ iat, nbf, exp }: Claims, nowSeconds: number): boolean {
  const latest = nowSeconds + LEEWAY_SECONDS;
  if (typeof iat !== 'number' || iat <= 0 || iat > latest) return false;
  if (nbf !== undefined && nbf > latest) return false;
  return typeof exp === 'number' && exp > iat && exp <= latest + MAX_LIFETIME_SECONDS;
}

/**
 * client_info is not signed, and MSAL names the account by it. In the account's own tenant it must repeat `oid` (with
 * the name of the user flow, where there is one) and `tid`; a guest's names the home tenant, which the signed `idp`
 * claim then confirms.
 */
function isSameAccount(claims: Claims, { homeAccountId, userFlow }: ExpectedIdToken): boolean {
  const [uid = '', utid = '', ...rest] = homeAccountId.toLowerCase().split('.');
  if (uid === '' || !isGuid(utid) || rest.length > 0) return false;
  const oid = String(claims.oid).toLowerCase();
  if (utid === String(claims.tid).toLowerCase())
    return uid === (userFlow === undefined ? oid : `${oid}-${userFlow}`);
  return homeTenantOf(claims.idp) === utid;
}

function homeTenantOf(identityProvider: unknown): string | undefined {
  if (typeof identityProvider !== 'string') return undefined;
  if (identityProvider === 'live.com') return PERSONAL_TENANT;
  return identityProvider
    .match(/^https:\/\/[a-z0-9.:-]+\/([0-9a-f-]{36})(\/|\/v2\.0)?$/i)?.[1]
    ?.toLowerCase();
}

/** Whether people of a tenant may sign in: one of the authority's, and of those that the settings allow. */
export function isTenantAllowed(
  tenantId: string,
  expected: Pick<ExpectedIdToken, 'tenant' | 'issuer' | 'allowedTenants'>,
): boolean {
  if (!isTenantOfAuthority(tenantId, expected.tenant, expected.issuer)) return false;
  return expected.allowedTenants.length === 0 || expected.allowedTenants.includes(tenantId.toLowerCase());
}

/** The error for somebody genuine who may not sign in. */
export function tenantNotAllowed(): SignInError {
  return new SignInError('tenant_not_allowed', 403, 'Accounts of this organisation may not sign in here.', {
    detail: 'the tenant is none of the authority or of ALLOWED_TENANTS',
  });
}

function isNameOf(userFlow: string, name: unknown): boolean {
  return isText(name) && name.toLowerCase() === userFlow;
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= 256;
}
