import { aadstsError } from '../aadsts/index.ts';
import {
  type ApiScopes,
  checkAccountTypes,
  checkResourceParameter,
  findResource,
  isInTenant,
  onlyApi,
  PERSONAL_TENANT_ID,
  type Resource,
  readRequestedScopes,
} from '../registry/index.ts';
import { makeAppAccessToken, readClaims } from '../tokens/index.ts';
import { authenticateClient, presentedCredentials } from './client-authentication.ts';
import { requiredField, type TokenRequest } from './token-request.ts';
import type { TokenBody } from './token-response.ts';

/** The client credentials grant: the app as itself, in one tenant, with `.default` only (wire reference C5, C6). */
export function appGrant(request: TokenRequest): TokenBody {
  const { http, authority, registration, world } = request;
  const { secret, assertion } = presentedCredentials(http);
  if (secret === undefined && assertion === undefined) throw aadstsError(7000216);
  const clientAuthentication = authenticateClient(http, registration, world);
  if (authority.tenant === undefined || authority.tenant.id === PERSONAL_TENANT_ID) throw aadstsError(90010);
  checkAccountTypes(registration, authority);
  const { api, resource } = requestedApi(request);
  const tenantId = authority.tenant.id;
  if (!isInTenant(resource, tenantId))
    throw aadstsError(500011, { resource: api.identifier, tenant: http.tenant });
  const roles = world.consents.applicationRoles(tenantId, api, {
    http,
    client: registration,
    registry: world,
  });
  if (resource.registration?.assignmentRequired === true && roles.length === 0)
    throw aadstsError(501051, {
      ...{ client: registration.clientId, name: registration.name },
      ...{ appId: api.appId, resource: resource.registration.name },
    });
  const app = { clientId: registration.clientId, tenantId, origin: http.origin, resource, roles };
  const handlesClaims = readClaims(http.body.claims)?.handlesClaims === true;
  const access = makeAppAccessToken({ ...app, clientAuthentication, handlesClaims }, world);
  return {
    token_type: 'Bearer',
    expires_in: access.lifetimeSeconds,
    ext_expires_in: access.lifetimeSeconds,
    ...(handlesClaims ? { refresh_in: Math.floor(access.lifetimeSeconds / 2) } : {}),
    access_token: access.token,
  };
}

/** The API of a request of an app as itself, which asks for `.default` and nothing else (wire reference C6). */
function requestedApi(request: TokenRequest): { api: ApiScopes; resource: Resource } {
  const { http, registration, world } = request;
  const scope = requiredField(request, 'scope');
  const scopes = readRequestedScopes(scope, { http, client: registration, registry: world });
  checkResourceParameter(http.body.resource, scopes);
  const api = onlyApi(scopes, scope);
  const resource = findResource(api.identifier, world, http.origin);
  if (!api.all || resource === undefined) throw aadstsError(70011, { scope });
  return { api, resource };
}
