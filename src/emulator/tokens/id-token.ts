import { createHash, randomBytes } from 'node:crypto';
import { type Account, isGuest, isPersonal, loginHintOf, PERSONAL_TENANT_ID } from '../registry/index.ts';
import type { AccountGrant } from './grant.ts';
import { issuerOf, issuerOfVersion1 } from './issuer.ts';
import type { SigningKey } from './keys.ts';
import { type Claims, signRs256 } from './signed-token.ts';
import { userFlowClaims } from './user-flow-claims.ts';

/** ID tokens live 3,900 seconds (wire reference C5). */
const LIFETIME_SECONDS = 3900;

/** The claims of an ID token (wire reference C5, "id_token v2"; K3). */
function idTokenClaims(grant: AccountGrant, nowMs: number): Claims {
  const { account, version } = grant;
  const now = Math.floor(nowMs / 1000);
  if (grant.policy !== '') return { ...userFlowClaims(grant, grant.clientId, nowMs), ...nonceOf(grant) };
  return {
    ver: version === 1 ? '1.0' : '2.0',
    iss: version === 1 ? issuerOfVersion1(account.tenantId) : issuerOf(grant.origin, account.tenantId),
    sub: pairwiseSubject(account, grant.clientId),
    aud: grant.clientId,
    exp: now + LIFETIME_SECONDS,
    iat: now,
    nbf: now,
    ...(version === 1 ? personOfVersion1(grant) : profileClaims(grant)),
    tid: account.tenantId,
    ...emailClaim(grant),
    ...nonceOf(grant),
    ...(isGuest(account) ? { idp: issuerOfVersion1(account.homeTenantId) } : {}),
    aio: randomBytes(36).toString('base64'),
    ...(isPersonal(account) ? {} : { rh: `0.${randomBytes(24).toString('base64url')}.` }),
    uti: randomBytes(16).toString('base64url'),
    ...optionalClaims(grant),
  };
}

function nonceOf({ nonce }: AccountGrant): Claims {
  return nonce === undefined ? {} : { nonce };
}

/** Version 1.0 says who it is without being asked, and has no `preferred_username` (wire reference K3). */
function personOfVersion1({ account }: AccountGrant): Claims {
  return {
    amr: ['pwd'],
    family_name: account.surname,
    given_name: account.givenName,
    ipaddr: '127.0.0.1',
    name: account.displayName,
    oid: account.objectId,
    unique_name: account.username,
    upn: account.username,
  };
}

function profileClaims({ scopes, account }: AccountGrant): Claims {
  if (!scopes.openId.includes('profile')) return {};
  return { name: account.displayName, oid: account.objectId, preferred_username: account.username };
}

function emailClaim({ scopes, account }: AccountGrant): Claims {
  return scopes.openId.includes('email') || isGuest(account) ? { email: account.username } : {};
}

/** Optional claims come when the claims parameter or the app's manifest names them (wire reference B1, C5). */
function optionalClaims({ account, authTimeMs, sid, idTokenClaims: asked }: AccountGrant): Claims {
  const available: Claims = {
    sid,
    login_hint: loginHintOf(account),
    auth_time: Math.floor(authTimeMs / 1000),
    acct: isGuest(account) ? 1 : 0,
    email: account.username,
    upn: account.username,
    given_name: account.givenName,
    family_name: account.surname,
  };
  return Object.fromEntries(Object.entries(available).filter(([name]) => asked.includes(name)));
}

/** 43 characters, another for each app; a personal account's starts with a run of A (wire reference C5). */
export function pairwiseSubject(account: Account, clientId: string): string {
  const digest = createHash('sha256').update(`${clientId}/${account.objectId}`).digest('base64url');
  return account.tenantId === PERSONAL_TENANT_ID ? `${'A'.repeat(21)}${digest.slice(21)}` : digest;
}

/** Makes the ID token of a grant. The header of version 2.0 has a kid and no x5t (wire reference C5). */
export function makeIdToken(grant: AccountGrant, key: SigningKey, nowMs: number, more: Claims = {}): string {
  const thumbprint = grant.version === 1 ? { x5t: key.kid } : {};
  return signRs256(
    { typ: 'JWT', ...thumbprint, kid: key.kid },
    { ...idTokenClaims(grant, nowMs), ...more },
    key.privateKey,
  );
}

/** The left half of a SHA-256 in base64url: c_hash and at_hash (OpenID Connect Core 3.3.2.11). */
export function halfHash(value: string): string {
  return createHash('sha256').update(value).digest().subarray(0, 16).toString('base64url');
}

/** The client_info part: where the account comes from; a personal account's says more (wire reference C5). */
export function clientInfoOf(account: Account, clientId: string, policy: string): string {
  const info = {
    uid: policy === '' ? account.homeObjectId : `${account.homeObjectId}-${policy.toLowerCase()}`,
    utid: account.homeTenantId,
    ...(isPersonal(account) ? personalInfo(account, clientId) : {}),
  };
  return Buffer.from(JSON.stringify(info)).toString('base64url');
}

function personalInfo(account: Account, clientId: string): Claims {
  return {
    ver: '1.0',
    sub: pairwiseSubject(account, clientId),
    name: account.displayName,
    preferred_username: account.username,
    oid: account.objectId,
    tid: account.tenantId,
    home_oid: account.homeObjectId,
  };
}
