import { aadstsError } from '../aadsts/index.ts';
import type { Account } from './accounts.ts';
import { findRegistration, type Registration } from './registrations.ts';
import { type Authority, authorityOf, PERSONAL_TENANT_ID, type Tenant } from './tenants.ts';

/** Who and what an emulator knows: its organisations, its people and its apps. */
export interface Registry {
  readonly tenants: readonly Tenant[];
  readonly accounts: readonly Account[];
  readonly registrations: readonly Registration[];
  /** Whether only registered apps are known, and checked as the real platform would. */
  readonly strict: boolean;
  /** Of the access tokens for APIs whose registration does not say: a new registration has version 1. */
  readonly tokenVersion: 1 | 2;
  /** Names besides the local ones that may lead here: registered addresses may have them. */
  readonly allowedHosts: readonly string[];
}

/** Understands the tenant segment. @throws AadstsError 90002 or 900023 */
export function readAuthority(segment: string, registry: Registry): Authority {
  const authority = authorityOf(segment, registry.tenants);
  if (authority === 'unknown') throw aadstsError(90002, { tenant: segment });
  if (authority === 'malformed') throw aadstsError(900023, { tenant: segment });
  return authority;
}

/** Finds the app. @throws AadstsError 900144 without a client id, 700038 for zeros, 700016 for an unknown one */
export function readRegistration(
  clientId: string | undefined,
  tenant: string,
  registry: Registry,
): Registration {
  if (clientId === undefined || clientId === '') throw aadstsError(900144, { parameter: 'client_id' });
  if (/^[0-]+$/.test(clientId)) throw aadstsError(700038, { client: clientId, tenant });
  const registration = findRegistration(clientId, registry.registrations, registry.strict);
  if (registration === undefined) throw aadstsError(700016, { client: clientId, tenant });
  return registration;
}

/** Checks that the app takes accounts of this authority. @throws AadstsError 50194, 9002332, 9002346, 700016 */
export function checkAccountTypes(registration: Registration, authority: Authority): void {
  const details = { client: registration.clientId, name: registration.name, tenant: authority.segment };
  const types = registration.accountTypes;
  if (types === 'single-tenant' && authority.tenant === undefined) throw aadstsError(50194, details);
  if (types === 'single-tenant' && authority.tenant?.id !== registration.homeTenantId)
    throw aadstsError(700016, details);
  const personalOnly = authority.tenant?.id === PERSONAL_TENANT_ID;
  if (types === 'multi-tenant' && personalOnly) throw aadstsError(9002332, details);
  if (types === 'personal' && !personalOnly && authority.segment !== 'common')
    throw aadstsError(9002346, details);
}
