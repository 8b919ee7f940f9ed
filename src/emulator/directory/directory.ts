import { createHash } from 'node:crypto';
import {
  type Account,
  isGuest,
  PERSONAL_TENANT_ID,
  type Tenant,
  userPrincipalName,
} from '../registry/index.ts';
import { colleague, type Names, readNames } from './colleagues.ts';
import type { DirectoryUser } from './directory-user.ts';
import { createIds } from './ids.ts';
import { OFFICES } from './names.ts';
import { orderOf, type SortProperty } from './order.ts';

/** One tenant's people, made when asked for: nothing is held per person. */
export interface Directory {
  readonly size: number;
  /** The person at a position from 0 to size - 1. */
  at(position: number): DirectoryUser;
  /** The position of the person with this id or user principal name, or -1. */
  find(idOrName: string): number;
  /** All positions in alphabetical order, worked out when first asked for. */
  order(property: SortProperty): Uint32Array;
}

/** The directories of all tenants. */
export interface Directories {
  of(tenantId: string): Directory;
}

/** Creates the directories: the accounts of each tenant, then `users` generated colleagues, the same at each start. */
export function createDirectories(
  tenants: readonly Tenant[],
  accounts: readonly Account[],
  users: number,
): Directories {
  const names = readNames();
  const made = new Map(
    tenants.map((tenant) => {
      const own = accounts.filter((one) => one.tenantId === tenant.id).map((one) => accountUser(one, tenant));
      return [tenant.id, createDirectory(tenant, own, users, names)];
    }),
  );
  const nobody: Directory = createDirectory({ id: '', name: '', domain: '' }, [], 0, names);
  return { of: (tenantId) => (tenantId === PERSONAL_TENANT_ID ? nobody : (made.get(tenantId) ?? nobody)) };
}

/** An account as its directory shows it. */
export function accountUser(account: Account, tenant: Tenant): DirectoryUser {
  return {
    businessPhones: ['+1 555 0100'],
    displayName: account.displayName,
    givenName: account.givenName,
    jobTitle: account.jobTitle,
    mail: account.username,
    mobilePhone: null,
    officeLocation: OFFICES[0] ?? null,
    preferredLanguage: 'en-GB',
    surname: account.surname,
    userPrincipalName: userPrincipalName(account, tenant.domain),
    id: account.objectId,
    mailNickname: account.username.split('@')[0] ?? null,
    userType: isGuest(account) ? 'Guest' : 'Member',
    accountEnabled: true,
    department: null,
  };
}

function createDirectory(
  tenant: Tenant,
  own: readonly DirectoryUser[],
  users: number,
  names: readonly Names[],
): Directory {
  const seed = createHash('sha256').update(tenant.id).digest();
  const ids = createIds(seed);
  const salt = seed.readUInt32LE(4);
  const made = (index: number): DirectoryUser => colleague(index, ids.idOf(index), salt, tenant, names);
  const at = (position: number): DirectoryUser => own[position] ?? made(position - own.length);
  const orders = new Map<SortProperty, Uint32Array>();
  return {
    size: own.length + users,
    at,
    find(idOrName) {
      const wanted = idOrName.toLowerCase();
      const isWanted = (one: DirectoryUser): boolean =>
        one.id === wanted || one.userPrincipalName.toLowerCase() === wanted;
      const known = own.findIndex(isWanted);
      if (known >= 0) return known;
      const index = wanted.includes('@') ? Number(/(\d+)@/.exec(wanted)?.[1]) - 1 : ids.indexIn(wanted);
      return index >= 0 && index < users && isWanted(made(index)) ? own.length + index : -1;
    },
    order(property) {
      const order = orders.get(property) ?? orderOf(own.length + users, at, property);
      orders.set(property, order);
      return order;
    },
  };
}
