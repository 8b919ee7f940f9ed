import { refusal } from './aadsts.ts';
import { makeAppAccessToken } from './access-token.ts';
import { checkAccountTypes } from './authorization-request.ts';
import { authenticateClient, presentedCredentials } from './client-authentication.ts';
import { scopesOrRefuse } from './requested-scopes.ts';
import { PERSONAL_TENANT_ID } from './tenants.ts';
import type { TokenBody } from './token-answer.ts';
import { requiredField, type TokenRequest } from './token-request.ts';

/** The client credentials grant: the app as itself, in one tenant, with `.default` only (wire reference C5, C6). */
export function appGrant(request: TokenRequest): TokenBody {
  const { asked, authority, registration, world } = request;
  const { secret, assertion } = presentedCredentials(asked);
  if (secret === undefined && assertion === undefined) throw refusal(7000216);
  authenticateClient(asked, registration, world);
  if (authority.tenant === undefined || authority.tenant.id === PERSONAL_TENANT_ID) throw refusal(90010);
  checkAccountTypes(registration, authority);
  const scope = requiredField(request, 'scope');
  if (!scopesOrRefuse(scope, asked).all) throw refusal(70011, { scope });
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
