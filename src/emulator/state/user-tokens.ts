import { aadstsError } from '../aadsts/index.ts';
import { findResource, grantedOf, isInTenant, isPersonal, readRegistration } from '../registry/index.ts';
import {
  type AccessToken,
  type AccountGrant,
  type Claims,
  makeIdToken,
  makeUserAccessToken,
} from '../tokens/index.ts';
import { membershipClaims } from './memberships.ts';
import type { World } from './world.ts';

/** Makes the access token of a grant, with everything that was consented to at its API (wire reference C5, K1). */
export function userAccessToken(grant: AccountGrant, world: World): AccessToken {
  const { api, account, scopes, origin } = grant;
  const resource = findResource(api.identifier, world, origin);
  if (resource === undefined || !isInTenant(resource, account.tenantId))
    throw aadstsError(500011, { resource: api.identifier, tenant: account.tenantId });
  const permissions = grantedOf(api, world.consents.granted(account, grant.clientId));
  const names = resource.isGraph ? [...permissions, ...scopes.openId] : permissions;
  const { registration } = resource;
  const memberships = membershipClaims({ account, registration, origin, roles: grant.roles }, world);
  const { name: appName } = readRegistration(grant.clientId, account.tenantId, world);
  return makeUserAccessToken({ grant, resource, scopes: names.join(' '), memberships, appName }, world);
}

/** Makes the ID token of a grant; `more` holds what binds it to what it travels with, where it travels in an address. */
export function userIdToken(grant: AccountGrant, world: World, more?: Claims): string {
  const { account, clientId, origin, roles } = grant;
  const registration = readRegistration(clientId, account.tenantId, world);
  const travel = more === undefined ? {} : ({ isInAddress: true } as const);
  const memberships = membershipClaims({ account, registration, origin, roles, ...travel }, world);
  const key = world.keys.current(isPersonal(account) ? 'personal' : 'work');
  return makeIdToken(grant, key, world.now(), { ...memberships, ...more });
}
