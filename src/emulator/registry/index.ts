export { checkAccount } from './account-fit.ts';
export {
  ACCOUNTS,
  type Account,
  type AccountKind,
  accountByHint,
  accountByUsername,
  isGuest,
  isPersonal,
  loginHintOf,
  userPrincipalName,
} from './accounts.ts';
export { wantedScopes } from './consent-scopes.ts';
export { OIDC_SCOPES, permissionNamed } from './permissions.ts';
export {
  acceptsBelow,
  acceptsRedirectUri,
  isSpaRedirectUri,
  responseUri,
  staysHere,
} from './redirect-uri.ts';
export {
  DEFAULT_CLIENT_ID,
  DEFAULT_CLIENT_SECRET,
  type FederatedCredential,
  findRegistration,
  REGISTRATIONS,
  type Registration,
} from './registrations.ts';
export { checkAccountTypes, type Registry, readAuthority, readRegistration } from './registry.ts';
export { readRequestedScopes } from './requested-scopes.ts';
export { echoScopes, type RequestedScopes, readScopes } from './scopes.ts';
export { readSeed, SeedError } from './seed.ts';
export type { Seed } from './seed-checks.ts';
export { type Authority, admits, PERSONAL_TENANT_ID, TENANTS, type Tenant } from './tenants.ts';
