export { destinationOf, signInRoutes } from './authorization/index.ts';
export type { Caller } from './caller.ts';
export { type Entra, entra } from './entra.ts';
export type { EntraOptions } from './entra-options.ts';
export type { Logger, SignInEvent } from './events.ts';
export type { Failure, RenderFailure } from './failure.ts';
export { signInFailures } from './failures.ts';
export { type RequiresSignInOptions, requiresGroup, requiresRole, requiresSignIn } from './guards.ts';
export { identityOriginOf } from './identity-origin.ts';
export type { SignedIn, SignedInSession } from './person/index.ts';
export {
  createAppSessions,
  createPersonTokens,
  type LeftToSignIn,
  type PersonTokens,
} from './person/index.ts';
export {
  onBehalfOf,
  type ProtectApiOptions,
  protectApi,
  protectedResourceMetadata,
  type ResourceMetadataOptions,
} from './protected-api/index.ts';
export type { RequestEntra, SignedInAccount } from './request-entra.ts';
export {
  forSignedIn,
  type SessionRouteSettings,
  type SignedInHandler,
} from './require-sign-in.ts';
export { signOutRoutes } from './sign-out-routes.ts';
