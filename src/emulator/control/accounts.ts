import {
  type Account,
  type AccountInput,
  accountByUsername,
  readSeed,
  SeedError,
} from '../registry/index.ts';
import type { World } from '../state/index.ts';

/** More people than a test makes would only fill the memory. */
const MAX_ACCOUNTS = 10_000;

/**
 * Puts an account in, or changes the one with this username: what is left out stays as it was. Somebody new can sign in
 * at once.
 * @throws SeedError for what a seed would not take either
 */
export function putAccount(input: AccountInput, world: World): Account {
  const { tenants, accounts } = world;
  const before = accountByUsername(String(input.username).toLowerCase(), accounts);
  const whole = before === undefined ? input : { ...kept(before, input), ...input };
  const [account] = readSeed({ accounts: [whole] }, tenants).accounts;
  if (account === undefined) throw new SeedError('an account needs a username');
  const other = accounts.find((one) => one.objectId === account.objectId);
  if (other !== undefined && other !== before)
    throw new SeedError(`account ${account.username}: ${other.username} has that objectId already`);
  if (before === undefined && accounts.length >= MAX_ACCOUNTS)
    throw new SeedError(`the emulator holds ${MAX_ACCOUNTS} accounts at most`);
  if (before !== undefined) forget(before, world);
  world.putAccount(account);
  world.directories.joinGroups(account);
  return account;
}

/** What a change leaves: names follow the display name, and directory roles the kind. */
function kept(before: Account, { displayName, kind, tenantId }: AccountInput): AccountInput {
  const { givenName, surname, directoryRoles, homeTenantId, homeObjectId, ...rest } = before;
  const isGuest = before.kind === 'guest' && kind === undefined && tenantId === undefined;
  return {
    ...rest,
    ...(displayName === undefined ? { givenName, surname } : {}),
    ...(kind === undefined ? { directoryRoles } : {}),
    ...(isGuest ? { homeTenantId, homeObjectId } : {}),
  };
}

/** Takes somebody out of the groups that the account names, before it names others. */
function forget({ tenantId, objectId, groups: names }: Account, world: World): void {
  const { groups } = world.directories.of(tenantId);
  for (const { id, displayName } of groups.of(objectId, false))
    if (names.includes(id) || names.includes(displayName)) groups.removeMember(id, objectId);
}

/** Takes an account out: nobody can sign in as that person any more. @throws SeedError when there is none */
export function removeAccount(username: string, world: World): void {
  const account = accountByUsername(username.toLowerCase(), world.accounts);
  if (account === undefined) throw new SeedError(`there is no account ${username}`);
  world.directories.of(account.tenantId).remove(account.objectId);
  world.removeAccount(account.objectId);
  world.validFrom.set(account.objectId, world.now() + 1);
}
