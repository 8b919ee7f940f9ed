export { rememberChallenge } from './challenge.ts';
export { type GrantedScopes, readGrantedScopes } from './granted-scopes.ts';
export type { LeftToSignIn } from './left-to-sign-in.ts';
export { readEarlierScopes, readMoreScopes } from './more-scopes.ts';
export { type OwnSession, ownSessions } from './own-sessions.ts';
export { createPersonTokens, type PersonTokens } from './person-token.ts';
export { groupsNamed, nameGroups, personGroup, platformSessionGroup } from './session-groups.ts';
export { createAppSessions, sealersOf } from './sessions-of-app.ts';
export type { Challenge, SignedIn, SignedInSession } from './signed-in.ts';
