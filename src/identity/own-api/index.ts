export { type AccessTokenClaims, verifyAccessToken } from './access-token.ts';
export { acquireOnBehalfOf, type OnBehalfOfToken } from './on-behalf-of.ts';
