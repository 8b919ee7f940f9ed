import { decodeJwt } from 'jose';
import { responseRefused } from './token-response.ts';

/** An access token of the app itself, for a service that has to be told whose it is. */
interface ServiceToken {
  accessToken: string;
  /** Of the identity in its tenant. */
  objectId: string;
  /** Unix time in milliseconds. */
  expiresAtMs: number;
}

/**
 * Reads what stands in an access token that came from the token endpoint just now; the service verifies it.
 * @throws UpstreamError `token_answer_refused` for one that names no object or end
 */
export function readServiceToken(accessToken: string): ServiceToken {
  const { oid, exp } = claimsOf(accessToken);
  if (typeof oid !== 'string' || exp === undefined)
    throw responseRefused('The access token cannot be used.', {
      detail: 'an access token without oid or exp',
    });
  return { accessToken, objectId: oid, expiresAtMs: exp * 1_000 };
}

function claimsOf(accessToken: string): ReturnType<typeof decodeJwt> {
  try {
    return decodeJwt(accessToken);
  } catch {
    return {};
  }
}
