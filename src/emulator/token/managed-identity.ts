import { errorDescription, incidentOf, orError } from '../aadsts/index.ts';
import { guidFor, type HttpRequest, type HttpResponse, jsonResponse, NO_STORE } from '../http/index.ts';
import { friendlyRegistration, type Registration, servicePrincipalId } from '../registry/index.ts';
import type { World } from '../state/index.ts';
import { decodeToken } from '../tokens/index.ts';
import { type AppInTenant, appAccessToken } from './app-grant.ts';

/** How one form of the service says that something is wrong. */
type Refusal = (status: number, code: string, message: string) => HttpResponse;

/** Of virtual machines (wire reference K3). */
const ofMachine: Refusal = (status, error, description) =>
  jsonResponse(status, { error, error_description: description }, NO_STORE);
/** Of App Service (wire reference K3). */
const ofAppService: Refusal = (status, _code, message) =>
  jsonResponse(status, { statusCode: status, message }, NO_STORE);

/** GET /metadata/identity/oauth2/token: the metadata service of virtual machines (wire reference K3). */
export function machineIdentity(http: HttpRequest, world: World): HttpResponse {
  const { query, headers } = http;
  if (headers.metadata?.toString().toLowerCase() !== 'true')
    return ofMachine(400, 'bad_request_102', 'Required metadata header not specified');
  if (query['api-version'] === undefined)
    return ofMachine(400, 'bad_request', 'api-version was not specified in the request');
  return withIdentity(http, world, { refuse: ofMachine, notFound: 'Identity not found', isMachine: true });
}

/** GET at IDENTITY_ENDPOINT: the service of App Service, Functions and Container Apps (wire reference K3). */
export function appServiceIdentity(http: HttpRequest, world: World): HttpResponse {
  if ((http.headers['x-identity-header'] ?? '') === '')
    return ofAppService(401, '', 'The X-IDENTITY-HEADER header is missing.');
  const notFound =
    'No User Assigned or Delegated Managed Identity found for specified ClientId/ResourceId/PrincipalId.';
  return withIdentity(http, world, { refuse: ofAppService, notFound, isMachine: false });
}

interface Form {
  readonly refuse: Refusal;
  readonly notFound: string;
  readonly isMachine: boolean;
}

function withIdentity(http: HttpRequest, world: World, { refuse, notFound, isMachine }: Form): HttpResponse {
  const { resource } = http.query;
  if (resource === undefined || resource === '')
    return refuse(400, 'invalid_request', "Required query variable 'resource' is missing");
  const identity = askedFor(http, world);
  if (identity === undefined) return refuse(400, 'invalid_request', notFound);
  const respond = (): HttpResponse => {
    const body = tokenFor(identity, resource, http, world);
    return jsonResponse(200, isMachine ? { ...body, ...onMachine(body) } : body, NO_STORE);
  };
  return orError(respond, (error) =>
    refuse(error.status, error.error, errorDescription(error, incidentOf(http, world.now()), '\r\n')),
  );
}

interface Identity {
  readonly registration: Registration;
  readonly objectId: string;
  readonly resourceId: string | undefined;
}

/** Who is asked for: the machine's own identity or a named one; any, where nobody has to be registered. */
function askedFor({ query }: HttpRequest, world: World): Identity | undefined {
  const objectId = query.object_id ?? query.principal_id;
  const resourceId = query.mi_res_id ?? query.msi_res_id;
  const found = registered(query.client_id ?? objectId ?? resourceId, world);
  if (found !== undefined) return identityOf(found);
  if (world.strict) return undefined;
  const { client_id: clientId } = query;
  if (clientId !== undefined) return identityOf(friendlyRegistration(clientId.toLowerCase()));
  const made = identityOf(
    friendlyRegistration(guidFor(`managed identity ${objectId ?? resourceId ?? 'of this machine'}`)),
  );
  return { ...made, resourceId, objectId: objectId ?? made.objectId };
}

function registered(name: string | undefined, { registrations }: World): Registration | undefined {
  if (name === undefined) return registrations.find((one) => one.managedIdentity?.assigned === 'system');
  const wanted = name.toLowerCase();
  const shared = registrations.filter((one) => one.managedIdentity?.assigned === 'user');
  return shared.find((one) => {
    const { objectId, resourceId } = identityOf(one);
    return [one.clientId, objectId, resourceId?.toLowerCase()].includes(wanted);
  });
}

function identityOf(registration: Registration): Identity {
  return {
    registration,
    objectId: servicePrincipalId(registration.homeTenantId, registration.clientId),
    resourceId: registration.managedIdentity?.resourceId,
  };
}

/** What both forms answer: `expires_on` is a text of seconds since 1970. */
function tokenFor(
  { registration, objectId, resourceId }: Identity,
  resource: string,
  http: HttpRequest,
  world: World,
): Readonly<Record<string, unknown>> {
  const { homeTenantId: tenantId, clientId } = registration;
  const app: AppInTenant = { http: { ...http, tenant: tenantId }, registration, world, tenantId };
  const traits = { clientAuthentication: '2', handlesClaims: false } as const;
  const { token } = appAccessToken(app, `${resource}/.default`, {
    ...traits,
    objectId,
    azureResourceId: resourceId,
  });
  const { exp } = decodeToken(token)?.claims ?? {};
  return {
    access_token: token,
    expires_on: String(exp),
    resource,
    token_type: 'Bearer',
    client_id: clientId,
  };
}

/** What virtual machines are told besides. */
function onMachine({ access_token: token }: Readonly<Record<string, unknown>>): object {
  const { exp, nbf } = decodeToken(String(token))?.claims ?? {};
  const seconds = String(Number(exp) - Number(nbf));
  return { refresh_token: '', expires_in: seconds, ext_expires_in: seconds, not_before: String(nbf) };
}
