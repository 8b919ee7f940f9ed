const TENANT = /\{tenantid\}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;

/** An issuer with one tenant's id in the place of `{tenantid}`, or of the id that the authority's own issuer holds. */
export function issuerOfTenant(issuer: string, tenantId: string): string {
  return issuer.replace(TENANT, tenantId);
}

/** The tenant's id in an issuer; undefined where there is none, or `{tenantid}` in its place. */
export function tenantOfIssuer(issuer: string): string | undefined {
  const [tenantId] = issuer.match(TENANT) ?? [];
  return tenantId === '{tenantid}' ? undefined : tenantId;
}

/**
 * Whether an issuer is the authority's, whatever the tenant; the tenant is judged apart. Compared letter by letter (RFC
 * 9207, section 2.4); an authority of several tenants names each in lower case.
 */
export function isIssuerOfAuthority(issuer: string, authorityIssuer: string): boolean {
  if (issuer === authorityIssuer) return !issuer.includes('{tenantid}');
  const tenantId = tenantOfIssuer(issuer)?.toLowerCase();
  return tenantId !== undefined && issuer === issuerOfTenant(authorityIssuer, tenantId);
}
