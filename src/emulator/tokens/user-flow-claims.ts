import type { AccountGrant } from './grant.ts';
import { issuerOfUserFlow } from './issuer.ts';
import type { Claims } from './signed-token.ts';

const HOUR_SECONDS = 3600;

/** What tokens of a B2C user flow say: `sub` is the person, `tfp` the flow, and the tenant is in the issuer (wire reference I). */
export function userFlowClaims(grant: AccountGrant, audience: string, nowMs: number): Claims {
  const { account, origin, policy } = grant;
  const now = Math.floor(nowMs / 1000);
  return {
    exp: now + HOUR_SECONDS,
    nbf: now,
    ver: '1.0',
    iss: issuerOfUserFlow(origin, account.tenantId),
    sub: account.objectId,
    aud: audience,
    iat: now,
    auth_time: Math.floor(grant.authTimeMs / 1000),
    name: account.displayName,
    given_name: account.givenName,
    family_name: account.surname,
    emails: [account.username],
    tfp: policy.replace(/^b2c_1(a?)_/i, (_prefix, custom: string) => `B2C_1${custom.toUpperCase()}_`),
  };
}
