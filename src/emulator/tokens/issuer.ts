/** The issuer of tokens; `common` and `organizations` leave a literal mark for the token's tenant (A2). */
export function issuerOf(origin: string, tenantId: string | undefined): string {
  return `${origin}/${tenantId ?? '{tenantid}'}/v2.0`;
}
