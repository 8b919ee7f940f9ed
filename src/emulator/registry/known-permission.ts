import { type Account, isPersonal } from './accounts.ts';
import { splitScope } from './permission-key.ts';
import { type Permission, permissionNamed } from './permissions.ts';
import type { Registry } from './registry.ts';
import { identifierUrisOf } from './resources.ts';

/** A permission as consents know it, in the words of its API: Microsoft Graph's, or a registration's. */
export function knownPermission(key: string, { registrations }: Registry): Permission {
  const { identifier: appId, name: value } = splitScope(key);
  if (appId === '') return permissionNamed(key);
  const api = registrations.find((one) => one.clientId === appId);
  const scope = api?.scopes.find((one) => one.value === value);
  const name = `${(api === undefined ? undefined : identifierUrisOf(api)[0]) ?? appId}/${value}`;
  const role = api?.appRoles.find((one) => one.value === value);
  return {
    name,
    words: scope?.words ?? role?.displayName ?? `Use ${api?.name ?? appId} as you (${value})`,
    ...(scope?.adminOnly === true ? { adminOnly: true } : {}),
  };
}

/** Whether these need an administrator, and the person is none: nobody consents to them alone. */
export function needsAdministrator(account: Account, scopes: readonly string[], registry: Registry): boolean {
  if (account.kind === 'admin' || isPersonal(account)) return false;
  return scopes.some((scope) => knownPermission(scope, registry).adminOnly === true);
}
