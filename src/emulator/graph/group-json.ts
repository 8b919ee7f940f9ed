import type { Row } from '../odata/index.ts';
import { namesIn, noProperty } from './select.ts';

/** What a group returns when nothing is selected (as captured, in the order of the alphabet; wire reference K5). */
const DEFAULT_PROPERTIES = (
  'id classification createdDateTime creationOptions deletedDateTime description displayName ' +
  'expirationDateTime groupTypes infoCatalogs isAssignableToRole mail mailEnabled mailNickname ' +
  'membershipRule membershipRuleProcessingState onPremisesDomainName onPremisesLastSyncDateTime ' +
  'onPremisesNetBiosName onPremisesProvisioningErrors onPremisesSamAccountName ' +
  'onPremisesSecurityIdentifier onPremisesSyncEnabled preferredDataLocation preferredLanguage ' +
  'proxyAddresses renewedDateTime resourceBehaviorOptions resourceProvisioningOptions securityEnabled ' +
  'securityIdentifier serviceProvisioningErrors theme uniqueName visibility'
).split(' ');
const LISTS = (
  'creationOptions groupTypes infoCatalogs onPremisesProvisioningErrors proxyAddresses ' +
  'resourceBehaviorOptions resourceProvisioningOptions serviceProvisioningErrors'
).split(' ');
const PROPERTIES = [
  ...DEFAULT_PROPERTIES,
  ...'allowExternalSenders assignedLabels assignedLicenses hasMembersWithLicenseErrors isArchived'.split(' '),
];

/** The property of groups with this name, in letters of either size. */
export function groupProperty(name: string): string | undefined {
  return PROPERTIES.find((known) => known.toLowerCase() === name.toLowerCase());
}

/** The properties of a group's `$select`. @throws GraphError 400 for one that no group has */
export function readGroupSelect(select: string | undefined): readonly string[] | undefined {
  return namesIn(select)?.map((name) => {
    const found = groupProperty(name);
    if (found === undefined) throw noProperty(name, 'group');
    return found;
  });
}

/** The selected properties of a group; null or an empty list where nothing is known. */
export function groupJson(
  group: Row,
  select: readonly string[] | undefined,
): Readonly<Record<string, unknown>> {
  const shown = (name: string): unknown => group[name] ?? (LISTS.includes(name) ? [] : null);
  return Object.fromEntries((select ?? DEFAULT_PROPERTIES).map((name) => [name, shown(name)]));
}
