import { z } from 'zod';
import { guidFor, isGuid } from '../http/index.ts';
import { type AccountKind, account, DIRECTORY_ROLES } from './accounts.ts';
import { groupSeed } from './group-seeds.ts';
import { staysHere } from './redirect-uri.ts';
import { registrationFault } from './redirect-uri-rules.ts';
import { type AppRole, registration } from './registrations.ts';
import { SEED_CHECKS, type Seed } from './seed-checks.ts';
import type { SeedInput } from './seed-input.ts';
import { CONTOSO_ID, PERSONAL_TENANT_ID, TENANTS, type Tenant } from './tenants.ts';

/** A seed that contradicts itself or leads off this machine. */
export class SeedError extends Error {}

const guid = z.guid().toLowerCase();

const tenantForm = z.strictObject({ id: guid, name: z.string().min(1), domain: z.string().min(3) });

/** A directory role by its name or its template id. */
const directoryRole = z.string().transform((role, context) => {
  const id = DIRECTORY_ROLES[role] ?? role;
  if (!isGuid(id))
    context.addIssue({ code: 'custom', message: `${role} is neither a directory role nor a template id` });
  return id.toLowerCase();
});

const accountForm = z.strictObject({
  username: z
    .string()
    .regex(/^\S+@\S+$/)
    .toLowerCase(),
  kind: z.enum(['work', 'admin', 'guest', 'other organisation', 'personal']).exactOptional(),
  displayName: z.string().min(1).exactOptional(),
  givenName: z.string().exactOptional(),
  surname: z.string().exactOptional(),
  jobTitle: z.string().nullable().exactOptional(),
  tenantId: guid.exactOptional(),
  objectId: guid.exactOptional(),
  homeTenantId: guid.exactOptional(),
  homeObjectId: guid.exactOptional(),
  roles: z.array(z.string().min(1)).exactOptional(),
  groups: z.array(z.string().min(1)).exactOptional(),
  directoryRoles: z.array(directoryRole).exactOptional(),
  password: z.string().min(1).exactOptional(),
  needsSecondFactor: z.boolean().exactOptional(),
});

const groupForm = z.strictObject({
  displayName: z.string().min(1),
  id: guid.exactOptional(),
  description: z.string().nullable().exactOptional(),
  kind: z.enum(['security', 'microsoft 365', 'distribution']).exactOptional(),
  tenantId: guid.exactOptional(),
  members: z.array(z.string().min(1)).exactOptional(),
});

/** A redirect URI that the real platform would register too. */
const redirectUri = z.string().superRefine((uri, context) => {
  const fault = registrationFault(uri);
  if (fault !== undefined) context.addIssue({ code: 'custom', message: `${uri} ${fault}` });
});

const exposedScope = z
  .union([
    z.string(),
    z.strictObject({
      value: z.string(),
      words: z.string().exactOptional(),
      adminOnly: z.boolean().exactOptional(),
    }),
  ])
  .transform((given) => {
    const {
      value,
      words = `Use ${value}`,
      adminOnly = false,
    } = typeof given === 'string' ? { value: given } : given;
    return { value, words, adminOnly };
  });

const appRole = z
  .union([
    z.string(),
    z.strictObject({
      value: z.string(),
      id: guid.exactOptional(),
      displayName: z.string().exactOptional(),
      for: z.array(z.enum(['users', 'applications'])).exactOptional(),
    }),
  ])
  .transform((given): AppRole => {
    const role = typeof given === 'string' ? { value: given } : given;
    return {
      id: guidFor(`role ${role.value}`),
      displayName: role.value,
      for: ['users', 'applications'],
      ...role,
    };
  });

/** A claim by its name, or as a manifest has it. */
const claim = z
  .union([z.string(), z.object({ name: z.string(), additionalProperties: z.array(z.string()).default([]) })])
  .transform((given) => {
    if (typeof given === 'string') return [given];
    return [given.name, ...given.additionalProperties.map((property) => `${given.name}:${property}`)];
  });
const claims = z.array(claim).transform((all) => all.flat());

/** Of ID tokens, or as a manifest has them. */
const optionalClaims = z.union([
  claims.transform((idToken) => ({ idToken, accessToken: [] as string[] })),
  z.object({ idToken: claims.default([]), accessToken: claims.default([]) }),
]);

const REGISTRATION_FORM = z.strictObject({
  clientId: guid,
  name: z.string().exactOptional(),
  homeTenantId: guid.exactOptional(),
  accountTypes: z
    .enum(['single-tenant', 'multi-tenant', 'multi-tenant-and-personal', 'personal'])
    .exactOptional(),
  redirectUris: z.array(redirectUri).exactOptional(),
  spaRedirectUris: z.array(redirectUri).exactOptional(),
  logoutUri: z.url().exactOptional(),
  isPublic: z.boolean().exactOptional(),
  secrets: z
    .array(z.strictObject({ value: z.string().min(1), expiresAt: z.iso.datetime().exactOptional() }))
    .exactOptional(),
  certificates: z.array(z.string()).exactOptional(),
  federatedCredentials: z
    .array(
      z.strictObject({
        name: z.string().exactOptional(),
        issuer: z.string(),
        subject: z.string(),
        audience: z.string().default('api://AzureADTokenExchange'),
        keys: z.array(z.record(z.string(), z.unknown())).exactOptional(),
      }),
    )
    .exactOptional(),
  delegatedPermissions: z.array(z.string()).exactOptional(),
  applicationPermissions: z.array(z.string()).exactOptional(),
  adminConsented: z.boolean().exactOptional(),
  implicitIdTokens: z.boolean().exactOptional(),
  optionalClaims: optionalClaims.default({ idToken: [], accessToken: [] }),
  identifierUris: z.array(z.string().regex(/^[a-z][a-z0-9+.-]*:\S+[^/\s]$/i)).exactOptional(),
  scopes: z.array(exposedScope).exactOptional(),
  appRoles: z.array(appRole).exactOptional(),
  tokenVersion: z.union([z.literal(1), z.literal(2)]).exactOptional(),
  isFamily: z.boolean().exactOptional(),
  assignedTo: z.array(z.string()).exactOptional(),
  groupMembershipClaims: z
    .enum(['SecurityGroup', 'ApplicationGroup', 'DirectoryRole', 'All'])
    .exactOptional(),
  assignmentRequired: z.boolean().exactOptional(),
  assignments: z
    .array(z.strictObject({ to: z.string().min(1), role: z.string().min(1).exactOptional() }))
    .exactOptional(),
  lacksPrincipal: z.boolean().exactOptional(),
  managedIdentity: z
    .strictObject({ assigned: z.enum(['system', 'user']), resourceId: z.string().min(1).exactOptional() })
    .exactOptional(),
});

/** Seeds that were read: they need not be read again. */
const readSeeds = new WeakSet<Seed>();

const seedForm = z.strictObject({
  tenants: z.array(tenantForm).default([]),
  accounts: z.array(accountForm).default([]),
  registrations: z.array(REGISTRATION_FORM).default([]),
  groups: z.array(groupForm).default([]),
  graph: z.record(z.string().regex(/^([A-Z]+ )?\//), z.unknown()).default({}),
}) satisfies z.ZodType<unknown, SeedInput>;

/** A seed, read if it is not yet. @throws SeedError */
export function seedOf(given: Seed | SeedInput = {}): Seed {
  return isSeed(given) ? given : readSeed(given);
}

function isSeed(given: Seed | SeedInput): given is Seed {
  return readSeeds.has(given as Seed);
}

/** Where somebody works whose seed does not say: by the domain of the username, else in the first organisation. */
function tenantFor(
  { username, kind }: { username: string; kind?: AccountKind },
  tenants: readonly Tenant[],
): string {
  if (kind === 'personal') return PERSONAL_TENANT_ID;
  const domain = username.split('@')[1];
  const all = [...tenants, ...TENANTS];
  return all.find((one) => one.domain === domain)?.id ?? CONTOSO_ID;
}

/**
 * Reads a seed from its JSON value; `known` are the tenants of an emulator that runs already.
 * @throws SeedError naming each place that has not the form, or the first thing that contradicts itself
 */
export function readSeed(value: unknown, known: readonly Tenant[] = []): Seed {
  const read = seedForm.safeParse(value);
  if (!read.success) throw new SeedError(z.prettifyError(read.error));
  const { tenants } = read.data;
  const others = known.filter((one) => !tenants.some(({ id }) => id === one.id));
  const all = [...tenants, ...others];
  const seed: Seed = {
    tenants,
    accounts: read.data.accounts.map((one) =>
      account({ ...one, tenantId: one.tenantId ?? tenantFor(one, all) }),
    ),
    registrations: read.data.registrations.map(({ optionalClaims: listed, ...one }) =>
      registration({ ...one, optionalClaims: listed.idToken, accessTokenClaims: listed.accessToken }),
    ),
    graph: read.data.graph,
    groups: read.data.groups.map((one) => groupSeed({ ...one, tenantId: one.tenantId ?? CONTOSO_ID })),
  };
  for (const fault of SEED_CHECKS.flatMap((check) => check({ ...seed, tenants: all })))
    throw new SeedError(fault);
  readSeeds.add(seed);
  return seed;
}

/**
 * An emulator sends nobody off this machine: what is registered must be local too, or allowed by name.
 * @throws SeedError naming what leads away
 */
export function checkAddresses({ registrations }: Seed, allowedHosts: readonly string[]): void {
  for (const { redirectUris, spaRedirectUris, logoutUri, clientId } of registrations) {
    const uris = [...redirectUris, ...spaRedirectUris, ...(logoutUri === undefined ? [] : [logoutUri])];
    const away = uris.find((uri) => !staysHere(uri, allowedHosts));
    if (away !== undefined)
      throw new SeedError(
        `registration ${clientId}: ${away} is not on this machine; allow its host by name, with --allow-host`,
      );
  }
}
