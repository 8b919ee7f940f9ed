import { createHash } from 'node:crypto';
import { type Account, isGuest, userPrincipalName } from './accounts.ts';
import { orderOf, type SortProperty } from './directory-order.ts';
import { JOB_TITLES, NAME_TABLES, type NameTable, OFFICES } from './names.ts';
import { PERSONAL_TENANT_ID, type Tenant } from './tenants.ts';

export type { SortProperty } from './directory-order.ts';

/** A user as Microsoft Graph has it: the default properties in their documented order first (wire reference G2). */
export interface DirectoryUser {
  readonly businessPhones: readonly string[];
  readonly displayName: string;
  readonly givenName: string | null;
  readonly jobTitle: string | null;
  readonly mail: string | null;
  readonly mobilePhone: string | null;
  readonly officeLocation: string | null;
  readonly preferredLanguage: string | null;
  readonly surname: string | null;
  readonly userPrincipalName: string;
  readonly id: string;
  readonly mailNickname: string | null;
  readonly userType: 'Member' | 'Guest';
  readonly accountEnabled: boolean;
  readonly department: string | null;
}

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

interface Name {
  readonly native: string;
  /** As it stands in addresses. */
  readonly latin: string;
}

interface Names {
  readonly table: NameTable;
  readonly given: readonly Name[];
  readonly family: readonly Name[];
}

/** Odd, so that multiplying by it modulo 2^32 can be undone: it scatters the numbers inside the ids. */
const SCATTER = 0x9e3779b1;
const UNSCATTER = 0x0e8b2f51;

/** Creates the directories: the accounts of each tenant, then `users` generated colleagues, the same at each start. */
export function createDirectories(
  tenants: readonly Tenant[],
  accounts: readonly Account[],
  users: number,
): Directories {
  const names = NAME_TABLES.map(namesOf);
  const made = new Map(
    tenants.map((tenant) => {
      const own = accounts.filter((one) => one.tenantId === tenant.id).map((one) => accountUser(one, tenant));
      return [tenant.id, createDirectory(tenant, own, users, names)];
    }),
  );
  const nobody: Directory = createDirectory({ id: '', name: '', domain: '' }, [], 0, names);
  return { of: (tenantId) => (tenantId === PERSONAL_TENANT_ID ? nobody : (made.get(tenantId) ?? nobody)) };
}

function namesOf(table: NameTable): Names {
  const read = (text: string): Name[] =>
    text.split(' ').map((one) => {
      const [native = one, latin = native] = one.split('/');
      return { native, latin: latin.toLowerCase().replaceAll(/[^a-z0-9-]/g, '') };
    });
  return { table, given: read(table.given), family: read(table.family) };
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

/** Ids that hold the person's number, scattered, so that a person is found by id without an index. */
interface Ids {
  idOf(index: number): string;
  indexIn(id: string): number;
}

function createIds(seed: Buffer): Ids {
  const offset = seed.readUInt32LE(0);
  const part = (start: number): string => seed.toString('hex', start, start + 2);
  const tail = `${part(4)}-4${part(6).slice(1)}-8${part(8).slice(1)}-${seed.toString('hex', 10, 16)}`;
  const scattered = (index: number): number => Math.imul(index + offset, SCATTER) >>> 0;
  return {
    idOf: (index) => `${scattered(index).toString(16).padStart(8, '0')}-${tail}`,
    indexIn: (id) => (Math.imul(Number.parseInt(id.slice(0, 8), 16), UNSCATTER) - offset) >>> 0,
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

/** A number for a person and a purpose: a small integer hash (an xorshift-multiply round). */
function mix(index: number, salt: number): number {
  let bits = Math.imul(index ^ salt, 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}

function pick<Item>(items: readonly Item[], bits: number): Item {
  const found = items[bits % items.length];
  if (found === undefined) throw new Error('a list to pick from is empty');
  return found;
}

function colleague(
  index: number,
  id: string,
  salt: number,
  tenant: Tenant,
  names: readonly Names[],
): DirectoryUser {
  const bits = mix(index, salt);
  const { table, given: givenNames, family: familyNames } = pick(names, bits);
  const given = pick(givenNames, bits >>> 8);
  const family = pick(familyNames, bits >>> 16);
  const nickname = `${given.latin}.${family.latin}${index + 1}`;
  const address = `${nickname}@${tenant.domain}`;
  const [first, last] = table.familyFirst ? [family, given] : [given, family];
  return {
    businessPhones: index % 3 === 0 ? [`+1 555 ${String(1000 + (index % 9000))}`] : [],
    displayName: `${first.native} ${last.native}`,
    givenName: given.native,
    jobTitle: pick(JOB_TITLES, bits >>> 4),
    mail: index % 23 === 22 ? null : address,
    mobilePhone: null,
    officeLocation: pick(OFFICES, bits >>> 12),
    preferredLanguage: table.language,
    surname: family.native,
    userPrincipalName: address,
    id,
    mailNickname: nickname,
    userType: 'Member',
    accountEnabled: true,
    department: null,
  };
}
