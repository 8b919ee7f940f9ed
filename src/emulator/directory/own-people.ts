import { type Account, isGuest, type Registry, type Tenant, userPrincipalName } from '../registry/index.ts';
import type { DirectoryUser } from './directory-user.ts';
import { OFFICES } from './names.ts';

/** The accounts of one tenant as its directory shows them, each at a place that stays its own. */
interface OwnPeople {
  /** How many places there are; that of an account which is gone stays empty. */
  places(): number;
  at(place: number): DirectoryUser | undefined;
  find(idOrName: string): DirectoryUser | undefined;
  /** -1 for an id of nobody. */
  placeOf(id: string): number;
  count(): number;
}

/** Creates them; they follow the accounts of the registry. */
export function createOwnPeople(registry: Registry, tenant: Tenant): OwnPeople {
  let seen: readonly Account[] | undefined;
  const places: string[] = [];
  const users = new Map<string, DirectoryUser>();
  /** The users as the registry has them now. */
  const current = (): ReadonlyMap<string, DirectoryUser> => {
    if (seen === registry.accounts) return users;
    seen = registry.accounts;
    const known = new Set(places);
    users.clear();
    for (const account of seen.filter((one) => one.tenantId === tenant.id)) {
      users.set(account.objectId, accountUser(account, tenant));
      if (!known.has(account.objectId)) places.push(account.objectId);
    }
    return users;
  };
  return {
    places() {
      current();
      return places.length;
    },
    at: (place) => current().get(places[place] ?? ''),
    find(idOrName) {
      const isNamed = (one: DirectoryUser): boolean => one.userPrincipalName.toLowerCase() === idOrName;
      return current().get(idOrName) ?? [...users.values()].find(isNamed);
    },
    placeOf: (id) => (current().has(id) ? places.indexOf(id) : -1),
    count: () => current().size,
  };
}

/** An account as its directory shows it. */
function accountUser(account: Account, tenant: Tenant): DirectoryUser {
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
