/** A group as Microsoft Graph has it, and who is in it. */
export interface Group {
  readonly id: string;
  readonly displayName: string;
  readonly description: string | null;
  readonly mailNickname: string;
  readonly mail: string | null;
  readonly mailEnabled: boolean;
  readonly securityEnabled: boolean;
  readonly groupTypes: readonly string[];
  readonly visibility: string | null;
  readonly createdDateTime: string;
  /** Other documented properties that somebody set. */
  readonly [property: string]: unknown;
}

/** The groups of one tenant. */
export interface Groups {
  all(): readonly Group[];
  find(id: string): Group | undefined;
  put(group: Group): void;
  remove(id: string): void;
  /** Ids of the members, which may be groups themselves. */
  members(id: string): readonly string[];
  /** Says whether that changed anything. */
  addMember(id: string, memberId: string): boolean;
  removeMember(id: string, memberId: string): boolean;
  /** The groups that somebody is in; `transitive` with the groups that those are in. */
  of(memberId: string, transitive: boolean): readonly Group[];
}

/** Creates a tenant's groups, none at first. */
export function createGroups(): Groups {
  const groups = new Map<string, Group>();
  const members = new Map<string, Set<string>>();
  const groupsByMember = new Map<string, Set<string>>();
  const unlink = (id: string, memberId: string): boolean => {
    groupsByMember.get(memberId)?.delete(id);
    return members.get(id)?.delete(memberId) ?? false;
  };
  const idsOf = (memberId: string): readonly string[] => [...(groupsByMember.get(memberId) ?? [])];
  return {
    all: () => [...groups.values()],
    find: (id) => groups.get(id.toLowerCase()),
    put(group) {
      groups.set(group.id, group);
    },
    remove(id) {
      for (const memberId of [...(members.get(id) ?? [])]) unlink(id, memberId);
      for (const parent of idsOf(id)) unlink(parent, id);
      members.delete(id);
      groups.delete(id);
    },
    members: (id) => [...(members.get(id) ?? [])],
    addMember(id, memberId) {
      const known = members.get(id) ?? new Set();
      if (known.has(memberId)) return false;
      members.set(id, known.add(memberId));
      groupsByMember.set(memberId, (groupsByMember.get(memberId) ?? new Set()).add(id));
      return true;
    },
    removeMember: unlink,
    of(memberId, transitive) {
      const found = new Set(idsOf(memberId));
      // A set that grows while it is walked is walked to its end.
      if (transitive) for (const id of found) for (const parent of idsOf(id)) found.add(parent);
      return [...found].flatMap((id) => groups.get(id) ?? []);
    },
  };
}
