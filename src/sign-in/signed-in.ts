import type { Account } from '../identity/index.ts';
import type { OpenSession } from '../sessions/index.ts';

/** What the app keeps of a signed-in person beside their tokens. */
export interface SignedIn {
  account: Account;
  /** A digest of the state that this session was signed in with: how a repeated callback is known. */
  signInName: string;
  /** Graph wants another token than a silent renewal can get: the next sign-in carries this. */
  challenge?: Challenge;
  /** When a sign-in last answered a challenge; another one right after it would only go round in circles. */
  answeredChallengeAtMs?: number;
}

export interface Challenge {
  /** A claims request (JSON text), where Graph named one. */
  claims?: string;
  atMs: number;
}

export type SignedInSession = OpenSession<SignedIn>;
