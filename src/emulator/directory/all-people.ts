import { createHash } from 'node:crypto';
import type { Registry, Tenant } from '../registry/index.ts';
import { colleague, type Names } from './colleagues.ts';
import type { DirectoryUser } from './directory-user.ts';
import { createIds } from './ids.ts';
import { createOwnPeople } from './own-people.ts';

/** Everybody of a tenant as they are before somebody changes them, by position. */
export interface AllPeople {
  /** How many positions there are; those of accounts that are gone are empty. */
  size(): number;
  count(): number;
  at(position: number): DirectoryUser | undefined;
  find(idOrName: string): DirectoryUser | undefined;
  /** -1 for an id of nobody. */
  positionOf(id: string): number;
  isAccount(id: string): boolean;
}

/** First come the accounts of the start, then `users` colleagues, then the accounts that came later. */
export function createAllPeople(
  tenant: Tenant,
  registry: Registry,
  users: number,
  names: readonly Names[],
): AllPeople {
  const colleagues = createColleagues(tenant, users, names);
  const own = createOwnPeople(registry, tenant);
  const first = own.places();
  return {
    size: () => own.places() + users,
    count: () => own.count() + users,
    at(position) {
      const index = position - first;
      if (index >= 0 && index < users) return colleagues.at(index);
      return own.at(index < 0 ? position : position - users);
    },
    find: (idOrName) => own.find(idOrName) ?? colleagues.find(idOrName),
    positionOf(id) {
      const place = own.placeOf(id);
      if (place >= 0) return place < first ? place : place + users;
      const index = colleagues.indexOf(id);
      return index < 0 ? -1 : first + index;
    },
    isAccount: (id) => own.placeOf(id) >= 0,
  };
}

interface Colleagues {
  at(index: number): DirectoryUser;
  /** -1 for an id of nobody. */
  indexOf(id: string): number;
  find(idOrName: string): DirectoryUser | undefined;
}

function createColleagues(tenant: Tenant, users: number, names: readonly Names[]): Colleagues {
  const seed = createHash('sha256').update(tenant.id).digest();
  const ids = createIds(seed);
  const salt = seed.readUInt32LE(4);
  const at = (index: number): DirectoryUser => colleague(index, ids.idOf(index), salt, tenant, names);
  return {
    at,
    indexOf(id) {
      const index = ids.indexIn(id);
      return index >= 0 && index < users && ids.idOf(index) === id ? index : -1;
    },
    find(idOrName) {
      const index = idOrName.includes('@') ? Number(/(\d+)@/.exec(idOrName)?.[1]) - 1 : ids.indexIn(idOrName);
      if (!(index >= 0 && index < users)) return undefined;
      const found = at(index);
      return [found.id, found.userPrincipalName.toLowerCase()].includes(idOrName) ? found : undefined;
    },
  };
}
