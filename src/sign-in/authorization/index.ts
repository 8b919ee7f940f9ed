export { readIssuer } from './authorization-response.ts';
export { destinationOf } from './destination.ts';
export { addSignInRoutes } from './sign-in-routes.ts';
export { type SignInOptions, type SignInStart, startSignIn } from './start-sign-in.ts';
