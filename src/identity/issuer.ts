const TENANT = /\{tenantid\}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;

/** An issuer with one tenant's id in the place of `{tenantid}`, or of the id that the authority's own issuer holds. */
export function issuerOfTenant(issuer: string, tenantId: string): string {
  return issuer.replace(TENANT, tenantId);
}

/** Whether an issuer is the authority's, whatever the tenant; the tenant is judged apart. */
export function isIssuerOfAuthority(issuer: string, authorityIssuer: string): boolean {
  const [tenantId] = issuer.match(TENANT) ?? [];
  return (
    tenantId !== undefined &&
    tenantId !== '{tenantid}' &&
    issuer === issuerOfTenant(authorityIssuer, tenantId)
  );
}
