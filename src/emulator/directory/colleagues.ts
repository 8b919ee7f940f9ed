import type { Tenant } from '../registry/index.ts';
import type { DirectoryUser } from './directory-user.ts';
import { JOB_TITLES, NAME_TABLES, type NameTable, OFFICES } from './names.ts';

interface Name {
  readonly native: string;
  /** As it stands in addresses. */
  readonly latin: string;
}

/** A name table, read. */
export interface Names {
  readonly table: NameTable;
  readonly given: readonly Name[];
  readonly family: readonly Name[];
}

/** The names to make people from. */
export function readNames(): readonly Names[] {
  return NAME_TABLES.map(namesOf);
}

function namesOf(table: NameTable): Names {
  const read = (text: string): Name[] =>
    text.split(' ').map((one) => {
      const [native = one, latin = native] = one.split('/');
      return { native, latin: latin.toLowerCase().replaceAll(/[^a-z0-9-]/g, '') };
    });
  return { table, given: read(table.given), family: read(table.family) };
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

/** Makes the colleague with this number, the same each time. */
export function colleague(
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
