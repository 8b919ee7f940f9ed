import type { Group } from '../directory/index.ts';
import { type Account, type Assignment, isPersonal, type Registration } from '../registry/index.ts';
import type { Claims } from '../tokens/index.ts';
import type { World } from './world.ts';

/** More groups than that are not in a token, but there is where to ask for them (wire reference K2). */
const MAX_GROUPS = 200;
/** … and in an ID token from the authorization endpoint, whose address may not grow. */
const MAX_GROUPS_IN_ADDRESS = 5;
/** The role that everybody of a directory has. */
const EVERYBODYS_ROLE = 'b79fbf4d-3ef9-4689-8143-76b194e85509';

/** Whose memberships a token names, for which app or API, and how it travels. */
interface MembershipScene {
  readonly account: Account;
  /** Undefined for Microsoft's own APIs. */
  readonly registration: Registration | undefined;
  readonly origin: string;
  /** Roles that were chosen for this sign-in. */
  readonly roles: readonly string[] | undefined;
  readonly isInAddress?: true;
}

/** The claims `roles`, `groups` and `wids`, as the app's or API's registration asks for them (wire reference K2). */
export function membershipClaims(scene: MembershipScene, world: World): Claims {
  const { account, registration } = scene;
  if (isPersonal(account)) return rolesClaim(scene.roles ?? account.roles);
  if (registration === undefined) return { wids: [...account.directoryRoles, EVERYBODYS_ROLE] };
  return {
    ...rolesClaim(rolesAt(scene, registration, world)),
    ...groupsClaim(scene, registration, world),
    ...rolesInDirectory(account, registration),
  };
}

function rolesClaim(roles: readonly string[]): Claims {
  return roles.length === 0 ? {} : { roles };
}

/** Roles that somebody has at an app: the account's own, and those of its assignments; or those that were chosen. */
function rolesAt(
  { account, roles }: MembershipScene,
  registration: Registration,
  world: World,
): readonly string[] {
  const { appRoles, friendly } = registration;
  const assigned = assignmentsOf(account, registration, world).flatMap((one) => one.role ?? []);
  const all = roles ?? [...account.roles, ...assigned];
  const known = appRoles.filter((one) => one.for.includes('users')).map((one) => one.value);
  const isOpen = friendly && appRoles.length === 0;
  return [...new Set(all)].filter((role) => isOpen || known.includes(role));
}

/** The assignments that are somebody's: by name, or by a group that the person is in directly (wire reference K2). */
function assignmentsOf(
  account: Account,
  { assignments, assignedTo = [] }: Registration,
  world: World,
): readonly Assignment[] {
  const groups = world.directories.of(account.tenantId).groups.of(account.objectId, false);
  const names = new Set([
    account.username,
    account.objectId,
    ...groups.flatMap((one) => [one.id, one.displayName]),
  ]);
  return [...assignments, ...assignedTo.map((to) => ({ to }))].filter(({ to }) => names.has(to));
}

/** Whether somebody may use an app that only those may use who are assigned (AADSTS50105). */
export function isAssigned(account: Account, registration: Registration, world: World): boolean {
  if (!registration.assignmentRequired && registration.assignedTo === undefined) return true;
  return assignmentsOf(account, registration, world).length > 0 || hasOwnRole(account, registration);
}

function hasOwnRole(account: Account, { appRoles }: Registration): boolean {
  return appRoles.some((role) => account.roles.includes(role.value));
}

function groupsClaim(scene: MembershipScene, registration: Registration, world: World): Claims {
  const { account, origin } = scene;
  const ids = groupsNamed(account, registration, world).map((one) => one.id);
  if (ids.length === 0) return {};
  if (scene.isInAddress === true && ids.length > MAX_GROUPS_IN_ADDRESS) return { hasgroups: true };
  if (ids.length <= MAX_GROUPS) return { groups: ids };
  const endpoint = `${directoryOrigin(origin)}/${account.tenantId}/users/${account.objectId}/getMemberObjects`;
  return { _claim_names: { groups: 'src1' }, _claim_sources: { src1: { endpoint } } };
}

/** The old directory API's address, as real tokens name it; under a local name the emulator's own (wire reference K2). */
function directoryOrigin(origin: string): string {
  return /^https:\/\/(login|sts)\.[a-z.]*(microsoftonline|windows|microsoft)\./.test(origin)
    ? 'https://graph.windows.net'
    : origin;
}

/** The groups that a registration's groupMembershipClaims means (wire reference K2). */
function groupsNamed(account: Account, registration: Registration, world: World): readonly Group[] {
  const { groups } = world.directories.of(account.tenantId);
  switch (registration.groupMembershipClaims) {
    case 'SecurityGroup':
      return groups.of(account.objectId, true).filter((one) => one.securityEnabled);
    case 'All':
      return groups.of(account.objectId, true);
    case 'ApplicationGroup': {
      const names = registration.assignments.map(({ to }) => to);
      const direct = groups.of(account.objectId, false);
      return direct.filter((one) => names.includes(one.id) || names.includes(one.displayName));
    }
    default:
      return [];
  }
}

function rolesInDirectory(account: Account, { groupMembershipClaims: claims }: Registration): Claims {
  const isAsked = claims === 'All' || claims === 'DirectoryRole';
  return isAsked ? { wids: [...account.directoryRoles, EVERYBODYS_ROLE] } : {};
}
