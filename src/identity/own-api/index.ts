export { type AccessTokenClaims, type ExpectedAccessToken, verifyAccessToken } from './access-token.ts';
export { acquireOnBehalfOf, type OnBehalfOfToken } from './on-behalf-of.ts';
