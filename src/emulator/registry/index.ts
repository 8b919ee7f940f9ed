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
export { knownPermission, needsAdministrator } from './known-permission.ts';
export { OIDC_SCOPES, type Permission } from './permissions.ts';
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
export { findResource, GRAPH_APP_ID, isInTenant, type Resource, servicePrincipalId } from './resources.ts';
export {
  type ApiScopes,
  type Asking,
  checkResourceParameter,
  echoScopes,
  firstApi,
  grantedOf,
  listedKeys,
  onlyApi,
  permissionKeys,
  type RequestedScopes,
  readRequestedScopes,
  wantedScopes,
} from './scopes.ts';
export { readSeed, SeedError } from './seed.ts';
export type { Seed } from './seed-checks.ts';
export { type Authority, admits, PERSONAL_TENANT_ID, TENANTS, type Tenant } from './tenants.ts';
