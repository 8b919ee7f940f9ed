import { createPublicKey, X509Certificate } from 'node:crypto';
import { type Account, isGuest, isPersonal } from './accounts.ts';
import type { GroupSeed } from './group-seeds.ts';
import type { Registration } from './registrations.ts';
import { TENANTS, type Tenant } from './tenants.ts';

/** Accounts, registrations and tenants of somebody's own. */
export interface Seed {
  readonly accounts: readonly Account[];
  readonly registrations: readonly Registration[];
  readonly tenants: readonly Tenant[];
  readonly groups: readonly GroupSeed[];
  /** Responses of Graph's by path. */
  readonly graph: Readonly<Record<string, unknown>>;
}

/** What a seed is checked for once it has the form, in this order; each tells what is wrong. */
export const SEED_CHECKS: readonly ((seed: Seed) => readonly string[])[] = [
  nothingTwice,
  domainsAreNobodyElses,
  tenantsAreKnown,
  kindsFitTenants,
  queryPartsAreAllowed,
  keysCanBeRead,
];

function nothingTwice({ tenants, accounts, registrations, groups }: Seed): readonly string[] {
  const keys = {
    tenant: tenants.flatMap(({ id, domain }) => [id, domain]),
    account: accounts.flatMap(({ username, objectId }) => [username, objectId]),
    registration: registrations.map(({ clientId }) => clientId),
    group: groups.map(({ id }) => id),
  };
  return Object.entries(keys).flatMap(([what, all]) => {
    const found = all.find((key, index) => all.indexOf(key) < index);
    return found === undefined ? [] : [`${what} ${found} is there twice`];
  });
}

function domainsAreNobodyElses({ tenants }: Seed): readonly string[] {
  const clash = tenants.find(({ id, domain }) =>
    TENANTS.some((one) => one.domain === domain && one.id !== id),
  );
  return clash === undefined ? [] : [`tenant ${clash.id}: the domain ${clash.domain} is another tenant's`];
}

function tenantsAreKnown({ tenants, accounts, registrations, groups }: Seed): readonly string[] {
  const known = [...TENANTS, ...tenants].map(({ id }) => id);
  const homes = [
    ...accounts.map((one) => [`account ${one.username}`, one.tenantId] as const),
    ...registrations.map((one) => [`registration ${one.clientId}`, one.homeTenantId] as const),
    ...groups.map((one) => [`group ${one.displayName}`, one.tenantId] as const),
  ];
  return homes
    .filter(([, tenantId]) => !known.includes(tenantId))
    .map(([who, tenantId]) => `${who}: no tenant has the id ${tenantId}`);
}

function kindsFitTenants({ accounts }: Seed): readonly string[] {
  return accounts.flatMap((one) => kindFault(one).map((fault) => `account ${one.username}: ${fault}`));
}

function kindFault(one: Account): readonly string[] {
  if (isPersonal(one) !== (one.kind === 'personal'))
    return ['kind personal and the tenant of personal accounts belong together'];
  if (isGuest(one) !== (one.kind === 'guest'))
    return ['kind guest and a homeTenantId other than tenantId belong together'];
  return [];
}

/** A query part is for apps of work and school accounts only (wire reference B3, "redirect match"). */
function queryPartsAreAllowed({ registrations }: Seed): readonly string[] {
  const taking = registrations.filter(({ accountTypes }) => !/^(single|multi)-tenant$/.test(accountTypes));
  return taking.flatMap(({ clientId, redirectUris, spaRedirectUris }) =>
    [...redirectUris, ...spaRedirectUris]
      .filter((uri) => uri.includes('?'))
      .map(
        (uri) =>
          `registration ${clientId}: ${uri} has a query part, which an app that takes personal accounts may not have`,
      ),
  );
}

function keysCanBeRead({ registrations }: Seed): readonly string[] {
  return registrations.flatMap((one) => {
    const [certificate, key] = [one.certificates.find(isNoCertificate), keysOf(one).find(isNoKey)];
    return [
      ...(certificate === undefined ? [] : [`registration ${one.clientId}: a certificate is not PEM`]),
      ...(key === undefined ? [] : [`registration ${one.clientId}: a federated key is not a JSON Web Key`]),
    ];
  });
}

function keysOf({ federatedCredentials }: Registration): readonly Readonly<Record<string, unknown>>[] {
  return federatedCredentials.flatMap(({ keys = [] }) => keys);
}

function isNoCertificate(pem: string): boolean {
  return !canBeMade(() => new X509Certificate(pem));
}

function isNoKey(jwk: Readonly<Record<string, unknown>>): boolean {
  return !canBeMade(() => createPublicKey({ key: { ...jwk }, format: 'jwk' }));
}

function canBeMade(make: () => unknown): boolean {
  try {
    make();
    return true;
  } catch {
    return false;
  }
}
