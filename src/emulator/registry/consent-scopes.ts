import type { Registration } from './registrations.ts';
import type { RequestedScopes } from './scopes.ts';

/** All that a request wants somebody to consent to; `.default` is what the app is registered for. */
export function wantedScopes(scopes: RequestedScopes, registration: Registration): readonly string[] {
  const registered = scopes.all ? registration.delegatedPermissions : [];
  return [...new Set([...registered, ...scopes.permissions, ...scopes.openId])];
}
