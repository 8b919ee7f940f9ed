import type { AccessTokenClaims } from '../identity/index.ts';

/** Who called one's own API with a bearer token. */
export interface Caller {
  /** Of the verified access token. */
  claims: Readonly<AccessTokenClaims>;
  /** Delegated scopes; empty for an app that calls as itself. */
  scopes: readonly string[];
  /** App roles: of the app where it calls as itself, else of the person. */
  roles: readonly string[];
  /** The person on whose behalf the app calls; absent where it calls as itself. */
  account?: { objectId: string; tenantId: string; username?: string };
  /** The client says that it can answer a claims challenge (its capability `cp1`). */
  answersChallenges: boolean;
}
