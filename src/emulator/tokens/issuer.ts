import { issuerHost } from '../registry/index.ts';

/** Hosts of External ID tenants, whose issuers are at a host named after the tenant's id (wire reference I). */
const EXTERNAL_ID = /^[^.]+\.ciamlogin\.(com|localhost)$/;

/** The issuer of version 1.0 tokens (wire reference A1, K1). */
export function issuerOfVersion1(tenantId: string): string {
  return `https://sts.windows.net/${tenantId}/`;
}

/** The issuer of version 2.0 tokens; `common` and `organizations` leave a literal mark for the token's tenant (A2). */
export function issuerOf(origin: string, tenantId: string = '{tenantid}'): string {
  const { hostname } = new URL(origin);
  const host = EXTERNAL_ID.test(hostname) ? hostname.replace(/^[^.]+/, () => tenantId) : issuerHost(hostname);
  return `${origin.replace(hostname, () => host)}/${tenantId}/v2.0`;
}

/** The issuer of a B2C user flow, which is the same for each and ends in a slash (wire reference I). */
export function issuerOfUserFlow(origin: string, tenantId: string): string {
  return `${origin}/${tenantId}/v2.0/`;
}
