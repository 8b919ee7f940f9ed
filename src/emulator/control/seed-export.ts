import type { Group } from '../directory/index.ts';
import {
  ACCOUNTS,
  type Account,
  type AccountInput,
  type GroupInput,
  PERSONAL_TENANT_ID,
  REGISTRATIONS,
  type Registration,
  type RegistrationInput,
  type SeedInput,
  TENANTS,
} from '../registry/index.ts';
import type { World } from '../state/index.ts';

/** What an emulator has besides what is built in, as a seed for the next one. */
export function seedFrom(world: World): SeedInput {
  return {
    tenants: world.tenants.filter((one) => !TENANTS.includes(one)).map((one) => ({ ...one })),
    accounts: world.accounts.filter((one) => !ACCOUNTS.includes(one)).map(accountInput),
    registrations: world.registrations.filter((one) => !REGISTRATIONS.includes(one)).map(registrationInput),
    groups: world.tenants
      .filter((one) => one.id !== PERSONAL_TENANT_ID)
      .flatMap((one) => groupInputs(one.id, world)),
    graph: { ...world.graphResponses.entries() },
  };
}

/** An account as a seed writes it, but for its groups, which know their members. */
function accountInput({ groups: _groups, ...rest }: Account): AccountInput {
  return { ...rest, roles: [...rest.roles], directoryRoles: [...rest.directoryRoles] };
}

/** A registration as a seed writes it. */
export function registrationInput(registration: Registration): RegistrationInput {
  const { friendly: _friendly, optionalClaims, accessTokenClaims, secrets, ...rest } = registration;
  const written = {
    ...rest,
    optionalClaims: { idToken: optionalClaims, accessToken: accessTokenClaims },
    secrets: secrets.map(({ value, expiresAt }) =>
      expiresAt === undefined ? { value } : { value, expiresAt },
    ),
  };
  return structuredClone(written) as RegistrationInput;
}

function groupInputs(tenantId: string, world: World): readonly GroupInput[] {
  const { groups } = world.directories.of(tenantId);
  return groups.all().map((group) => ({
    id: group.id,
    displayName: group.displayName,
    description: group.description,
    kind: kindOf(group),
    tenantId,
    members: [...groups.members(group.id)],
  }));
}

function kindOf({ groupTypes, securityEnabled }: Group): NonNullable<GroupInput['kind']> {
  if (groupTypes.includes('Unified')) return 'microsoft 365';
  return securityEnabled ? 'security' : 'distribution';
}
