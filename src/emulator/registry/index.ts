export { checkAccount, type SignInPlace } from './account-fit.ts';
export {
  ACCOUNTS,
  type Account,
  type AccountKind,
  account,
  accountByHint,
  accountByUsername,
  isGuest,
  isPersonal,
  loginHintOf,
  userPrincipalName,
} from './accounts.ts';
export { CLOUDS, isKnownInstance, issuerHost, MICROSOFT_FAMILIES, MICROSOFT_HOSTS } from './clouds.ts';
export { GROUPS, type GroupSeed, groupSeed } from './group-seeds.ts';
export { knownPermission, needsAdministrator } from './known-permission.ts';
export { createLiveRegistry, type LiveRegistry } from './live-registry.ts';
export { permissionKey, splitScope } from './permission-key.ts';
export { OIDC_SCOPES, PERMISSIONS, type Permission } from './permissions.ts';
export {
  acceptsBelow,
  acceptsRedirectUri,
  isSpaRedirectUri,
  responseUri,
  staysHere,
} from './redirect-uri.ts';
export { registrationFault } from './redirect-uri-rules.ts';
export {
  type Assignment,
  DEFAULT_CLIENT_ID,
  DEFAULT_CLIENT_SECRET,
  type FederatedCredential,
  findRegistration,
  friendlyRegistration,
  REGISTRATIONS,
  type Registration,
  registration,
  type Secret,
} from './registrations.ts';
export { checkAccountTypes, type Registry, readAuthority, readRegistration } from './registry.ts';
export {
  findResource,
  GRAPH_APP_ID,
  identifierUrisOf,
  isInTenant,
  type Resource,
  servicePrincipalId,
} from './resources.ts';
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
export { checkAddresses, readSeed, SeedError, seedOf } from './seed.ts';
export type { Seed } from './seed-checks.ts';
export type { AccountInput, GroupInput, RegistrationInput, SeedInput } from './seed-input.ts';
export { type Authority, admits, CONTOSO_ID, PERSONAL_TENANT_ID, TENANTS, type Tenant } from './tenants.ts';
