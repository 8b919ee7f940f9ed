export {
  type BrowserSession,
  endedSessionCookie,
  type SignedIn,
  sessionCookie,
  sessionOf,
  withClient,
  withPerson,
} from './browser-sessions.ts';
export type { Clock, Span } from './clock.ts';
export { ALL_REGISTERED, assignmentsOf, missingConsent } from './consents.ts';
export type { DeviceRequest } from './device-request.ts';
export type { IssuedCode } from './issued-code.ts';
export type { LedgerEntry } from './ledger.ts';
export { membershipClaims } from './memberships.ts';
export { checkPerson, isDisabled } from './person-check.ts';
export { userAccessToken, userIdToken } from './user-tokens.ts';
export { createWorld, type FaultMenu, resetWorld, type World, type WorldParts } from './world.ts';
