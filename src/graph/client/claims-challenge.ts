import { readClaimsRequest } from '../../claims-request.ts';

const MAX_HEADER_CHARACTERS = 8_000;

/**
 * Reads the claims challenge out of a WWW-Authenticate header (Microsoft's page on claims challenges).
 * @returns the claims request as JSON text; `undefined` where there is none, or none that can be trusted to be one
 */
export function readClaimsChallenge(header: string | undefined): string | undefined {
  if (header === undefined || header.length > MAX_HEADER_CHARACTERS) return undefined;
  if (!/\berror="?insufficient_claims"?/i.test(header)) return undefined;
  const encoded = header.match(/\bclaims="([A-Za-z0-9+/_-]+={0,2})"/)?.[1];
  return encoded === undefined
    ? undefined
    : readClaimsRequest(Buffer.from(encoded, 'base64').toString('utf8'));
}
