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
import { type AccessToken, type AppAccess, makeAppAccessToken, readClaims } from '../tokens/index.ts';
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
  if (registration.lacksPrincipal === true)
    throw aadstsError(7000229, { client: registration.clientId, tenant: authority.tenant.id });
  const scope = requiredField(request, 'scope');
  const handlesClaims = readClaims(http.body.claims)?.handlesClaims === true;
  const app = { http, registration, world, tenantId: authority.tenant.id };
  const access = appAccessToken(app, scope, { clientAuthentication, handlesClaims });
  return {
    token_type: 'Bearer',
    expires_in: access.lifetimeSeconds,
    ext_expires_in: access.lifetimeSeconds,
    ...(handlesClaims ? { refresh_in: Math.floor(access.lifetimeSeconds / 2) } : {}),
    access_token: access.token,
  };
}

/** An app as itself in a tenant. */
export interface AppInTenant extends Omit<TokenRequest, 'authority'> {
  readonly tenantId: string;
}

/** How an app is known, and by which names besides its client id. */
type AppTraits = Pick<AppAccess, 'clientAuthentication' | 'handlesClaims' | 'objectId' | 'azureResourceId'>;

/**
 * The access token of an app for an API, with the roles that it has there.
 * @throws AadstsError 500011, 501051, 70011 and others for a scope that is none
 */
export function appAccessToken(app: AppInTenant, scope: string, traits: AppTraits): AccessToken {
  const { http, registration, world, tenantId } = app;
  const { api, resource } = requestedApi(app, scope);
  if (!isInTenant(resource, tenantId))
    throw aadstsError(500011, { resource: api.identifier, tenant: http.tenant, asked: scope });
  const roles = world.consents.applicationRoles(tenantId, api, app);
  if (resource.registration?.assignmentRequired === true && roles.length === 0)
    throw aadstsError(501051, {
      ...{ client: registration.clientId, name: registration.name },
      ...{ appId: api.appId, resource: resource.registration.name },
    });
  const { clientId, name: appName } = registration;
  const access = { clientId, appName, tenantId, origin: http.origin, resource, roles };
  return makeAppAccessToken({ ...access, ...traits }, world);
}

/** The API of a request of an app as itself, which asks for `.default` and nothing else (wire reference C6). */
function requestedApi(app: AppInTenant, scope: string): { api: ApiScopes; resource: Resource } {
  const { http, world } = app;
  const scopes = readRequestedScopes(scope, app);
  checkResourceParameter(http.body.resource, scopes);
  const api = onlyApi(scopes, scope);
  const resource = findResource(api.identifier, world, http.origin);
  if (!api.all || resource === undefined) throw aadstsError(70011, { scope, asked: scope });
  return { api, resource };
}
