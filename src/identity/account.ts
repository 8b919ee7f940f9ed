import type { AccountInfo } from '@azure/msal-node';
import { isBlank } from '../blank.ts';
import { isOfCustomers, PERSONAL_TENANT } from '../clouds.ts';
import { guidIn } from '../guid.ts';
import { type Authority, isKnownTenant } from './authority.ts';
import { type IdTokenClaims, isTenantAllowed } from './id-token.ts';

/** Who signed in: taken from the verified ID token, never from unsigned parts of a response. */
export interface Account {
  /** `tid` and `oid` name a person in a tenant; `sub` the same person for this app. */
  tenantId: string;
  objectId: string;
  subject: string;
  username: string;
  displayName: string;
  kind: 'work' | 'guest' | 'personal';
  /** Value for `logout_hint`. */
  loginHint?: string;
  /** The platform's session id, by which a front-channel sign-out names the session. */
  sessionId?: string;
  /** The key that MSAL files the person's tokens under. */
  homeAccountId: string;
  environment: string;
}

const MAX_NAME_CHARACTERS = 256;
const MAX_HINT_CHARACTERS = 1_024;

/** Builds the account of a verified ID token. */
export function accountOf(claims: IdTokenClaims, msal: AccountInfo): Account {
  const username =
    textOf(claims.preferred_username) ?? textOf(claims.email) ?? textOf(firstOf(claims.emails)) ?? claims.oid;
  return {
    tenantId: claims.tid.toLowerCase(),
    objectId: claims.oid.toLowerCase(),
    subject: claims.sub,
    username,
    displayName: textOf(claims.name) ?? username,
    kind: kindOf(claims, msal),
    ...(isHint(claims.login_hint) ? { loginHint: claims.login_hint } : {}),
    ...(isHint(claims.sid) ? { sessionId: claims.sid } : {}),
    homeAccountId: msal.homeAccountId,
    environment: msal.environment,
  };
}

/** The form in which MSAL wants to be told whose token it should get. */
export function msalAccountOf(account: Account): AccountInfo {
  return {
    homeAccountId: account.homeAccountId,
    environment: account.environment,
    tenantId: account.tenantId,
    username: account.username,
    localAccountId: account.objectId,
  };
}

/**
 * Whether somebody who signed in before may still be here: the tenants that may can have changed meanwhile. A tenant by
 * name is not judged: only discovery knows its id, so sessions are bound to the name.
 */
export function isStillWelcome(
  { tenantId }: Account,
  { tenant }: Pick<Authority, 'tenant'>,
  allowedTenants: readonly string[],
): boolean {
  const judged = isKnownTenant(tenant) ? tenant : 'common';
  return isTenantAllowed(tenantId, { tenant: judged, issuer: '', allowedTenants });
}

/** Whether two accounts are one person in one tenant. */
export function isSamePerson(one: Account, other: Account): boolean {
  return one.tenantId === other.tenantId && one.objectId === other.objectId && one.subject === other.subject;
}

function kindOf(claims: IdTokenClaims, { homeAccountId, environment }: AccountInfo): Account['kind'] {
  const tenantId = claims.tid.toLowerCase();
  if (tenantId === PERSONAL_TENANT) return 'personal';
  const isAtHome = homeAccountId.toLowerCase().endsWith(`.${tenantId}`);
  return isAtHome && (isOfCustomers(environment) || !isFromElsewhere(claims.idp, tenantId))
    ? 'work'
    : 'guest';
}

/**
 * People who sign in by a code sent by e-mail (`mail`), with Google or through SAML have their account in the tenant that
 * invited them; only the signed `idp`, which is left out for the tenant's own people, says that they are guests.
 * @see https://learn.microsoft.com/entra/identity-platform/id-token-claims-reference
 */
function isFromElsewhere(identityProvider: unknown, tenantId: string): boolean {
  if (typeof identityProvider !== 'string' || identityProvider === '') return false;
  return guidIn(identityProvider)?.toLowerCase() !== tenantId;
}

/** An opaque value that goes into addresses and records: a cut one would be worth nothing. */
function isHint(value: unknown): value is string {
  return typeof value === 'string' && value.length <= MAX_HINT_CHARACTERS;
}

/** Azure AD B2C names somebody by a list of addresses. */
function firstOf(list: unknown): unknown {
  return Array.isArray(list) ? list[0] : undefined;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && !isBlank(value) ? value.slice(0, MAX_NAME_CHARACTERS) : undefined;
}
