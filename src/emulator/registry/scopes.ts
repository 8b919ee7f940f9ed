import { aadstsError } from '../aadsts/index.ts';
import type { HttpRequest } from '../http/index.ts';
import { permissionKey, splitScope } from './permission-key.ts';
import { OIDC_SCOPES, permissionNamed } from './permissions.ts';
import type { Registration } from './registrations.ts';
import type { Registry } from './registry.ts';
import { findResource, GRAPH_APP_ID, type Resource } from './resources.ts';

/** What a `scope` parameter asks of one API. */
export interface ApiScopes {
  /** What the API was called by; empty for Microsoft Graph by short names. */
  readonly identifier: string;
  readonly appId: string;
  readonly isGraph: boolean;
  /** Permissions in their documented spelling. */
  readonly permissions: readonly string[];
  /** Whether `.default` was asked: everything the app is registered for or was granted. */
  readonly all: boolean;
}

/** A `scope` parameter, understood. */
export interface RequestedScopes {
  readonly openId: readonly string[];
  /** The APIs in the order in which they were named, Microsoft Graph where there is none. */
  readonly apis: readonly ApiScopes[];
}

/** Where scopes are asked for, and by whom. */
export interface Asking {
  readonly http: HttpRequest;
  readonly registration: Registration;
  readonly world: Registry;
}

/** Longer than any address can be: a form could hold a megabyte of scopes. */
const MAX_SCOPE_LENGTH = 16_384;
/** A permission of Microsoft Graph has a dot; what has none is not there (wire reference K1). */
const GRAPH_PERMISSION = /^[A-Za-z][A-Za-z0-9]*([.-][A-Za-z0-9]+)+$/;
const SCOPE_NAME = /^[!#-.0-[\]-~]{1,120}$/;
/** The scope that an API has whose scopes nobody registered. */
const USUAL_SCOPE = 'user_impersonation';

const NOTHING_OF_GRAPH: ApiScopes = {
  identifier: '',
  appId: GRAPH_APP_ID,
  isGraph: true,
  permissions: [],
  all: false,
};

/** Reads a scope parameter. @throws AadstsError 90015, 500011, 650053 or 70011 */
export function readRequestedScopes(scope: string, asking: Asking): RequestedScopes {
  if (scope.length > MAX_SCOPE_LENGTH) throw aadstsError(90015);
  const asked = [...new Set(scope.split(' ').filter((one) => one !== ''))];
  const isOpenId = (one: string): boolean => OIDC_SCOPES.includes(one.toLowerCase());
  const apis = apisIn(
    asked.filter((one) => !isOpenId(one)),
    asking,
  );
  return {
    openId: asked.filter(isOpenId).map((one) => one.toLowerCase()),
    apis: apis.length === 0 ? [NOTHING_OF_GRAPH] : apis,
  };
}

/**
 * Checks the parameter `resource`, which version 2.0 takes only where it says what the scopes say (wire reference K1).
 * @throws AadstsError 9010010
 */
export function checkResourceParameter(resource: string | undefined, { apis }: RequestedScopes): void {
  if (resource === undefined) return;
  const plain = (text: string): string => text.replace(/\/+$/, '').toLowerCase();
  const isNamed = apis.some((api) =>
    [api.identifier, api.appId].some((one) => plain(one) === plain(resource)),
  );
  if (!isNamed) throw aadstsError(9010010);
}

/** The first API that a request names. */
export function firstApi({ apis: [api = NOTHING_OF_GRAPH] }: RequestedScopes): ApiScopes {
  return api;
}

/** The only API of a request for tokens. @throws AadstsError 28000 where there are several */
export function onlyApi({ apis, openId }: RequestedScopes, scope: string): ApiScopes {
  const [api = NOTHING_OF_GRAPH, another] = apis;
  if (another !== undefined) throw aadstsError(28000, { scope: scope === '' ? openId.join(' ') : scope });
  return api;
}

function apisIn(scopes: readonly string[], asking: Asking): readonly ApiScopes[] {
  const namesByIdentifier = new Map<string, string[]>();
  for (const scope of scopes) {
    const { identifier, name } = splitScope(scope);
    const names = namesByIdentifier.get(identifier) ?? [];
    names.push(name);
    namesByIdentifier.set(identifier, names);
  }
  const found = [...namesByIdentifier].map(([identifier, names]) => scopesOf(identifier, names, asking));
  return [...new Set(found.map(({ appId }) => appId))].map((appId) =>
    joined(found.filter((one) => one.appId === appId)),
  );
}

/** One API may be called by several names in one request. */
function joined(parts: readonly ApiScopes[]): ApiScopes {
  const [first = NOTHING_OF_GRAPH] = parts;
  return {
    ...first,
    identifier: parts.find((one) => one.identifier !== '')?.identifier ?? '',
    permissions: [...new Set(parts.flatMap((one) => one.permissions))],
    all: parts.some((one) => one.all),
  };
}

function scopesOf(
  identifier: string,
  names: readonly string[],
  { http, registration, world }: Asking,
): ApiScopes {
  const resource = findResource(identifier, world, http.origin);
  if (resource === undefined)
    throw aadstsError(500011, {
      resource: identifier,
      tenant: http.tenant,
      asked: wholeName(identifier, names[0]),
    });
  const named = names.filter((name) => name !== '.default');
  return {
    identifier,
    appId: resource.appId,
    isGraph: resource.isGraph,
    permissions: [...new Set(named.map((name) => permissionOf(name, identifier, resource, registration)))],
    all: named.length < names.length,
  };
}

/** A scope as the request has it. */
function wholeName(identifier: string, name = ''): string {
  return identifier === '' ? name : `${identifier}/${name}`;
}

/** A scope in the API's own spelling. @throws AadstsError 70011 for no scope at all, 650053 for one that is not there */
function permissionOf(name: string, identifier: string, resource: Resource, client: Registration): string {
  const asked = wholeName(identifier, name);
  if (!SCOPE_NAME.test(name)) throw aadstsError(70011, { scope: name, asked });
  if (resource.isGraph && GRAPH_PERMISSION.test(name)) return permissionNamed(name).name;
  const missing = aadstsError(650053, { scope: name, resource: resource.appId, name: client.name, asked });
  if (resource.isGraph) throw missing;
  if (resource.scopes === undefined) return name;
  const found = resource.scopes.find((one) => one.toLowerCase() === name.toLowerCase());
  if (found === undefined) throw missing;
  return found;
}

/** The permissions of one API as consents know them. */
export function permissionKeys(api: ApiScopes, permissions = api.permissions): readonly string[] {
  return permissions.map((name) => permissionKey(api.appId, name));
}

/** Which of the granted permissions are this API's, by their names. */
export function grantedOf(api: ApiScopes, granted: readonly string[]): readonly string[] {
  if (api.isGraph) return granted.filter((one) => !one.includes('/') && !OIDC_SCOPES.includes(one));
  const prefix = `${api.appId}/`;
  return granted.filter((one) => one.startsWith(prefix)).map((one) => one.slice(prefix.length));
}

/**
 * Permissions that a registration lists, as consents know them. An entry with a slash belongs to another API than
 * Microsoft Graph; one whose API nobody knows is left out.
 */
export function listedKeys(listed: readonly string[], { http, world }: Asking): readonly string[] {
  return listed.flatMap((one) => {
    const { identifier, name } = splitScope(one);
    const resource = findResource(identifier, world, http.origin);
    if (resource === undefined) return [];
    return [permissionKey(resource.appId, name)];
  });
}

/** All that a request wants somebody to consent to; `.default` is what the app is registered for. */
export function wantedScopes({ openId, apis }: RequestedScopes, asking: Asking): readonly string[] {
  const wanted = apis.flatMap((api) => [
    ...(api.all ? registeredKeys(api, asking) : []),
    ...permissionKeys(api),
  ]);
  return [...new Set([...wanted, ...openId])];
}

/** What `.default` means at one API. @throws AadstsError 650057 where a checked registration lists nothing of it */
function registeredKeys(api: ApiScopes, asking: Asking): readonly string[] {
  const { registration: client, world, http } = asking;
  const listed = permissionKeys(api, grantedOf(api, listedKeys(client.delegatedPermissions, asking)));
  if (listed.length > 0 || api.isGraph) return listed;
  if (client.friendly || api.appId === client.clientId)
    return permissionKeys(api, findResource(api.identifier, world, http.origin)?.scopes ?? [USUAL_SCOPE]);
  const details = { client: client.clientId, name: client.name, resource: api.identifier, appId: api.appId };
  throw aadstsError(650057, details);
}

/**
 * The `scope` of a token response: the granted permissions of the API the way they were asked for and, for Microsoft
 * Graph, the OpenID ones except offline_access (wire reference C5, "scope echo"; K1).
 */
export function echoScopes({ openId }: RequestedScopes, api: ApiScopes, granted: readonly string[]): string {
  const permissions = grantedOf(api, granted);
  const names = api.all ? [...permissions, '.default'] : permissions;
  const prefix = api.identifier === '' ? '' : `${api.identifier}/`;
  const isOpenId = openId.includes('openid') && (api.isGraph || permissions.length === 0);
  return [...names.map((name) => prefix + name), ...(isOpenId ? ['profile', 'openid', 'email'] : [])].join(
    ' ',
  );
}
