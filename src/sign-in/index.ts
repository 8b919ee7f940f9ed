export { buildSignIn } from './build-sign-in.ts';
export type { Caller } from './caller.ts';
export { type Entra, entra } from './entra.ts';
export type { Logger, SignInEvent } from './events.ts';
export type { Failure, RenderFailure } from './failure.ts';
export { signInFailures } from './failures.ts';
export { type RequiresSignInOptions, requiresGroup, requiresRole, requiresSignIn } from './guards.ts';
export { identityOfApp } from './identity-of-app.ts';
export { identityOriginOf } from './identity-origin.ts';
export { openStore } from './open-store.ts';
export type { EntraOptions } from './options/index.ts';
export { type GrantedScopes, type OwnSession, sealersOf } from './person/index.ts';
export {
  onBehalfOf,
  type ProtectApiOptions,
  protectApi,
  protectedResourceMetadata,
  type ResourceMetadataOptions,
} from './protected-api/index.ts';
export type { PersonSession, RequestEntra, SignedInAccount } from './request-entra.ts';
export { sessionsOfUser } from './sessions-of-user.ts';
