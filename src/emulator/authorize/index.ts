export { deliver, deliverError, destinationOf, type ResponseParameters } from './authorization-response.ts';
export { type AuthorizationTarget, authorizationFields, readTarget } from './authorization-target.ts';
export { authorize } from './authorize.ts';
