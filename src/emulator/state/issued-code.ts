import type { Grant } from '../tokens/index.ts';

/** An authorization code's record. */
export interface IssuedCode {
  readonly grant: Grant;
  readonly redirectUri: string;
  readonly codeChallenge: string | undefined;
  readonly codeChallengeMethod: string;
  readonly issuedAtMs: number;
  redeemed: boolean;
}
