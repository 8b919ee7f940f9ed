import type { RequestedScopes } from './scopes.ts';

/** What `.default` means for a person while nobody registered delegated permissions: the portal's own default. */
const REGISTERED_BY_DEFAULT = ['User.Read'];

/** All that a request wants somebody to consent to. */
export function wantedScopes(scopes: RequestedScopes): readonly string[] {
  const registered = scopes.all ? REGISTERED_BY_DEFAULT : [];
  return [...new Set([...registered, ...scopes.permissions, ...scopes.openId])];
}
