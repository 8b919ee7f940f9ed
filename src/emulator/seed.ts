import { z } from 'zod';
import { type Account, account } from './accounts.ts';
import { type Registration, registration } from './registrations.ts';
import { TENANTS, type Tenant } from './tenants.ts';

/** A seed that contradicts itself or leads off this machine. */
export class SeedError extends Error {}

/** Accounts, registrations and tenants of somebody's own. */
export interface Seed {
  readonly accounts: readonly Account[];
  readonly registrations: readonly Registration[];
  readonly tenants: readonly Tenant[];
}

const guid = z.guid().toLowerCase();

const tenantForm = z.strictObject({ id: guid, name: z.string().min(1), domain: z.string().min(3) });

const accountForm = z.strictObject({
  username: z
    .string()
    .regex(/^\S+@\S+$/)
    .toLowerCase(),
  kind: z.enum(['work', 'admin', 'guest', 'other organisation', 'personal']),
  displayName: z.string().min(1),
  givenName: z.string().exactOptional(),
  surname: z.string().exactOptional(),
  jobTitle: z.string().exactOptional(),
  tenantId: guid,
  objectId: guid,
  homeTenantId: guid.exactOptional(),
  homeObjectId: guid.exactOptional(),
});

const registrationForm = z.strictObject({
  clientId: guid,
  name: z.string().exactOptional(),
  homeTenantId: guid.exactOptional(),
  accountTypes: z
    .enum(['single-tenant', 'multi-tenant', 'multi-tenant-and-personal', 'personal'])
    .exactOptional(),
  redirectUris: z.array(z.string()).exactOptional(),
  logoutUri: z.url().exactOptional(),
  isPublic: z.boolean().exactOptional(),
  secrets: z
    .array(z.strictObject({ value: z.string().min(1), expiresAt: z.iso.datetime().exactOptional() }))
    .exactOptional(),
  certificates: z.array(z.string()).exactOptional(),
  federatedCredentials: z
    .array(
      z.strictObject({
        issuer: z.string(),
        subject: z.string(),
        audience: z.string().default('api://AzureADTokenExchange'),
        keys: z.array(z.record(z.string(), z.unknown())),
      }),
    )
    .exactOptional(),
  applicationPermissions: z.array(z.string()).exactOptional(),
  adminConsented: z.boolean().exactOptional(),
  implicitIdTokens: z.boolean().exactOptional(),
  assignedTo: z.array(z.string()).exactOptional(),
});

const seedForm = z.strictObject({
  tenants: z.array(tenantForm).default([]),
  accounts: z.array(accountForm).default([]),
  registrations: z.array(registrationForm).default([]),
});

/**
 * Reads a seed from its JSON value.
 * @throws ZodError naming each place that is wrong, SeedError for a tenant that nobody has
 */
export function readSeed(value: unknown): Seed {
  const seed = seedForm.parse(value);
  const tenants = seed.tenants;
  const known = new Set([...TENANTS, ...tenants].map((one) => one.id));
  for (const one of seed.accounts) {
    if (!known.has(one.tenantId))
      throw new SeedError(`account ${one.username}: no tenant has the id ${one.tenantId}`);
  }
  return {
    tenants,
    accounts: seed.accounts.map(account),
    registrations: seed.registrations.map(registration),
  };
}
