export { type Account, isStillWelcome } from './account.ts';
export { adminConsentUrl, type ConsentEndpoint, isForAdministrator } from './admin-consent.ts';
export { createAppTokenSource } from './app-token.ts';
export { boundPartOf, discoveryAddressOf } from './authority.ts';
export { accessTokensIn, readGranted } from './cached-tokens.ts';
export type { ClientSettings } from './client.ts';
export {
  type Credential,
  createCredential,
  createManagedIdentity,
  readOwnCertificate,
} from './credential/index.ts';
export { type DeviceSignIn, signInByDeviceCode } from './device-code.ts';
export type { EarlierScopes } from './earlier-scopes.ts';
export type { SignedInClaims } from './id-token.ts';
export { createIdentity } from './identity.ts';
export { isIssuerOfAuthority } from './issuer.ts';
export {
  type AccessTokenClaims,
  acquireOnBehalfOf,
  type OnBehalfOfToken,
  verifyAccessToken,
} from './own-api/index.ts';
export { requireResponseIssuer } from './response-issuer.ts';
export { missingScopes, resourceOf } from './scopes.ts';
export { readServiceToken } from './service-token.ts';
export { type AuthorizationOptions, beginSignIn, finishSignIn, type PendingSignIn } from './sign-in.ts';
export { signOutUrl } from './sign-out.ts';
export { acquireUserToken, type UserToken } from './user-token.ts';
