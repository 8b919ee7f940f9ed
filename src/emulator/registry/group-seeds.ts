import { guidFor } from '../http/index.ts';
import { CONTOSO_ID } from './tenants.ts';

/** What sort of group it is: who it lets in, or who gets its mail. */
type GroupKind = 'security' | 'microsoft 365' | 'distribution';

/** A group as it is at the start. */
export interface GroupSeed {
  readonly id: string;
  readonly displayName: string;
  readonly description: string | null;
  readonly kind: GroupKind;
  readonly tenantId: string;
  /** Usernames, object ids, and names of other groups. */
  readonly members: readonly string[];
}

/** Completes a group. */
export function groupSeed(seed: Pick<GroupSeed, 'displayName' | 'tenantId'> & Partial<GroupSeed>): GroupSeed {
  return {
    id: guidFor(`group ${seed.displayName} in ${seed.tenantId}`),
    description: null,
    kind: 'security',
    members: [],
    ...seed,
  };
}

/** The groups of an emulator without a seed: a group in a group is among them. */
export const GROUPS: readonly GroupSeed[] = [
  groupSeed({
    displayName: 'Retail',
    tenantId: CONTOSO_ID,
    description: 'Everybody in the shops',
    members: ['adele.vance@contoso.example'],
  }),
  groupSeed({
    displayName: 'IT',
    tenantId: CONTOSO_ID,
    description: 'Who to ask when nothing works',
    members: ['nia.okafor@contoso.example'],
  }),
  groupSeed({
    displayName: 'Staff',
    tenantId: CONTOSO_ID,
    description: 'Retail and IT together',
    members: ['Retail', 'IT'],
  }),
  groupSeed({
    displayName: 'Contoso news',
    tenantId: CONTOSO_ID,
    kind: 'microsoft 365',
    members: ['adele.vance@contoso.example', 'nia.okafor@contoso.example'],
  }),
];
