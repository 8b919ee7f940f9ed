import { createExpiringTable } from './expiring-table.ts';
import type { SessionRecords } from './records.ts';

interface MemoryRecordsOptions {
  /** Unix time in milliseconds. */
  now?: () => number;
  /** Sessions kept at most, and names used once, and notes; the one that would expire soonest makes room. */
  maxRecords?: number;
}

interface Kept {
  session: string;
  tokens: string;
  groups: readonly string[];
}

/** Sessions in this process: gone when it ends, bounded, pruned a little with each write and by no timer. */
export function createMemoryRecords({
  now = Date.now,
  maxRecords = 20_000,
}: MemoryRecordsOptions = {}): SessionRecords {
  const groups = new Map<string, Set<string>>();
  const records = createExpiringTable<Kept>({ now, maxEntries: maxRecords, onDropped: leaveGroups });
  const usedNames = createExpiringTable<true>({ now, maxEntries: maxRecords });
  const notes = createExpiringTable<string>({ now, maxEntries: maxRecords });

  function joinGroups(id: string, names: readonly string[]): void {
    for (const name of names) {
      const members = groups.get(name);
      if (members === undefined) groups.set(name, new Set([id]));
      else members.add(id);
    }
  }

  function leaveGroups(id: string, record: Kept): void {
    for (const name of record.groups) {
      const members = groups.get(name);
      members?.delete(id);
      if (members?.size === 0) groups.delete(name);
    }
  }

  function removeNow(id: string): boolean {
    const record = records.get(id);
    if (record === undefined) return false;
    records.delete(id);
    leaveGroups(id, record);
    return true;
  }

  return {
    async create(id, { session, tokens, expiresAtMs, groups: names }) {
      records.set(id, { session, tokens, groups: [...names] }, expiresAtMs);
      joinGroups(id, names);
    },
    async read(id, part) {
      return records.get(id)?.[part];
    },
    async replace(id, part, expected, next, expiresAtMs) {
      const record = records.get(id);
      if (record === undefined || record[part] !== expected) return false;
      record[part] = next;
      records.extend(id, expiresAtMs);
      return true;
    },
    async remove(id) {
      removeNow(id);
    },
    async regroup(id, names) {
      const record = records.get(id);
      if (record === undefined) return;
      leaveGroups(id, record);
      record.groups = [...names];
      joinGroups(id, names);
    },
    async listGroup(group) {
      return [...(groups.get(group) ?? [])].filter((id) => records.get(id) !== undefined);
    },
    async removeGroup(group) {
      return [...(groups.get(group) ?? [])].filter(removeNow).length;
    },
    async useOnce(name, expiresAtMs) {
      if (usedNames.get(name) !== undefined) return false;
      usedNames.set(name, true, expiresAtMs);
      return true;
    },
    notes: {
      write: async (name, text, expiresAtMs) => notes.set(name, text, expiresAtMs),
      read: async (name) => notes.get(name),
      async replace(name, expected, next, expiresAtMs) {
        if (notes.get(name) !== expected) return false;
        notes.set(name, next, expiresAtMs);
        return true;
      },
      remove: async (name) => notes.delete(name),
    },
    count: async () => records.size(),
    check: async () => {},
    close: async () => {},
  };
}
