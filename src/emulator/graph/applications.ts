import { randomBytes, randomUUID } from 'node:crypto';
import type { HttpResponse } from '../http/index.ts';
import { collectionOf, GraphError, listMembers, type Row } from '../odata/index.ts';
import {
  GRAPH_APP_ID,
  type Registration,
  type Registry,
  registrationFault,
  registration as registrationOf,
  type Secret,
  staysHere,
} from '../registry/index.ts';
import {
  accountTypesOf,
  applicationId,
  applicationJson,
  graphAsRegistration,
  passwordJson,
  registrationsIn,
  servicePrincipalJson,
} from './application-json.ts';
import { directoryTenant, requireAny } from './caller.ts';
import type { GraphCall } from './graph-call.ts';
import { graphJson, graphNoContent } from './graph-json.ts';
import { jsonBody, requiredText } from './json-body.ts';
import { notFound } from './person.ts';

const WRITE = ['Application.ReadWrite.All', 'Application.ReadWrite.OwnedBy', 'Directory.ReadWrite.All'];
const READ = ['Application.Read.All', ...WRITE, 'Directory.Read.All'];
const MAX_REGISTRATIONS = 10_000;
const QUERIES = { searchable: ['displayName'], sortable: ['displayName'] } as const;
const APPLICATION = {
  name: 'application',
  filterable: ['id', 'appId', 'displayName', 'signInAudience'],
  ...QUERIES,
};
const SERVICE_PRINCIPAL = {
  name: 'servicePrincipal',
  filterable: ['id', 'appId', 'displayName', 'servicePrincipalType', 'servicePrincipalNames', 'tags'],
  ...QUERIES,
};

function tenantFor({ caller }: GraphCall, permissions: readonly string[]): string {
  const tenantId = directoryTenant(caller);
  requireAny(caller, permissions);
  return tenantId;
}

/** Only the selected properties. @throws GraphError 400 for one that there is not */
function selected(row: Row, select: string | undefined, type: string): Row {
  if (select === undefined || select.trim() === '*') return row;
  const names = select.split(',').map((one) => one.trim());
  const unknown = names.find((name) => !(name in row));
  if (unknown === undefined) return Object.fromEntries(names.map((name) => [name, row[name]]));
  throw new GraphError(
    'BadRequest',
    `Parsing OData Select and Expand failed: Could not find a property named '${unknown}' on type 'microsoft.graph.${type}'.`,
  );
}

/** GET /applications */
export function applications(call: GraphCall): HttpResponse {
  const tenantId = tenantFor(call, READ);
  const own = call.world.registrations.filter((one) => one.homeTenantId === tenantId);
  const rows = collectionOf(own.map(applicationJson));
  const jsonOf = (row: Row) => selected(row, call.http.query.$select, 'application');
  return graphJson(
    call.http,
    'applications',
    listMembers(call.http, rows, APPLICATION, call.world.seal, jsonOf),
  );
}

/** GET /applications/{id} and /applications(appId='…') */
export function application(call: GraphCall): HttpResponse {
  tenantFor(call, READ);
  const json = applicationJson(applicationOf(call));
  return graphJson(call.http, 'applications/$entity', selected(json, call.http.query.$select, 'application'));
}

function applicationOf({ params, world, caller }: GraphCall): Registration {
  const id = params.id ?? '';
  const [, appId] = /^appId='([^']+)'$/i.exec(id) ?? [];
  const own = world.registrations.filter((one) => one.homeTenantId === directoryTenant(caller));
  const found = own.find((one) =>
    appId === undefined
      ? applicationId(one.clientId) === id.toLowerCase()
      : one.clientId === appId.toLowerCase(),
  );
  if (found === undefined) throw notFound(id);
  return found;
}

/** POST /applications */
export function createApplication(call: GraphCall): HttpResponse {
  const homeTenantId = tenantFor(call, WRITE);
  const body = jsonBody(call.http);
  const name = requiredText(body, 'displayName', 'Application');
  if (call.world.registrations.length >= MAX_REGISTRATIONS)
    throw new GraphError(
      'Request_BadRequest',
      `The emulator holds ${MAX_REGISTRATIONS} applications at most.`,
    );
  const created = changed(
    registrationOf({
      clientId: randomUUID(),
      name,
      homeTenantId,
      accountTypes: 'single-tenant',
      delegatedPermissions: [],
    }),
    body,
    call.world,
  );
  call.world.putRegistration(created);
  return graphJson(call.http, 'applications/$entity', applicationJson(created), 201);
}

/** PATCH /applications/{id} */
export function changeApplication(call: GraphCall): HttpResponse {
  tenantFor(call, WRITE);
  call.world.putRegistration(changed(applicationOf(call), jsonBody(call.http), call.world));
  return graphNoContent(call.http);
}

/** DELETE /applications/{id} */
export function deleteApplication(call: GraphCall): HttpResponse {
  tenantFor(call, WRITE);
  call.world.removeRegistration(applicationOf(call).clientId);
  return graphNoContent(call.http);
}

/** POST /applications/{id}/addPassword: the only time that the secret is shown. */
export function addPassword(call: GraphCall): HttpResponse {
  tenantFor(call, WRITE);
  const app = applicationOf(call);
  const { displayName, endDateTime } = member(jsonBody(call.http), 'passwordCredential');
  const now = call.world.now();
  const secret: Secret = {
    value: randomBytes(30).toString('base64url'),
    keyId: randomUUID(),
    expiresAt:
      typeof endDateTime === 'string' ? endDateTime : new Date(now + 2 * 365 * 86_400_000).toISOString(),
    ...(typeof displayName === 'string' ? { displayName } : {}),
  };
  call.world.putRegistration({ ...app, secrets: [...app.secrets, secret] });
  return graphJson(call.http, 'microsoft.graph.passwordCredential', {
    ...passwordJson(secret),
    secretText: secret.value,
    startDateTime: new Date(now).toISOString(),
  });
}

/** POST /applications/{id}/removePassword */
export function removePassword(call: GraphCall): HttpResponse {
  tenantFor(call, WRITE);
  const app = applicationOf(call);
  const { keyId } = jsonBody(call.http);
  const kept = app.secrets.filter((one) => passwordJson(one).keyId !== keyId);
  if (kept.length === app.secrets.length) throw notFound(String(keyId));
  call.world.putRegistration({ ...app, secrets: kept });
  return graphNoContent(call.http);
}

/** GET /servicePrincipals: the apps of the tenant, and Microsoft Graph. */
export function servicePrincipals(call: GraphCall): HttpResponse {
  const rows = collectionOf(principalsIn(tenantFor(call, READ), call));
  const jsonOf = (row: Row) => selected(row, call.http.query.$select, 'servicePrincipal');
  const content = listMembers(call.http, rows, SERVICE_PRINCIPAL, call.world.seal, jsonOf);
  return graphJson(call.http, 'servicePrincipals', content);
}

/** GET /servicePrincipals/{id} and /servicePrincipals(appId='…') */
export function servicePrincipal(call: GraphCall): HttpResponse {
  const id = call.params.id ?? '';
  const [, appId] = /^appId='([^']+)'$/i.exec(id) ?? [];
  const found = principalsIn(tenantFor(call, READ), call).find((one) =>
    appId === undefined ? one.id === id.toLowerCase() : one.appId === appId.toLowerCase(),
  );
  if (found === undefined) throw notFound(id);
  const json = selected(found, call.http.query.$select, 'servicePrincipal');
  return graphJson(call.http, 'servicePrincipals/$entity', json);
}

function principalsIn(tenantId: string, { world }: GraphCall): readonly Row[] {
  const graph = graphAsRegistration(registrationOf({ clientId: GRAPH_APP_ID }), GRAPH_APP_ID);
  return [...registrationsIn(tenantId, world), graph].map((one) => servicePrincipalJson(one, tenantId));
}

/** What a body says of a registration, as far as the emulator acts on it. @throws GraphError 400 */
function changed(app: Registration, body: Row, { allowedHosts }: Registry): Registration {
  const { displayName, isFallbackPublicClient } = body;
  return {
    ...app,
    ...(typeof displayName === 'string' ? { name: displayName } : {}),
    ...(typeof isFallbackPublicClient === 'boolean' ? { isPublic: isFallbackPublicClient } : {}),
    ...accountTypesIn(body),
    ...(body.identifierUris === undefined ? {} : { identifierUris: texts(body.identifierUris) }),
    ...addressesIn(body, allowedHosts),
    ...apiIn(body),
  };
}

function accountTypesIn({ signInAudience }: Row): Partial<Registration> {
  const accountTypes = accountTypesOf(signInAudience);
  if (signInAudience !== undefined && accountTypes === undefined)
    throw new GraphError(
      'Request_BadRequest',
      "Invalid value specified for property 'signInAudience' of resource 'Application'.",
    );
  return accountTypes === undefined ? {} : { accountTypes };
}

function addressesIn(body: Row, allowedHosts: readonly string[]): Partial<Registration> {
  const [web, spa] = [member(body, 'web'), member(body, 'spa')];
  return {
    ...(web.redirectUris === undefined ? {} : { redirectUris: redirectUris(web.redirectUris, allowedHosts) }),
    ...(spa.redirectUris === undefined
      ? {}
      : { spaRedirectUris: redirectUris(spa.redirectUris, allowedHosts) }),
    ...(typeof web.logoutUrl === 'string' ? { logoutUri: checkedUri(web.logoutUrl, allowedHosts) } : {}),
  };
}

function apiIn(body: Row): Partial<Registration> {
  const { requestedAccessTokenVersion: version, oauth2PermissionScopes: scopes } = member(body, 'api');
  return {
    ...(version === 1 || version === 2 ? { tokenVersion: version } : {}),
    ...(Array.isArray(scopes) ? { scopes: scopes.map(scopeIn) } : {}),
    ...(Array.isArray(body.appRoles) ? { appRoles: body.appRoles.map(roleIn) } : {}),
  };
}

function redirectUris(value: unknown, allowedHosts: readonly string[]): readonly string[] {
  return texts(value).map((uri) => checkedUri(uri, allowedHosts));
}

/** An address that may be registered, and that leads nobody off this machine. @throws GraphError 400 */
function checkedUri(uri: string, allowedHosts: readonly string[]): string {
  const away = staysHere(uri, allowedHosts) ? undefined : 'is not on this machine; allow its host by name';
  const fault = registrationFault(uri) ?? away;
  if (fault === undefined) return uri;
  throw new GraphError('Request_BadRequest', `The address ${uri} ${fault}.`);
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function member(body: Row, name: string): Row {
  const value = body[name];
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function scopeIn(given: Row): Registration['scopes'][number] {
  const words = given.adminConsentDescription ?? given.userConsentDescription ?? given.value;
  return { value: String(given.value), words: String(words), adminOnly: given.type === 'Admin' };
}

function roleIn(given: Row): Registration['appRoles'][number] {
  const types = texts(given.allowedMemberTypes);
  return {
    id: String(given.id ?? randomUUID()),
    value: String(given.value),
    displayName: String(given.displayName ?? given.value),
    for: [
      ...(types.includes('User') ? ['users' as const] : []),
      ...(types.includes('Application') ? ['applications' as const] : []),
    ],
  };
}
