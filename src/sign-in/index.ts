export { type LeftToSignIn, leftToSignInText } from './left-to-sign-in.ts';
export { createPersonTokens, type PersonTokens } from './person-token.ts';
export {
  forSignedIn,
  goneSignal,
  type SessionRouteSettings,
  type SignedInHandler,
} from './require-sign-in.ts';
export { signInRoutes } from './sign-in-routes.ts';
export { signOutRoutes } from './sign-out-routes.ts';
export type { SignedIn, SignedInSession } from './signed-in.ts';
