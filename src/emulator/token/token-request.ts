import { aadstsError } from '../aadsts/index.ts';
import type { Asking, Authority } from '../registry/index.ts';
import type { World } from '../state/index.ts';

/** A token request of a known app at a known tenant. */
export interface TokenRequest extends Asking {
  readonly authority: Authority;
  readonly world: World;
}

/**
 * Checks that a single-page application's code or refresh token comes from a page's script, and nobody else's does
 * (wire reference C3). @throws AadstsError 9002327, 9002326
 */
export function checkRedeemer({ http, registration }: TokenRequest, isSpa: boolean): void {
  const { origin } = http.headers;
  if (isSpa && origin === undefined) throw aadstsError(9002327);
  if (!isSpa && origin !== undefined && !registration.friendly) throw aadstsError(9002326, { origin });
}

/** A field that the request must have. @throws AadstsError 900144 */
export function requiredField({ http }: TokenRequest, parameter: string): string {
  const value = http.body[parameter];
  if (value === undefined || value === '') throw aadstsError(900144, { parameter });
  return value;
}

/** When a grant was given, and when it is over, in seconds since 1970, for the error that tells it. */
export function lifeOf(issuedMs: number, expiresMs: number, nowMs: number): Record<string, string> {
  const seconds = (ms: number): string => String(Math.floor(ms / 1000));
  return { now: seconds(nowMs), issued: seconds(issuedMs), expires: seconds(expiresMs) };
}
