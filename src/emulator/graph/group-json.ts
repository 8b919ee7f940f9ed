import { GraphError, type Row } from '../odata/index.ts';

/** What a group returns when nothing is selected (as captured, in the order of the alphabet; wire reference K5). */
const DEFAULT_PROPERTIES = [
  'id',
  'classification',
  'createdDateTime',
  'creationOptions',
  'deletedDateTime',
  'description',
  'displayName',
  'expirationDateTime',
  'groupTypes',
  'infoCatalogs',
  'isAssignableToRole',
  'mail',
  'mailEnabled',
  'mailNickname',
  'membershipRule',
  'membershipRuleProcessingState',
  'onPremisesDomainName',
  'onPremisesLastSyncDateTime',
  'onPremisesNetBiosName',
  'onPremisesProvisioningErrors',
  'onPremisesSamAccountName',
  'onPremisesSecurityIdentifier',
  'onPremisesSyncEnabled',
  'preferredDataLocation',
  'preferredLanguage',
  'proxyAddresses',
  'renewedDateTime',
  'resourceBehaviorOptions',
  'resourceProvisioningOptions',
  'securityEnabled',
  'securityIdentifier',
  'serviceProvisioningErrors',
  'theme',
  'uniqueName',
  'visibility',
];
const LISTS = [
  'creationOptions',
  'groupTypes',
  'infoCatalogs',
  'onPremisesProvisioningErrors',
  'proxyAddresses',
  'resourceBehaviorOptions',
  'resourceProvisioningOptions',
  'serviceProvisioningErrors',
];
const MORE = [
  'allowExternalSenders',
  'assignedLabels',
  'assignedLicenses',
  'hasMembersWithLicenseErrors',
  'isArchived',
];

/** The properties of a group's `$select`. @throws GraphError 400 for one that no group has */
export function readGroupSelect(select: string | undefined): readonly string[] | undefined {
  if (select === undefined || select.trim() === '' || select.trim() === '*') return undefined;
  return select.split(',').map((one) => {
    const name = one.trim();
    const found = [...DEFAULT_PROPERTIES, ...MORE].find(
      (known) => known.toLowerCase() === name.toLowerCase(),
    );
    if (found !== undefined) return found;
    throw new GraphError(
      'BadRequest',
      `Parsing OData Select and Expand failed: Could not find a property named '${name}' on type 'microsoft.graph.group'.`,
    );
  });
}

/** Whether a group has a property of this name. */
export function isGroupProperty(name: string): boolean {
  return [...DEFAULT_PROPERTIES, ...MORE].includes(name);
}

/** The selected properties of a group; null or an empty list where nothing is known. */
export function groupJson(
  group: Row,
  select: readonly string[] | undefined,
): Readonly<Record<string, unknown>> {
  const shown = (name: string): unknown => group[name] ?? (LISTS.includes(name) ? [] : null);
  return Object.fromEntries((select ?? DEFAULT_PROPERTIES).map((name) => [name, shown(name)]));
}
