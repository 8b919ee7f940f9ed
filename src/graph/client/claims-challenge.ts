/** A claims request that a real challenge carries is a few hundred bytes. */
const MAX_CLAIMS_CHARACTERS = 1_000;
const MAX_HEADER_CHARACTERS = 8_000;

/**
 * Reads the claims challenge out of a WWW-Authenticate header (Microsoft's page on claims challenges).
 * @returns the claims request as JSON text; `undefined` where there is none, or none that can be trusted to be one
 */
export function readClaimsChallenge(header: string | undefined): string | undefined {
  if (header === undefined || header.length > MAX_HEADER_CHARACTERS) return undefined;
  if (!/\berror="?insufficient_claims"?/i.test(header)) return undefined;
  const encoded = header.match(/\bclaims="([A-Za-z0-9+/_-]+={0,2})"/)?.[1];
  if (encoded === undefined) return undefined;
  const claims = Buffer.from(encoded, 'base64').toString('utf8');
  return claims.length <= MAX_CLAIMS_CHARACTERS && isClaimsRequest(claims) ? claims : undefined;
}

/** OpenID Connect Core 1.0, section 5.5: a JSON object whose members are objects. */
function isClaimsRequest(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) && Object.keys(value).length > 0 && Object.values(value).every(isObject);
  } catch {
    return false;
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
