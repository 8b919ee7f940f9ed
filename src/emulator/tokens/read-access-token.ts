import type { TokenParts } from './access-token.ts';
import { type Claims, decodeToken, isSignedRs256 } from './signed-token.ts';
import { timeOfUti } from './uti.ts';

/** What an access token says, however it is written. Times in seconds. */
export interface AccessClaims {
  readonly aud: string;
  readonly exp: number;
  readonly nbf: number;
  readonly tid: string;
  readonly oid: string;
  /** The client, by whichever name the token's version has for it. */
  readonly clientId: string;
  /** Absent for an app as itself. */
  readonly scp: string | undefined;
  readonly roles: readonly string[];
  readonly handlesClaims: boolean;
  /** When it was made, in milliseconds. */
  readonly issuedAtMs: number;
}

/** Reads an access token that this emulator made; undefined when it did not, whatever the token says. */
export function readAccessToken(
  token: string,
  tokens: Pick<TokenParts, 'keys' | 'seal'>,
): AccessClaims | undefined {
  if (token.startsWith('EwB') && !token.includes('.')) return claimsIn(tokens.seal.open(token.slice(3)));
  const decoded = decodeToken(token);
  const key = tokens.keys.find(String(decoded?.header.kid));
  if (decoded === undefined || key === undefined || !isSignedRs256(decoded, key.publicKey)) return undefined;
  return claimsIn(decoded.claims);
}

function claimsIn(value: unknown): AccessClaims | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { aud, exp, nbf, tid, oid, scp, roles, xms_cc: capabilities, ...claims }: Claims = { ...value };
  const clientId = claims.appid ?? claims.azp;
  if (typeof exp !== 'number' || typeof oid !== 'string' || typeof clientId !== 'string') return undefined;
  return {
    aud: String(aud),
    exp,
    nbf: Number(nbf),
    tid: String(tid),
    oid,
    clientId,
    scp: typeof scp === 'string' ? scp : undefined,
    roles: Array.isArray(roles) ? roles.map(String) : [],
    handlesClaims: Array.isArray(capabilities) && capabilities.includes('cp1'),
    issuedAtMs: timeOfUti(claims.uti),
  };
}
