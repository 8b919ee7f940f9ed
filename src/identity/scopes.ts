import { isGraphResource } from '../clouds.ts';

/** OpenID Connect's own scopes, which belong to no resource (OpenID Connect Core 1.0, sections 5.4 and 11). */
const OPENID_SCOPES = new Set(['openid', 'profile', 'email', 'offline_access']);

/** A delegated scope in two parts, in lower case, because the platform may change it. */
interface Scope {
  /** Empty for Microsoft Graph, whose scopes need no resource in front. */
  resource: string;
  name: string;
}

/** Reads `api://orders/Orders.Read` as the resource `api://orders` and the name `orders.read`. */
function readScope(scope: string): Scope {
  const text = scope.toLowerCase();
  const cut = text.lastIndexOf('/');
  const resource = cut === -1 ? '' : text.slice(0, cut).replace(/\/+$/, '');
  return { resource: isGraphResource(resource) ? '' : resource, name: text.slice(cut + 1) };
}

/** The one resource that scopes are for; OpenID Connect's own do not count. */
export function resourceOf(scopes: readonly string[]): string {
  const scope = scopes.find((one) => !OPENID_SCOPES.has(one.toLowerCase()));
  return scope === undefined ? '' : readScope(scope).resource;
}

/** The scopes that belong to a resource. */
export function scopesFor(resource: string, scopes: readonly string[]): string[] {
  return scopes.filter(
    (scope) => OPENID_SCOPES.has(scope.toLowerCase()) || readScope(scope).resource === resource,
  );
}

/** Scopes that were asked for and not granted. The platform may leave Graph out of a name, and may change its case. */
export function missingScopes(asked: readonly string[], granted: readonly string[]): string[] {
  const has = new Set(granted.map(keyOf));
  return asked.filter((scope) => !has.has(keyOf(scope)));
}

function keyOf(scope: string): string {
  const { resource, name } = readScope(scope);
  return `${resource} ${name}`;
}
