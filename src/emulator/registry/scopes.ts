import { OIDC_SCOPES, permissionNamed } from './permissions.ts';

/** A `scope` parameter, understood. */
export interface RequestedScopes {
  readonly openId: readonly string[];
  /** Graph permissions in their documented spelling. */
  readonly permissions: readonly string[];
  /** The prefix that permissions were asked with (`https://graph.microsoft.com/`), empty for short names. */
  readonly prefix: string;
  /** Whether `.default` was asked: everything the app is registered for or was granted. */
  readonly all: boolean;
}

/** Why a scope parameter cannot be served: the resource is nobody's, or the scope is not a scope (C6: 500011, 70011). */
export type BadScopes = { readonly unknownResource: string } | { readonly invalidScope: string };

/** Hosts of Microsoft Graph in the clouds (wire reference H). */
const GRAPH_HOSTS = [
  'graph.microsoft.com',
  'graph.microsoft.us',
  'dod-graph.microsoft.us',
  'microsoftgraph.chinacloudapi.cn',
];
const GRAPH_APP_ID = '00000003-0000-0000-c000-000000000000';
const PERMISSION_NAME = /^[A-Za-z][A-Za-z0-9]*([.-][A-Za-z0-9]+)+$/;

/** Reads a scope parameter. `ownOrigin` counts as Microsoft Graph too. */
export function readScopes(scope: string, ownOrigin: string): RequestedScopes | BadScopes {
  const asked = [...new Set(scope.split(' ').filter((one) => one !== ''))];
  const isOpenId = (one: string): boolean => OIDC_SCOPES.includes(one.toLowerCase());
  const rest = asked.filter((one) => !isOpenId(one)).map(splitScope);
  const unknown = rest.find(({ prefix }) => prefix !== '' && !isGraph(prefix, ownOrigin));
  if (unknown !== undefined) return { unknownResource: unknown.prefix };
  const named = rest.map(({ name }) => name).filter((name) => name !== '.default');
  const invalid = named.find((name) => !PERMISSION_NAME.test(name));
  if (invalid !== undefined) return { invalidScope: invalid };
  return {
    openId: asked.filter(isOpenId).map((one) => one.toLowerCase()),
    permissions: [...new Set(named.map((name) => permissionNamed(name).name))],
    prefix: rest.find(({ prefix }) => prefix !== '')?.prefix ?? '',
    all: rest.some(({ name }) => name === '.default'),
  };
}

function splitScope(scope: string): { prefix: string; name: string } {
  const slash = scope.lastIndexOf('/');
  return { prefix: scope.slice(0, slash + 1), name: scope.slice(slash + 1) };
}

function isGraph(prefix: string, ownOrigin: string): boolean {
  const resource = prefix.replace(/\/+$/, '');
  if (resource === ownOrigin || resource === GRAPH_APP_ID) return true;
  return GRAPH_HOSTS.some((host) => resource === `https://${host}`);
}

/**
 * The `scope` of a token answer: the granted permissions the way they were asked for, and the OpenID ones except
 * offline_access (wire reference C5, "scope echo").
 */
export function echoScopes(asked: RequestedScopes, granted: readonly string[]): string {
  const permissions = granted.filter((one) => !OIDC_SCOPES.includes(one));
  const names = asked.all ? [...permissions, '.default'] : permissions;
  const openId = asked.openId.includes('openid') ? ['profile', 'openid', 'email'] : [];
  return [...names.map((name) => asked.prefix + name), ...openId].join(' ');
}
