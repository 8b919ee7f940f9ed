import { isGuid } from '../http/index.ts';

/** A directory that people belong to. */
export interface Tenant {
  readonly id: string;
  readonly name: string;
  readonly domain: string;
}

/** The tenant of all personal accounts (wire reference C5). */
export const PERSONAL_TENANT_ID = '9188040d-6c67-4c5b-b112-36a304b66dad';

/** Where most people and all apps are that say nothing else. */
export const CONTOSO_ID = 'a1c0b5e2-7d34-4f6a-9b8e-0c2d4e6f8a10';

/** Contoso is where most people work; Fabrikam is somebody else's; the guest comes from Tailspin. */
export const TENANTS: readonly Tenant[] = [
  { id: CONTOSO_ID, name: 'Contoso', domain: 'contoso.example' },
  { id: 'b2d1c6f3-8e45-4a7b-8c9f-1d3e5f7a9b21', name: 'Fabrikam', domain: 'fabrikam.example' },
  { id: 'c3e2d7a4-9f56-4b8c-9da0-2e4f6a8bac32', name: 'Tailspin', domain: 'tailspin.example' },
  { id: PERSONAL_TENANT_ID, name: 'Personal accounts', domain: 'mailbox.example' },
];

/** What a path's tenant segment may be besides a tenant: several tenants at once (wire reference A1). */
type Audience = 'common' | 'organizations' | 'consumers';

/** The tenant segment of a path, understood. */
export type Authority =
  | { readonly segment: Audience; readonly tenant: undefined }
  | { readonly segment: string; readonly tenant: Tenant };

/** Why a tenant segment could not be understood: not shaped like a tenant, or nobody's (wire reference A4). */
type UnknownAuthority = 'malformed' | 'unknown';

const DOMAIN = /^(?=.{1,253}$)[a-z0-9-]+(\.[a-z0-9-]+)+$/i;

/** Finds what a tenant segment stands for. */
export function authorityOf(segment: string, tenants: readonly Tenant[]): Authority | UnknownAuthority {
  const name = segment.toLowerCase();
  if (name === 'common' || name === 'organizations') return { segment: name, tenant: undefined };
  const wanted = name === 'consumers' ? PERSONAL_TENANT_ID : name;
  const tenant = tenants.find((one) => one.id === wanted || domainsOf(one).includes(wanted));
  if (tenant !== undefined) return { segment: name === 'consumers' ? name : tenant.id, tenant };
  return isGuid(name) || DOMAIN.test(name) ? 'unknown' : 'malformed';
}

/** A tenant's own domain, and the one that every tenant begins with: `contoso.onmicrosoft.com` for contoso.example. */
function domainsOf({ domain }: Tenant): readonly string[] {
  return [domain, `${domain.split('.')[0]}.onmicrosoft.com`];
}

/** Whether somebody of this tenant may sign in at an authority. */
export function admits(authority: Authority, tenantId: string): boolean {
  if (authority.tenant !== undefined) return authority.tenant.id === tenantId;
  return authority.segment === 'common' || tenantId !== PERSONAL_TENANT_ID;
}
