import { guidFor } from '../http/index.ts';
import {
  type Account,
  accountByUsername,
  type GroupSeed,
  groupSeed,
  type Registry,
  type Tenant,
} from '../registry/index.ts';
import type { Group, Groups } from './groups.ts';

/** Where groups are put, and when. */
export interface GroupPlace {
  readonly groups: Groups;
  readonly registry: Registry;
  readonly tenant: Tenant;
  readonly nowMs: number;
}

/** Puts groups into the directory of their tenant, with their members. */
export function fillGroups(
  seeds: readonly GroupSeed[],
  { groups, registry, tenant, nowMs }: GroupPlace,
): void {
  const own = seeds.filter((one) => one.tenantId === tenant.id);
  for (const seed of own) groups.put(groupOf(seed, tenant, nowMs));
  for (const seed of own)
    for (const member of seed.members) groups.addMember(seed.id, memberId(member, registry, groups, tenant));
}

/** Puts an account into the groups that it names; one that there is not yet is made. */
export function joinGroups(account: Account, { groups, tenant, nowMs }: GroupPlace): void {
  if (account.tenantId !== tenant.id) return;
  for (const name of account.groups) {
    const known =
      groupNamed(name, groups) ??
      groupOf(groupSeed({ displayName: name, tenantId: tenant.id }), tenant, nowMs);
    groups.put(known);
    groups.addMember(known.id, account.objectId);
  }
}

/** A group by its id or its display name. */
function groupNamed(name: string, groups: Groups): Group | undefined {
  return groups.find(name) ?? groups.all().find((one) => one.displayName === name);
}

function memberId(member: string, registry: Registry, groups: Groups, tenant: Tenant): string {
  const account = accountByUsername(member.toLowerCase(), registry.accounts);
  if (account?.tenantId === tenant.id) return account.objectId;
  return groupNamed(member, groups)?.id ?? member.toLowerCase();
}

function groupOf({ id, displayName, description, kind }: GroupSeed, tenant: Tenant, nowMs: number): Group {
  const nickname = displayName.toLowerCase().replaceAll(/[^a-z0-9]+/g, '') || id.slice(0, 8);
  const mailEnabled = kind !== 'security';
  return {
    id,
    displayName,
    description,
    mailNickname: nickname,
    mail: mailEnabled ? `${nickname}@${tenant.domain}` : null,
    mailEnabled,
    securityEnabled: kind === 'security',
    groupTypes: kind === 'microsoft 365' ? ['Unified'] : [],
    visibility: kind === 'microsoft 365' ? 'Public' : null,
    createdDateTime: new Date(nowMs).toISOString().replace(/\.\d+/, ''),
    securityIdentifier: `S-1-12-1-${guidFor(`sid ${id}`).replaceAll('-', '').slice(0, 8)}`,
  };
}
