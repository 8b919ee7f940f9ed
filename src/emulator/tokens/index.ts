export { type AccessToken, type AppAccess, makeAppAccessToken, makeUserAccessToken } from './access-token.ts';
export {
  type AccountGrant,
  type ClientAuthentication,
  type Grant,
  grantWithoutRequest,
  keptGrant,
  type RequestedClaims,
  readClaims,
} from './grant.ts';
export { clientInfoOf, halfHash, makeIdToken, pairwiseSubject } from './id-token.ts';
export { issuerOf, issuerOfUserFlow, issuerOfVersion1 } from './issuer.ts';
export {
  createKeyRing,
  createSigningKeys,
  type KeyRing,
  publishedKey,
  restoredKey,
  type Signer,
  type SigningKey,
} from './keys.ts';
export {
  CODE_LIFETIME_MS,
  DAY_MS,
  DEVICE_CODE_LIFETIME_MS,
  MINUTE_MS,
  REFRESH_TOKEN_LIFETIME_MS,
  SPA_SESSION_MS,
  USER_CODE_LENGTH,
} from './lifetimes.ts';
export { type AccessClaims, readAccessToken } from './read-access-token.ts';
export { openRefreshToken, type RefreshRecord, refreshToken } from './refresh-token.ts';
export { createSeal, type Seal } from './seal.ts';
export {
  type Claims,
  type DecodedToken,
  decodeToken,
  signHs256,
  signingInputOf,
  signRs256,
} from './signed-token.ts';
