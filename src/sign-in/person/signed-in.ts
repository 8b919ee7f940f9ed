import type { BrowserName } from '../../http/index.ts';
import type { Account, SignedInClaims } from '../../identity/index.ts';
import type { OpenSession } from '../../sessions/index.ts';

/** What the app keeps of a signed-in person beside their tokens. */
export interface SignedIn {
  account: Account;
  /** Of the ID token that was verified last. */
  claims: SignedInClaims;
  /** That the person signed in with. */
  browser: BrowserName;
  /** A digest of the state that this session was signed in with: how a repeated callback is known. */
  signInName: string;
  /** An API wants another token than a silent renewal can get: the next sign-in carries this. */
  challenge?: Challenge;
  /** What a sign-in last answered; the same again right after it would only go round in circles. */
  answered?: Pick<Challenge, 'scopes' | 'atMs'>;
}

export interface Challenge {
  /** A claims request (JSON text), where the API named one. */
  claims?: string;
  /** What the sign-in has to ask for; absent: what every sign-in asks for. */
  scopes?: readonly string[];
  atMs: number;
}

export type SignedInSession = OpenSession<SignedIn>;
