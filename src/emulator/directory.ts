import { createHash } from 'node:crypto';
import { type Account, isGuest, userPrincipalName } from './accounts.ts';
import { JOB_TITLES, NAME_TABLES, type NameTable, OFFICES } from './names.ts';
import { PERSONAL_TENANT_ID, type Tenant } from './tenants.ts';

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
}

/** The directories of all tenants. */
export interface Directories {
  of(tenantId: string): Directory;
}

interface Name {
  readonly native: string;
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
      return { native, latin };
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

function createDirectory(
  tenant: Tenant,
  own: readonly DirectoryUser[],
  users: number,
  names: readonly Names[],
): Directory {
  const seed = createHash('sha256').update(tenant.id).digest();
  const number = seed.readUInt32LE(0);
  const tail = `${seed.toString('hex', 4, 6)}-4${seed.toString('hex', 6, 8).slice(1)}-8${seed.toString('hex', 8, 10).slice(1)}-${seed.toString('hex', 10, 16)}`;
  const idOf = (index: number): string =>
    `${(Math.imul(index + number, SCATTER) >>> 0).toString(16).padStart(8, '0')}-${tail}`;
  const indexIn = (id: string): number =>
    (Math.imul(Number.parseInt(id.slice(0, 8), 16), UNSCATTER) - number) >>> 0;
  return {
    size: own.length + users,
    at: (position) => own[position] ?? colleague(position - own.length, number, idOf, tenant, names),
    find(idOrName) {
      const wanted = idOrName.toLowerCase();
      const known = own.findIndex(
        (one) => one.id === wanted || one.userPrincipalName.toLowerCase() === wanted,
      );
      if (known >= 0) return known;
      const index = wanted.includes('@') ? Number(/(\d+)@/.exec(wanted)?.[1]) - 1 : indexIn(wanted);
      if (!(index >= 0 && index < users)) return -1;
      const found = colleague(index, number, idOf, tenant, names);
      return found.id === wanted || found.userPrincipalName === wanted ? own.length + index : -1;
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
  salt: number,
  idOf: (index: number) => string,
  tenant: Tenant,
  names: readonly Names[],
): DirectoryUser {
  const bits = mix(index, salt);
  const { table, given: givenNames, family: familyNames } = pick(names, bits);
  const given = pick(givenNames, bits >>> 8);
  const family = pick(familyNames, bits >>> 16);
  const nickname = `${given.latin}.${family.latin}${index + 1}`.toLowerCase().replaceAll(/[^a-z0-9.-]/g, '');
  const address = `${nickname}@${tenant.domain}`;
  const both = table.familyFirst ? [family.native, given.native] : [given.native, family.native];
  return {
    businessPhones: index % 3 === 0 ? [`+1 555 ${String(1000 + (index % 9000))}`] : [],
    displayName: both.join(' '),
    givenName: given.native,
    jobTitle: pick(JOB_TITLES, bits >>> 4),
    mail: index % 23 === 22 ? null : address,
    mobilePhone: null,
    officeLocation: pick(OFFICES, bits >>> 12),
    preferredLanguage: table.language,
    surname: family.native,
    userPrincipalName: address,
    id: idOf(index),
    mailNickname: nickname,
    userType: 'Member',
    accountEnabled: true,
    department: null,
  };
}
