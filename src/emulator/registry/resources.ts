import { guidFor, isGuid } from '../http/index.ts';
import { GRAPH_HOSTS } from './clouds.ts';
import { findRegistration, friendlyRegistration, type Registration } from './registrations.ts';
import type { Registry } from './registry.ts';

/** Microsoft Graph's application id, one form of its audience (wire reference C5). */
export const GRAPH_APP_ID = '00000003-0000-0000-c000-000000000000';

/** An API that access tokens are for. */
export interface Resource {
  readonly appId: string;
  /** What it was called by: the audience of its version 1.0 tokens (wire reference K1). */
  readonly identifier: string;
  readonly isGraph: boolean;
  /** Of its access tokens: its registration says which (wire reference K1). */
  readonly tokenVersion: 1 | 2;
  /** Its scopes in their own spelling; undefined where nobody registered them, and then it has every scope. */
  readonly scopes: readonly string[] | undefined;
  /** Undefined for Microsoft's own APIs. */
  readonly registration: Registration | undefined;
}

/** Microsoft's other APIs that apps ask for most, by their application ids; each is in every tenant. */
const MICROSOFT_APIS: Readonly<Record<string, readonly string[]>> = {
  '797f4846-ba00-4fd7-ba43-dac1f8f63013': ['management.azure.com', 'management.core.windows.net'],
  'cfa8b339-82a2-471a-a3c9-0fc0be7a4093': ['vault.azure.net'],
  'e406a681-f3d4-42a8-90b6-c2b029497af1': ['storage.azure.com'],
  '022907d3-0f1b-48f7-badc-1ba6abab6d66': ['database.windows.net'],
  'acca5fbb-b7e4-4009-81f1-37e38fd66d78': ['redis.azure.com'],
  '00000002-0000-0000-c000-000000000000': ['graph.windows.net'],
  '00000002-0000-0ff1-ce00-000000000000': ['outlook.office.com', 'outlook.office365.com'],
};

/**
 * Finds the API that an identifier means: an App ID URI or a client id. `ownOrigin` counts as Microsoft Graph. Without
 * strictness every `api://`, `https://` and GUID is an API, as a new registration would be.
 */
export function findResource(
  identifier: string,
  registry: Registry,
  ownOrigin: string,
): Resource | undefined {
  const name = identifier.replace(/\/+$/, '');
  if (name === '' || name === ownOrigin || name === GRAPH_APP_ID)
    return ofMicrosoft(GRAPH_APP_ID, GRAPH_APP_ID);
  if (GRAPH_HOSTS.some((host) => name === `https://${host}`)) return ofMicrosoft(GRAPH_APP_ID, identifier);
  return (
    registeredApi(name, identifier, registry) ??
    microsoftApi(name, identifier) ??
    (registry.strict ? undefined : friendlyApi(name, identifier, registry))
  );
}

/** Whether a tenant has the API: one for a single tenant is in that tenant only. */
export function isInTenant({ registration }: Resource, tenantId: string): boolean {
  if (registration === undefined || registration.friendly) return true;
  return registration.accountTypes !== 'single-tenant' || registration.homeTenantId === tenantId;
}

function ofMicrosoft(appId: string, identifier: string): Resource {
  const isGraph = appId === GRAPH_APP_ID;
  return { appId, identifier, isGraph, tokenVersion: 1, scopes: undefined, registration: undefined };
}

function registeredApi(name: string, identifier: string, registry: Registry): Resource | undefined {
  const found = registry.registrations.find(
    (one) => one.clientId === name.toLowerCase() || identifierUrisOf(one).includes(name),
  );
  if (found === undefined) return undefined;
  const registration = findRegistration(found.clientId, registry.registrations, registry.strict) ?? found;
  const isOpen = registration.friendly && registration.scopes.length === 0;
  return {
    appId: registration.clientId,
    identifier,
    isGraph: false,
    tokenVersion: registration.tokenVersion ?? registry.tokenVersion,
    scopes: isOpen ? undefined : registration.scopes.map((one) => one.value),
    registration,
  };
}

/** The App ID URIs of a registration: an API that names none has the one that the portal offers. */
export function identifierUrisOf({
  identifierUris,
  clientId,
  scopes,
  appRoles,
}: Registration): readonly string[] {
  const isApi = scopes.length > 0 || appRoles.length > 0;
  return identifierUris.length === 0 && isApi ? [`api://${clientId}`] : identifierUris;
}

function microsoftApi(name: string, identifier: string): Resource | undefined {
  const wanted = name.toLowerCase();
  const found = Object.entries(MICROSOFT_APIS).find(
    ([appId, hosts]) => appId === wanted || hosts.some((host) => wanted === `https://${host}`),
  );
  return found === undefined ? undefined : ofMicrosoft(found[0], identifier);
}

function friendlyApi(name: string, identifier: string, registry: Registry): Resource | undefined {
  const [, ofUri] = /^api:\/\/(?:[^/]+\/)*([0-9a-f-]{36})$/i.exec(name) ?? [];
  const appId = [name, ofUri ?? ''].find(isGuid)?.toLowerCase();
  if (appId === undefined && !/^(api|https):\/\/[^/\s]/i.test(name)) return undefined;
  // One that nobody registered has the same id each time.
  const id = appId ?? guidFor(`api ${name.toLowerCase()}`);
  return {
    appId: id,
    identifier,
    isGraph: false,
    tokenVersion: registry.tokenVersion,
    scopes: undefined,
    registration: friendlyRegistration(id),
  };
}

/** The object that stands for an app in a tenant: the `oid` of its own tokens. */
export function servicePrincipalId(tenantId: string, clientId: string): string {
  return guidFor(`service principal ${clientId} in ${tenantId}`);
}
