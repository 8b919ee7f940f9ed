import { guidFor } from '../../http/index.ts';
import { GRAPH_APP_ID, PERMISSIONS, type Registration, registration } from '../../registry/index.ts';

/** The id of a delegated permission. @param appId of its API */
export function scopeIdOf(value: string, appId: string): string {
  return guidFor(`scope ${value} of ${appId}`);
}

/** The id of an application permission. @param api whose it is; absent: Microsoft Graph's */
export function roleIdOf(value: string, api?: Registration): string {
  return api?.appRoles.find((role) => role.value === value)?.id ?? guidFor(`role ${value}`);
}

const known = PERMISSIONS.filter((one) => one.name.includes('.'));

/** Microsoft Graph as an app of each tenant: the permissions that the emulator knows. */
export const GRAPH: Registration = registration({
  clientId: GRAPH_APP_ID,
  name: 'Microsoft Graph',
  homeTenantId: 'f8cdef31-a31e-4b4a-93e4-5f571e91255a',
  identifierUris: ['https://graph.microsoft.com'],
  scopes: known.map(({ name, words, adminOnly = false }) => ({ value: name, words, adminOnly })),
  appRoles: known
    .filter((one) => one.adminOnly === true)
    .map(({ name, words }) => ({
      id: roleIdOf(name),
      value: name,
      displayName: words,
      for: ['applications'],
    })),
});
