import { randomUUID } from 'node:crypto';
import type { HttpResponse } from '../../http/index.ts';
import { GraphError, type Row } from '../../odata/index.ts';
import {
  type Registration,
  type Registry,
  registrationFault,
  registration as registrationOf,
  staysHere,
} from '../../registry/index.ts';
import type { GraphCall } from '../graph-call.ts';
import { graphJson, graphNoContent } from '../graph-json.ts';
import { jsonBody, requiredText } from '../json-body.ts';
import { selected } from '../select.ts';
import { applicationOf, listed, tenantToChange, tenantToRead } from './access.ts';
import { accountTypesOf, applicationJson } from './application-json.ts';
import { certificatesIn } from './key-credentials.ts';
import { permissionsIn } from './permission-ids.ts';

const MAX_REGISTRATIONS = 10_000;
const QUERIES = { searchable: ['displayName'], sortable: ['displayName'] } as const;
const APPLICATION = {
  name: 'application',
  filterable: ['id', 'appId', 'displayName', 'signInAudience'],
  ...QUERIES,
};
/** GET /applications */
export function applications(call: GraphCall): HttpResponse {
  const tenantId = tenantToRead(call);
  const own = call.world.registrations.filter((one) => one.homeTenantId === tenantId);
  const rows = own.map((one) => applicationJson(one, call.world));
  return listed(rows, 'applications', APPLICATION, call);
}

/** GET /applications/{id} and /applications(appId='…') */
export function application(call: GraphCall): HttpResponse {
  tenantToRead(call);
  const { $select = '' } = call.http.query;
  const withKeys = $select.split(',').some((name) => name.trim() === 'keyCredentials');
  const json = applicationJson(applicationOf(call), call.world, withKeys);
  return graphJson(call.http, 'applications/$entity', selected(json, call.http.query.$select, 'application'));
}

/** POST /applications */
export function createApplication(call: GraphCall): HttpResponse {
  const homeTenantId = tenantToChange(call);
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
      lacksPrincipal: true,
    }),
    body,
    call.world,
  );
  call.world.putRegistration(created);
  return graphJson(call.http, 'applications/$entity', applicationJson(created, call.world), 201);
}

/** PATCH /applications/{id} */
export function changeApplication(call: GraphCall): HttpResponse {
  tenantToChange(call);
  call.world.putRegistration(changed(applicationOf(call), jsonBody(call.http), call.world));
  return graphNoContent(call.http);
}

/** DELETE /applications/{id} */
export function deleteApplication(call: GraphCall): HttpResponse {
  tenantToChange(call);
  call.world.removeRegistration(applicationOf(call).clientId);
  return graphNoContent(call.http);
}

/** What a body says of a registration, as far as the emulator acts on it. @throws GraphError 400 */
function changed(app: Registration, body: Row, registry: Registry): Registration {
  const { displayName, isFallbackPublicClient, keyCredentials, requiredResourceAccess } = body;
  const next = {
    ...app,
    ...(typeof displayName === 'string' ? { name: displayName } : {}),
    ...(typeof isFallbackPublicClient === 'boolean' ? { isPublic: isFallbackPublicClient } : {}),
    ...accountTypesIn(body),
    ...(body.identifierUris === undefined ? {} : { identifierUris: texts(body.identifierUris) }),
    ...addressesIn(body, registry.allowedHosts),
    ...apiIn(body),
    ...(requiredResourceAccess === undefined ? {} : permissionsIn(requiredResourceAccess, app, registry)),
    ...(keyCredentials === undefined
      ? {}
      : { certificates: certificatesIn(keyCredentials, app.certificates) }),
  };
  refusePersonalAccounts(next, body);
  return next;
}

/** Apps of personal accounts have tokens of version 2 only. */
function refusePersonalAccounts({ accountTypes, tokenVersion }: Registration, { signInAudience }: Row): void {
  const isPersonal = accountTypes === 'personal' || accountTypes === 'multi-tenant-and-personal';
  if (signInAudience !== undefined && isPersonal && tokenVersion !== 2)
    throw new GraphError('Request_BadRequest', 'Property api.requestedAccessTokenVersion is invalid.');
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
