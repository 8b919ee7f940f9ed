import { GraphError, type Row } from '../../odata/index.ts';
import {
  GRAPH_APP_ID,
  permissionKey,
  type Registration,
  type Registry,
  splitScope,
} from '../../registry/index.ts';
import { GRAPH, roleIdOf, scopeIdOf } from './api-ids.ts';

type Permissions = Pick<Registration, 'delegatedPermissions' | 'applicationPermissions'>;

interface Listed {
  /** Of the API. */
  appId: string;
  id: string;
  type: 'Scope' | 'Role';
}

/** What an app is registered for, by ids as Graph has it. */
export function requiredResourceAccess(app: Permissions, registry: Registry): readonly Row[] {
  const listed = [
    ...app.delegatedPermissions.map((name) => listedOf(name, 'Scope', registry)),
    ...app.applicationPermissions.map((name) => listedOf(name, 'Role', registry)),
  ];
  return [...new Set(listed.map(({ appId }) => appId))].map((resourceAppId) => ({
    resourceAppId,
    resourceAccess: listed
      .filter(({ appId }) => appId === resourceAppId)
      .map(({ id, type }) => ({ id, type })),
  }));
}

/** A name has its API in front, where that is not Microsoft Graph. */
function listedOf(name: string, type: Listed['type'], registry: Registry): Listed {
  const { identifier, name: value } = splitScope(name);
  const api = identifier === '' ? undefined : apiCalled(identifier, registry);
  const appId = api?.clientId ?? GRAPH_APP_ID;
  return { appId, type, id: type === 'Scope' ? scopeIdOf(value, appId) : roleIdOf(value, api) };
}

function apiCalled(identifier: string, { registrations }: Registry): Registration | undefined {
  return registrations.find((one) => one.clientId === identifier || one.identifierUris.includes(identifier));
}

/** The same back. @throws GraphError 400 for a permission that the emulator does not know */
export function permissionsIn(value: unknown, app: Permissions, registry: Registry): Permissions {
  const required = rowsIn(value).flatMap(({ resourceAppId, resourceAccess }) =>
    rowsIn(resourceAccess).map(({ id, type }) => ({ appId: String(resourceAppId), id: String(id), type })),
  );
  const names = (kind: Listed['type']) =>
    required.filter(({ type }) => type === kind).map((one) => nameOf({ ...one, type: kind }, app, registry));
  return { delegatedPermissions: names('Scope'), applicationPermissions: names('Role') };
}

function rowsIn(value: unknown): Row[] {
  return Array.isArray(value)
    ? value.filter((one): one is Row => typeof one === 'object' && one !== null)
    : [];
}

function nameOf({ appId, id, type }: Listed, app: Permissions, registry: Registry): string {
  const api = resourceOf(appId, registry);
  const offered = type === 'Scope' ? api?.scopes : api?.appRoles;
  const before = type === 'Scope' ? app.delegatedPermissions : app.applicationPermissions;
  const names = [...before, ...(offered ?? []).map((one) => permissionKey(appId, one.value))];
  const found = names.find((name) => listedOf(name, type, registry).id === id);
  if (found !== undefined) return found;
  throw new GraphError('Request_BadRequest', `The emulator does not know the permission ${id} of ${appId}.`);
}

function resourceOf(appId: string, { registrations }: Registry): Registration | undefined {
  if (appId === GRAPH_APP_ID) return GRAPH;
  return registrations.find((one) => one.clientId === appId.toLowerCase());
}
