import { issuerHost } from '../registry/index.ts';

/** The issuer of version 1.0 tokens (wire reference A1, K1). */
export function issuerOfVersion1(tenantId: string): string {
  return `https://sts.windows.net/${tenantId}/`;
}

/** The issuer of version 2.0 tokens; `common` and `organizations` leave a literal mark for the token's tenant (A2). */
export function issuerOf(origin: string, tenantId: string | undefined): string {
  const { hostname } = new URL(origin);
  return `${origin.replace(hostname, issuerHost(hostname))}/${tenantId ?? '{tenantid}'}/v2.0`;
}
