import { randomBytes, randomInt } from 'node:crypto';
import {
  isGuest,
  isPersonal,
  PERSONAL_TENANT_ID,
  type Resource,
  servicePrincipalId,
} from '../registry/index.ts';
import type { AccountGrant, ClientAuthentication } from './grant.ts';
import { pairwiseSubject } from './id-token.ts';
import { issuerOf, issuerOfVersion1 } from './issuer.ts';
import type { KeyRing } from './keys.ts';
import type { Seal } from './seal.ts';
import { type Claims, signRs256 } from './signed-token.ts';
import { userFlowClaims } from './user-flow-claims.ts';
import { newUti } from './uti.ts';

/** A token with its lifetime in seconds. */
export interface AccessToken {
  readonly token: string;
  readonly lifetimeSeconds: number;
}

/** What access tokens are made with. */
export interface TokenParts {
  readonly now: () => number;
  readonly keys: KeyRing;
  readonly seal: Seal;
}

/** An access token that a person's consent allows. */
interface UserAccess {
  readonly grant: AccountGrant;
  readonly resource: Resource;
  /** The scopes, separated by spaces. */
  readonly scopes: string;
  /** Roles and groups, as claims. */
  readonly memberships: Claims;
  /** As the app is registered. */
  readonly appName: string;
}

/** An access token of an app as itself. */
export interface AppAccess {
  readonly clientId: string;
  /** As it is registered. */
  readonly appName: string;
  readonly tenantId: string;
  readonly origin: string;
  readonly resource: Resource;
  readonly roles: readonly string[];
  readonly clientAuthentication: ClientAuthentication;
  readonly handlesClaims: boolean;
  /** The object that stands for the app in the tenant, where it is not the usual one. */
  readonly objectId?: string | undefined;
  /** Of a managed identity, in Azure. */
  readonly azureResourceId?: string | undefined;
}

const HOUR_SECONDS = 3600;

/** 60 to 90 minutes at random; a day and 4 hours at most where the client handles claims challenges (C5, G7). */
function randomLifetime(handlesClaims: boolean): number {
  if (handlesClaims) return randomInt(20 * HOUR_SECONDS, 28 * HOUR_SECONDS);
  return randomInt(HOUR_SECONDS, 1.5 * HOUR_SECONDS) - 1;
}

/** A personal account has tokens of version 2.0 only. */
function versionFor(resource: Resource, tenantId: string): Resource['tokenVersion'] {
  return tenantId === PERSONAL_TENANT_ID && !resource.isGraph ? 2 : resource.tokenVersion;
}

interface Place {
  readonly resource: Resource;
  readonly tenantId: string;
  readonly origin: string;
  readonly lifetime: number;
  readonly now: number;
}

/** What every access token says: for whom it is, from whom, and for how long (wire reference K1). */
function baseClaims({ resource, tenantId, origin, lifetime, now }: Place): Claims {
  const isSecond = versionFor(resource, tenantId) === 2;
  const seconds = Math.floor(now / 1000);
  return {
    aud: isSecond ? resource.appId : resource.identifier,
    iss: isSecond ? issuerOf(origin, tenantId) : issuerOfVersion1(tenantId),
    iat: seconds,
    nbf: seconds,
    exp: seconds + lifetime,
    aio: randomBytes(36).toString('base64'),
    rh: `0.${randomBytes(24).toString('base64url')}.`,
    tid: tenantId,
    uti: newUti(now),
    ver: isSecond ? '2.0' : '1.0',
  };
}

/** The client under the names of the token's version (wire reference K1). */
function clientClaims(version: 1 | 2, clientId: string, authentication: ClientAuthentication): Claims {
  return version === 2
    ? { azp: clientId, azpacr: authentication }
    : { appid: clientId, appidacr: authentication };
}

/**
 * Makes a delegated access token: a JWT in the shape that the API's registration asks for, or for Microsoft Graph and a
 * personal account opaque and without dots (wire reference C5, K1).
 */
export function makeUserAccessToken(access: UserAccess, tokens: TokenParts): AccessToken {
  const { grant, resource } = access;
  const { account, origin } = grant;
  const { tenantId } = account;
  if (grant.policy !== '') return userFlowToken(access, tokens);
  const lifetime = randomLifetime(grant.handlesClaims);
  const now = tokens.now();
  const version = versionFor(resource, tenantId);
  const claims = {
    ...baseClaims({ resource, tenantId, origin, lifetime, now }),
    ...clientClaims(version, grant.clientId, grant.clientAuthentication),
    ...(resource.isGraph ? { app_displayname: access.appName, idtyp: 'user' } : {}),
    ...(version === 2 ? personOfVersion2(grant) : personOfVersion1(grant)),
    oid: account.objectId,
    scp: access.scopes,
    sub: pairwiseSubject(account, resource.appId),
    ...(isGuest(account) ? { idp: issuerOfVersion1(account.homeTenantId) } : {}),
    ...access.memberships,
    ...optionalClaims(access),
  };
  if (isPersonal(account) && resource.isGraph)
    return { token: `EwB${tokens.seal.close(claims)}`, lifetimeSeconds: lifetime };
  const signer = isPersonal(account) ? 'personal' : 'work';
  return { token: signed(claims, resource, version, tokens.keys.current(signer)), lifetimeSeconds: lifetime };
}

/** The access token of a B2C user flow (wire reference I). */
function userFlowToken({ grant, resource, scopes }: UserAccess, { keys, now }: TokenParts): AccessToken {
  const key = keys.current('work');
  const claims = {
    ...userFlowClaims(grant, resource.appId, now()),
    ...{ azp: grant.clientId, uti: newUti(now()) },
    ...(scopes === '' ? {} : { scp: scopes }),
  };
  const token = signRs256({ typ: 'JWT', kid: key.kid }, claims, key.privateKey);
  return { token, lifetimeSeconds: HOUR_SECONDS };
}

function personOfVersion1({ account, sid }: AccountGrant): Claims {
  return {
    acct: isGuest(account) ? 1 : 0,
    acr: '1',
    amr: ['pwd'],
    family_name: account.surname,
    given_name: account.givenName,
    ipaddr: '127.0.0.1',
    name: account.displayName,
    sid,
    unique_name: account.username,
    upn: account.username,
    ...(isGuest(account) ? { email: account.username } : {}),
  };
}

/** Name and username come with the scope profile (wire reference K1). */
function personOfVersion2({ account, scopes }: AccountGrant): Claims {
  if (!scopes.openId.includes('profile')) return {};
  return { name: account.displayName, preferred_username: account.username };
}

/** What the API's registration asks for besides: optional claims belong to the API, not to the client (K1). */
function optionalClaims({ grant, resource }: UserAccess): Claims {
  const { account } = grant;
  const available: Claims = {
    acct: isGuest(account) ? 1 : 0,
    auth_time: Math.floor(grant.authTimeMs / 1000),
    email: account.username,
    family_name: account.surname,
    given_name: account.givenName,
    ipaddr: '127.0.0.1',
    preferred_username: account.username,
    sid: grant.sid,
    upn: account.username,
    ...(resource.registration?.accessTokenClaims.includes('idtyp:include_user_token')
      ? { idtyp: 'user' }
      : {}),
    ...(grant.handlesClaims ? { xms_cc: ['cp1'] } : {}),
  };
  const asked = resource.isGraph ? ['xms_cc'] : claimNamesOf(resource);
  return Object.fromEntries(Object.entries(available).filter(([name]) => asked.includes(name)));
}

function claimNamesOf({ registration }: Resource): readonly string[] {
  return (registration?.accessTokenClaims ?? []).map((one) => one.split(':')[0] ?? one);
}

/** Makes an app-only access token: roles in place of scopes, and the app's own object as its subject (K1). */
export function makeAppAccessToken(access: AppAccess, tokens: TokenParts): AccessToken {
  const { clientId, tenantId, resource, roles } = access;
  const lifetime = access.handlesClaims ? randomLifetime(true) : HOUR_SECONDS - 1;
  const now = tokens.now();
  const version = versionFor(resource, tenantId);
  const oid = access.objectId ?? servicePrincipalId(tenantId, clientId);
  const names = claimNamesOf(resource);
  const claims = {
    ...baseClaims({ ...access, lifetime, now }),
    ...clientClaims(version, clientId, access.clientAuthentication),
    ...(resource.isGraph ? { app_displayname: access.appName, idtyp: 'app' } : {}),
    ...(version === 1 ? { idp: issuerOfVersion1(tenantId) } : {}),
    ...(names.includes('idtyp') ? { idtyp: 'app' } : {}),
    ...(access.handlesClaims && (resource.isGraph || names.includes('xms_cc')) ? { xms_cc: ['cp1'] } : {}),
    oid,
    sub: oid,
    ...(roles.length === 0 ? {} : { roles }),
    ...(access.azureResourceId === undefined ? {} : { xms_mirid: access.azureResourceId }),
  };
  return { token: signed(claims, resource, version, tokens.keys.current('work')), lifetimeSeconds: lifetime };
}

/** Graph's tokens have a nonce in their header, which tells everybody else to leave them alone (wire reference C5). */
function signed(
  claims: Claims,
  resource: Resource,
  version: 1 | 2,
  key: ReturnType<KeyRing['current']>,
): string {
  const nonce = resource.isGraph ? { nonce: randomBytes(32).toString('base64url') } : {};
  const thumbprint = version === 1 ? { x5t: key.kid } : {};
  return signRs256({ typ: 'JWT', ...nonce, ...thumbprint, kid: key.kid }, claims, key.privateKey);
}
