import { aadstsError } from '../aadsts/index.ts';
import { findResource, grantedOf, isInTenant } from '../registry/index.ts';
import { type AccessToken, type AccountGrant, makeUserAccessToken } from '../tokens/index.ts';
import type { World } from './world.ts';

/** Makes the access token of a grant, with everything that was consented to at its API (wire reference C5, K1). */
export function userAccessToken(grant: AccountGrant, world: World): AccessToken {
  const { api, account, scopes, origin } = grant;
  const resource = findResource(api.identifier, world, origin);
  if (resource === undefined || !isInTenant(resource, account.tenantId))
    throw aadstsError(500011, { resource: api.identifier, tenant: account.tenantId });
  const permissions = grantedOf(api, world.consents.granted(account, grant.clientId));
  const names = resource.isGraph ? [...permissions, ...scopes.openId] : permissions;
  return makeUserAccessToken({ grant, resource, scopes: names.join(' '), memberships: {} }, world);
}
