import { refusal } from './aadsts.ts';
import type { Asked } from './asked.ts';
import type { Registration } from './registrations.ts';
import type { Authority } from './tenants.ts';
import type { World } from './world.ts';

/** A token request of a known app at a known tenant. */
export interface TokenRequest {
  readonly asked: Asked;
  readonly authority: Authority;
  readonly registration: Registration;
  readonly world: World;
}

/**
 * Checks that a single-page application's code or refresh token comes from a page's script, and nobody else's does
 * (wire reference C3). @throws AadstsError 9002327, 9002326
 */
export function checkRedeemer({ asked, registration }: TokenRequest, isSpa: boolean): void {
  const { origin } = asked.headers;
  if (isSpa && origin === undefined) throw refusal(9002327);
  if (!isSpa && origin !== undefined && !registration.friendly) throw refusal(9002326, { origin });
}

/** A field that the request must have. @throws AadstsError 900144 */
export function requiredField({ asked }: TokenRequest, parameter: string): string {
  const value = asked.body[parameter];
  if (value === undefined || value === '') throw refusal(900144, { parameter });
  return value;
}
