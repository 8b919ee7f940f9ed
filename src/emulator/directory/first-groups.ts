import { guidFor } from '../http/index.ts';
import {
  accountByUsername,
  type GroupSeed,
  groupSeed,
  type Registry,
  type Tenant,
} from '../registry/index.ts';
import type { Group, Groups } from './groups.ts';

/** Puts the groups of the start into a directory, and the accounts into the groups that they name. */
export function fillGroups(
  groups: Groups,
  registry: Registry,
  seeds: readonly GroupSeed[],
  tenant: Tenant,
  nowMs: number,
): void {
  for (const seed of seeds) groups.put(groupOf(seed, tenant, nowMs));
  for (const seed of seeds)
    for (const member of seed.members) groups.addMember(seed.id, memberId(member, registry, groups, tenant));
  for (const account of registry.accounts.filter((one) => one.tenantId === tenant.id))
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
