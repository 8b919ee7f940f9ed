import { isGuid } from '../guid.ts';
import type { Authority } from './authority.ts';
import { isTenantAllowed } from './id-token.ts';

/**
 * Whether somebody who signed in before may still be here: the tenants that may can have changed meanwhile. A tenant by
 * name is not judged: only discovery knows its id, so `boundPartOf` has its name.
 */
export function isTenantStillWelcome(
  tenantId: string,
  { tenant }: Pick<Authority, 'tenant'>,
  allowedTenants: readonly string[],
): boolean {
  const judged = isKnownTenant(tenant) ? tenant : 'common';
  return isTenantAllowed(tenantId, { tenant: judged, issuer: '', allowedTenants });
}

/** The authority's address without the tenants that `isTenantStillWelcome` judges. */
export function boundPartOf(authority: string): string {
  const { origin, pathname } = new URL(authority);
  const [, tenant = '', ...more] = pathname.toLowerCase().split('/');
  return [origin, isKnownTenant(tenant) ? '{tenantid}' : tenant, ...more].join('/');
}

function isKnownTenant(tenant: string): boolean {
  return /^(common|organizations|consumers)$/.test(tenant) || isGuid(tenant);
}
