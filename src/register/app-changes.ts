import { randomUUID } from 'node:crypto';
import { GRAPH_APP_ID } from '../clouds.ts';
import { ConfigurationError } from '../errors.ts';
import type { Registered } from './registered.ts';
import { memberOf, type Row, rowsIn, textOf, textsOf } from './rows.ts';
import type { Wishes } from './wishes.ts';

/** What an application object has to become: the members to send, and in words. */
interface AppChanges {
  body: Row;
  says: string[];
}

/** What is added or corrected; whatever else the registration has is kept. */
export function appChangesOf(registered: Registered, wishes: Wishes): AppChanges {
  const { app } = registered;
  const parts = [
    ...(app === undefined
      ? [{ body: { displayName: wishes.name }, says: [`a new registration called ${wishes.name}`] }]
      : []),
    audienceChange(app, wishes),
    addressChange(app, wishes),
    permissionChange(registered, wishes),
    roleChange(app, wishes),
  ];
  return {
    body: Object.assign({}, ...parts.map(({ body }) => body)),
    says: parts.flatMap(({ says }) => says),
  };
}

const NOTHING: AppChanges = { body: {}, says: [] };

/** Apps of personal accounts have tokens of version 2 (`Property api.requestedAccessTokenVersion is invalid`). */
function audienceChange(app: Row | undefined, { audience }: Wishes): AppChanges {
  const before = textOf(app, 'signInAudience');
  if (before === audience) return NOTHING;
  const isPersonal = /Personal/.test(audience);
  return {
    body: {
      signInAudience: audience,
      ...(isPersonal ? { api: { requestedAccessTokenVersion: 2 } } : {}),
    },
    says: [`supported account types: ${audience}${before === '' ? '' : ` in place of ${before}`}`],
  };
}

function addressChange(app: Row | undefined, { redirectUris, logoutUrl }: Wishes): AppChanges {
  const web = memberOf(app, 'web');
  const before = textsOf(web, 'redirectUris');
  const missing = redirectUris.filter((uri) => !before.includes(uri));
  const isOut = logoutUrl !== undefined && textOf(web, 'logoutUrl') !== logoutUrl;
  if (missing.length === 0 && !isOut) return NOTHING;
  const changed = {
    ...(missing.length === 0 ? {} : { redirectUris: [...before, ...missing] }),
    ...(isOut ? { logoutUrl } : {}),
  };
  return {
    body: { web: changed },
    says: [
      ...missing.map((uri) => `redirect URI ${uri}`),
      ...(isOut ? [`front-channel logout URL ${logoutUrl}`] : []),
    ],
  };
}

interface Permission {
  appId: string;
  id: string;
  type: 'Scope' | 'Role';
  says: string;
}

function permissionChange(
  { app, api, graph }: Registered,
  { scopes, optionalScopes, roles }: Wishes,
): AppChanges {
  const wished = [
    ...[...scopes, ...optionalScopes].map((name): Permission => {
      const id = idOfPermission(api, 'oauth2PermissionScopes', name);
      return { appId: textOf(api, 'appId'), id, type: 'Scope', says: `delegated permission ${name}` };
    }),
    ...roles.map((name): Permission => {
      const id = idOfPermission(graph, 'appRoles', name);
      return { appId: GRAPH_APP_ID, id, type: 'Role', says: `application permission ${name}` };
    }),
  ];
  const before = rowsIn(app?.requiredResourceAccess);
  const missing = wished.filter((one) => !isListed(one, before));
  if (missing.length === 0) return NOTHING;
  return {
    body: { requiredResourceAccess: withPermissions(before, missing) },
    says: missing.map(({ says }) => says),
  };
}

/** The id that a permission has at its API. @throws ConfigurationError where that has none of the name */
export function idOfPermission(api: Row, kind: 'oauth2PermissionScopes' | 'appRoles', name: string): string {
  const offered = rowsIn(api[kind]).find((one) => textOf(one, 'value').toLowerCase() === name.toLowerCase());
  if (offered !== undefined) return textOf(offered, 'id');
  throw new ConfigurationError([`SCOPE: ${textOf(api, 'displayName')} has no permission called ${name}`]);
}

function isListed({ appId, id, type }: Permission, before: readonly Row[]): boolean {
  const own = before.filter((resource) => textOf(resource, 'resourceAppId') === appId);
  return own
    .flatMap((resource) => rowsIn(resource.resourceAccess))
    .some((one) => one.id === id && one.type === type);
}

function withPermissions(before: readonly Row[], missing: readonly Permission[]): Row[] {
  const appIds = [
    ...new Set([...before.map((one) => textOf(one, 'resourceAppId')), ...missing.map(({ appId }) => appId)]),
  ];
  return appIds.map((resourceAppId) => ({
    resourceAppId,
    resourceAccess: [
      ...before
        .filter((one) => one.resourceAppId === resourceAppId)
        .flatMap((one) => rowsIn(one.resourceAccess)),
      ...missing.filter(({ appId }) => appId === resourceAppId).map(({ id, type }) => ({ id, type })),
    ],
  }));
}

function roleChange(app: Row | undefined, { appRoles }: Wishes): AppChanges {
  const before = rowsIn(app?.appRoles);
  const missing = appRoles.filter((value) => !before.some((role) => role.value === value));
  if (missing.length === 0) return NOTHING;
  const made = missing.map((value) => ({
    ...{ id: randomUUID(), value, displayName: value, description: value },
    ...{ isEnabled: true, allowedMemberTypes: ['User'] },
  }));
  return {
    body: { appRoles: [...before, ...made] },
    says: missing.map((value) => `app role ${value} for people`),
  };
}
