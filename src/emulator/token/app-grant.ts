import { aadstsError } from '../aadsts/index.ts';
import { checkAccountTypes, PERSONAL_TENANT_ID, readRequestedScopes } from '../registry/index.ts';
import { makeAppAccessToken } from '../tokens/index.ts';
import { authenticateClient, presentedCredentials } from './client-authentication.ts';
import { requiredField, type TokenRequest } from './token-request.ts';
import type { TokenBody } from './token-response.ts';

/** The client credentials grant: the app as itself, in one tenant, with `.default` only (wire reference C5, C6). */
export function appGrant(request: TokenRequest): TokenBody {
  const { http, authority, registration, world } = request;
  const { secret, assertion } = presentedCredentials(http);
  if (secret === undefined && assertion === undefined) throw aadstsError(7000216);
  authenticateClient(http, registration, world);
  if (authority.tenant === undefined || authority.tenant.id === PERSONAL_TENANT_ID) throw aadstsError(90010);
  checkAccountTypes(registration, authority);
  const scope = requiredField(request, 'scope');
  if (!readRequestedScopes(scope, http).all) throw aadstsError(70011, { scope });
  const tenantId = authority.tenant.id;
  const roles = world.consents.applicationPermissions(tenantId, registration);
  const access = makeAppAccessToken({ clientId: registration.clientId, tenantId, roles }, world);
  return {
    token_type: 'Bearer',
    expires_in: access.lifetimeSeconds,
    ext_expires_in: access.lifetimeSeconds,
    access_token: access.token,
  };
}
