import { decodeProtectedHeader, errors, type JWTPayload, jwtVerify } from 'jose';
import type { SigningKeys } from './signing-keys.ts';

/** Leeway for clocks that disagree. */
export const LEEWAY_SECONDS = 300;

/** What a token says, once it is known who signed it. */
export type Claims = JWTPayload & Readonly<Record<string, unknown>>;

interface SignatureRules {
  /** Further checks of jose's. */
  audience?: string;
  now: () => number;
  /** The error for a token that is not taken, with what jose said of it. */
  refused(reason: string, cause?: unknown): Error;
}

/**
 * Verifies that one of the authority's keys signed a token by RS256, and that it counts now (RFC 7515, RFC 7519).
 * @returns the claims, and the issuer that the key is published for
 */
export async function verifySignature(
  token: string,
  keys: SigningKeys,
  { now, refused, ...further }: SignatureRules,
): Promise<{ claims: Claims; keyIssuer: string | undefined }> {
  const candidates = await keys.find(readHeader(token, refused));
  if (candidates.length === 0) throw refused('no published key has the id of the token');
  let problem: unknown;
  for (const { key, issuer } of candidates) {
    try {
      const { payload } = await jwtVerify(token, key, {
        ...further,
        algorithms: ['RS256'],
        clockTolerance: LEEWAY_SECONDS,
        currentDate: new Date(now()),
        requiredClaims: ['iss', 'sub', 'aud', 'exp', 'iat'],
      });
      return { claims: payload, keyIssuer: issuer };
    } catch (error) {
      problem = error;
      if (!(error instanceof errors.JWSSignatureVerificationFailed)) break;
    }
  }
  throw refused(problem instanceof Error ? problem.message : 'unknown', problem);
}

function readHeader(token: string, refused: SignatureRules['refused']) {
  let header: ReturnType<typeof decodeProtectedHeader>;
  try {
    header = decodeProtectedHeader(token);
  } catch (error) {
    throw refused('it is no signed token', error);
  }
  if (header.alg !== 'RS256') throw refused('the algorithm is not RS256');
  return { ...header, alg: header.alg };
}
