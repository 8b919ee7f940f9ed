import {
  type Account,
  type GroupSeed,
  PERSONAL_TENANT_ID,
  type Registry,
  type Tenant,
} from '../registry/index.ts';
import { createAllPeople } from './all-people.ts';
import { type ChangedPeople, createChangedPeople } from './changed-people.ts';
import { type Changes, createChanges } from './changes.ts';
import { type Names, readNames } from './colleagues.ts';
import { fillGroups, type GroupPlace, joinGroups } from './first-groups.ts';
import { createGroups, type Groups } from './groups.ts';
import { createOrders, type SortProperty } from './order.ts';
import { createReportingLine, type ReportingLine } from './reporting-line.ts';

/** One tenant's people, made when asked for, and its groups. Nothing is held per person but what somebody changed. */
export interface Directory extends Omit<ChangedPeople, 'removed'>, ReportingLine {
  /** How many positions there are; those of removed people are empty. */
  readonly size: number;
  /** How many people there are. */
  readonly count: number;
  /** All positions in alphabetical order, worked out when first asked for. */
  order(property: SortProperty): Uint32Array;
  readonly groups: Groups;
  readonly changes: Changes;
}

/** The directories of all tenants. */
export interface Directories {
  of(tenantId: string): Directory;
  /** Puts groups in, each into the directory of its tenant. */
  putGroups(groups: readonly GroupSeed[]): void;
  /** Puts an account into the groups that it names. */
  joinGroups(account: Account): void;
  /** Back to the start. */
  reset(): void;
}

/**
 * Creates the directories: the accounts of each tenant, `users` generated colleagues, the same at each start, and the
 * accounts that come later.
 */
export function createDirectories(
  registry: Registry,
  users: number,
  groups: readonly GroupSeed[],
  nowMs: number,
): Directories {
  const names = readNames();
  const nobody = createDirectory({ id: '', name: '', domain: '' }, registry, 0, names);
  let made = new Map<string, Directory>();
  const places = (): readonly GroupPlace[] =>
    registry.tenants.map((tenant) => ({
      groups: (made.get(tenant.id) ?? nobody).groups,
      ...{ registry, tenant, nowMs },
    }));
  const putGroups = (given: readonly GroupSeed[]): void => {
    for (const place of places()) fillGroups(given, place);
  };
  const join = (account: Account): void => {
    for (const place of places()) joinGroups(account, place);
  };
  const reset = (): void => {
    made = new Map(
      registry.tenants.map((tenant) => [tenant.id, createDirectory(tenant, registry, users, names)]),
    );
    putGroups(groups);
    for (const account of registry.accounts) join(account);
  };
  reset();
  return {
    of: (tenantId) => (tenantId === PERSONAL_TENANT_ID ? nobody : (made.get(tenantId) ?? nobody)),
    putGroups,
    joinGroups: join,
    reset,
  };
}

function createDirectory(
  tenant: Tenant,
  registry: Registry,
  users: number,
  names: readonly Names[],
): Directory {
  const people = createAllPeople(tenant, registry, users, names);
  const changed = createChangedPeople(people);
  const orders = createOrders(people.size, changed.at);
  const groups = createGroups();
  const changes = createChanges();
  const line = createReportingLine(people, changed);
  const note = (id: string): void => {
    orders.clear();
    changes.note('user', id);
  };
  return {
    get size() {
      return people.size();
    },
    get count() {
      return people.count() - changed.removed();
    },
    at: changed.at,
    find: changed.find,
    order: orders.of,
    groups,
    changes,
    ...line,
    ...writesTo(changed, groups, line, note),
  };
}

/** What changes a directory: each change is noted, and orders are worked out afresh. */
function writesTo(
  changed: ChangedPeople,
  groups: Groups,
  line: ReportingLine,
  note: (id: string) => void,
): Pick<Directory, 'change' | 'remove' | 'setManager'> {
  return {
    change(id, given) {
      changed.change(id, given);
      note(id);
    },
    remove(id) {
      changed.remove(id);
      for (const group of groups.of(id, false)) groups.removeMember(group.id, id);
      note(id);
    },
    setManager(id, managerId) {
      line.setManager(id, managerId);
      note(id);
    },
  };
}
