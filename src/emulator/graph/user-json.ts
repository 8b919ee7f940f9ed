import type { DirectoryUser } from '../directory/index.ts';
import { GraphError, type Row } from '../odata/index.ts';
import { type Account, isPersonal } from '../registry/index.ts';
import { namesIn, noProperty } from './select.ts';

/** What a list or a single user returns when nothing is selected, in this order (wire reference G2). */
const DEFAULT_PROPERTIES = [
  'businessPhones',
  'displayName',
  'givenName',
  'jobTitle',
  'mail',
  'mobilePhone',
  'officeLocation',
  'preferredLanguage',
  'surname',
  'userPrincipalName',
  'id',
] as const satisfies readonly (keyof DirectoryUser)[];

const MORE_PROPERTIES = ['mailNickname', 'userType', 'accountEnabled', 'department'] as const;
/** Documented properties that nobody here has a value for (MGD resources/user.md). */
const EMPTY_PROPERTIES = (
  'ageGroup city companyName consentProvidedForMinor country createdDateTime creationType ' +
  'customSecurityAttributes deletedDateTime employeeHireDate employeeId employeeLeaveDateTime employeeOrgData ' +
  'employeeType externalUserState externalUserStateChangeDateTime faxNumber isManagementRestricted ' +
  'isResourceAccount lastPasswordChangeDateTime legalAgeGroupClassification onPremisesDistinguishedName ' +
  'onPremisesDomainName onPremisesExtensionAttributes onPremisesImmutableId onPremisesLastSyncDateTime ' +
  'onPremisesSamAccountName onPremisesSecurityIdentifier onPremisesSyncEnabled onPremisesUserPrincipalName ' +
  'passwordPolicies passwordProfile postalCode preferredDataLocation refreshTokensValidFromDateTime ' +
  'showInAddressList signInActivity signInSessionsValidFromDateTime state streetAddress usageLocation'
).split(' ');
/** … and those that are lists. */
const EMPTY_LISTS = (
  'assignedLicenses assignedPlans identities imAddresses licenseAssignmentStates onPremisesProvisioningErrors ' +
  'otherMails provisionedPlans proxyAddresses serviceProvisioningErrors'
).split(' ');
const SELECTABLE: readonly string[] = [
  ...DEFAULT_PROPERTIES,
  ...MORE_PROPERTIES,
  ...EMPTY_PROPERTIES,
  ...EMPTY_LISTS,
  'securityIdentifier',
];

/** Properties that only a single user has; on a list they are not implemented (wire reference G3). */
const SINGLE_ONLY = (
  'aboutMe birthday hireDate interests mailboxSettings mySite pastProjects preferredName responsibilities ' +
  'schools skills'
).split(' ');

/** The property that users on a list have of this name, in letters of either size. */
export function userProperty(name: string): string | undefined {
  return SELECTABLE.find((one) => one.toLowerCase() === name.toLowerCase());
}

/** Whether a user has a property of this name. */
export function isUserProperty(name: string): boolean {
  return SELECTABLE.includes(name) || SINGLE_ONLY.includes(name);
}

/** What User.ReadBasic.All shows of other people (wire reference G2); the rest is there, but null. */
const BASIC: readonly string[] = [
  'displayName',
  'givenName',
  'id',
  'mail',
  'securityIdentifier',
  'surname',
  'userPrincipalName',
];
const LISTS: readonly string[] = [
  'businessPhones',
  ...EMPTY_LISTS,
  ...['interests', 'pastProjects', 'responsibilities', 'schools', 'skills'],
];

/** The properties of a `$select`; undefined when there is none. @throws GraphError 400, or 501 on a list */
export function readSelect(select: string | undefined, isList: boolean): readonly string[] | undefined {
  return namesIn(select)?.map((name) => propertyNamed(name, isList));
}

function propertyNamed(name: string, isList: boolean): string {
  const found = userProperty(name);
  if (found !== undefined) return found;
  if (!SINGLE_ONLY.includes(name)) throw noProperty(name, 'user');
  if (isList) throw new GraphError('NotImplemented', `The property ${name} cannot be selected on a list.`);
  return name;
}

/** The selected properties of a user; `basicOnly` hides what User.ReadBasic.All does not show. */
export function userJson(user: Row, select: readonly string[] | undefined, basicOnly: boolean): Row {
  const names: readonly string[] = select ?? DEFAULT_PROPERTIES;
  const shown = (name: string): unknown => {
    const isHidden = basicOnly && !BASIC.includes(name);
    if (name === 'securityIdentifier') return securityIdentifier(String(user.id));
    return (isHidden ? undefined : user[name]) ?? (LISTS.includes(name) ? [] : null);
  };
  return Object.fromEntries(names.map((name) => [name, shown(name)]));
}

/** The SID of a cloud account: S-1-12-1 and its object id as four numbers. */
function securityIdentifier(objectId: string): string {
  const [first = '', second = '', third = '', ...rest] = objectId.split('-');
  const tail = Buffer.from(rest.join(''), 'hex');
  const middle = Number.parseInt(third + second, 16);
  return ['S-1-12-1', Number.parseInt(first, 16), middle, tail.readUInt32LE(0), tail.readUInt32LE(4)].join(
    '-',
  );
}

/** A personal account's own record: a short id, keys in an order of their own (wire reference G2). */
export function personalJson(account: Account, select: readonly string[] | undefined): Row {
  const whole: Row = {
    userPrincipalName: account.username,
    id: account.objectId.replaceAll('-', '').slice(16),
    displayName: account.displayName,
    surname: account.surname,
    givenName: account.givenName,
    preferredLanguage: 'en-GB',
    mail: isPersonal(account) ? null : account.username,
    mobilePhone: null,
    jobTitle: null,
    officeLocation: null,
    businessPhones: [],
  };
  return select === undefined ? whole : Object.fromEntries(select.map((name) => [name, whole[name] ?? null]));
}
