import { SignInError } from '../errors.ts';
import type { ClientSettings } from './client.ts';
import { isTenantAllowed, tenantNotAllowed } from './id-token.ts';
import { isIssuerOfAuthority, tenantOfIssuer } from './issuer.ts';

/**
 * Compares the `iss` of an authorization response with the authority's issuer (RFC 9207, section 2.4), before anything
 * in the response is believed or redeemed. The ID token has to name the same issuer afterwards.
 * @param issuer as it was sent, absent where it was not; it stays out of errors, for it may be anybody's text
 * @throws SignInError `issuer_refused` (400), or `tenant_not_allowed` (403) where it is the authority's for an
 *   organisation that may not sign in
 */
export async function requireResponseIssuer(
  { authority, allowedTenants }: ClientSettings,
  issuer: string | undefined,
): Promise<void> {
  const metadata = await authority.metadata();
  if (issuer === undefined) {
    if (metadata.namesIssuer) throw refused('there is no iss, which the authority says it sends');
    return;
  }
  if (!isIssuerOfAuthority(issuer, metadata.issuer)) throw refused('the iss is not the authority');
  const tenantId = tenantOfIssuer(issuer);
  const rules = { tenant: authority.tenant, issuer: metadata.issuer, allowedTenants };
  if (tenantId !== undefined && !isTenantAllowed(tenantId, rules)) throw tenantNotAllowed();
}

function refused(detail: string): SignInError {
  return new SignInError('issuer_refused', 400, 'The response is of another identity platform.', { detail });
}
