import { isObject, jsonObject } from './json-object.ts';

/** A claims request that a real challenge carries is a few hundred bytes. */
const MAX_CHARACTERS = 1_000;
/** As it is written into the cookie of a sign-in, beside everything else there: browsers drop one above 4,096 bytes. */
const MAX_WRITTEN_BYTES = 1_300;

/**
 * A claims request (OpenID Connect Core 1.0, section 5.5) that somebody else sent: Graph in a challenge, or the token
 * endpoint beside an error. It goes into the next authorization request.
 * @returns the JSON text; `undefined` for what is no JSON object whose members are objects, or too long
 */
export function readClaimsRequest(claims: unknown): string | undefined {
  if (typeof claims !== 'string' || claims.length > MAX_CHARACTERS) return undefined;
  if (Buffer.byteLength(JSON.stringify(claims)) > MAX_WRITTEN_BYTES) return undefined;
  const members = Object.values(jsonObject(claims) ?? {});
  return members.length > 0 && members.every(isObject) ? claims : undefined;
}
