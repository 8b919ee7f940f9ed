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
import type { DirectoryUser } from './directory-user.ts';
import { fillGroups, type GroupPlace, joinGroups } from './first-groups.ts';
import { createGroups, type Groups } from './groups.ts';
import { createOrders, type Orders, type SortProperty } from './order.ts';
import { createReportingLine, type ReportingLine } from './reporting-line.ts';

/** One tenant's people, made when asked for, and its groups. Nothing is held per person but what somebody changed. */
export interface Directory {
  /** How many positions there are; those of removed people are empty. */
  readonly size: number;
  /** How many people there are. */
  readonly count: number;
  /** The person at a position from 0 to size - 1. */
  at(position: number): DirectoryUser | undefined;
  /** The person with this id or user principal name. */
  find(idOrName: string): DirectoryUser | undefined;
  /** All positions in alphabetical order, worked out when first asked for. */
  order(property: SortProperty): Uint32Array;
  /** Sets properties of somebody. */
  change(id: string, changes: Readonly<Record<string, unknown>>): void;
  /** Takes somebody out; an account has to be taken out of the registry too. */
  remove(id: string): void;
  readonly groups: Groups;
  readonly changes: Changes;
  /** Whom somebody reports to; undefined for the one at the top. */
  managerOf(id: string): DirectoryUser | undefined;
  reportsOf(id: string): readonly DirectoryUser[];
  setManager(id: string, managerId: string | undefined): void;
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
    ...writesTo({ changed, orders, groups, changes, line }),
  };
}

interface Written {
  readonly changed: ChangedPeople;
  readonly orders: Orders;
  readonly groups: Groups;
  readonly changes: Changes;
  readonly line: ReportingLine;
}

/** What changes a directory: each change is noted, and orders are worked out afresh. */
function writesTo(written: Written): Pick<Directory, 'change' | 'remove' | 'setManager'> {
  const { changed, orders, groups, changes, line } = written;
  const note = (id: string): void => {
    orders.clear();
    changes.note('user', id);
  };
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
