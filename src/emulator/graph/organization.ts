import type { HttpResponse } from '../http/index.ts';
import { collectionOf, GraphError, listMembers, type Row } from '../odata/index.ts';
import type { Tenant } from '../registry/index.ts';
import { directoryTenant, requireAny } from './caller.ts';
import type { GraphCall } from './graph-call.ts';
import { graphJson } from './graph-json.ts';
import { notFound } from './person.ts';

const READ = [
  'User.Read',
  'User.ReadWrite',
  'User.Read.All',
  'User.ReadWrite.All',
  'Organization.Read.All',
  'Organization.ReadWrite.All',
  'Directory.Read.All',
  'Directory.ReadWrite.All',
];

const ORGANIZATION = {
  name: 'organization',
  filterable: ['id', 'displayName'],
  searchable: [],
  sortable: [],
};

/** GET /organization: the caller's own. */
export function organizations(call: GraphCall): HttpResponse {
  const rows = collectionOf([selected(call, organizationJson(ownTenant(call)))]);
  const content = listMembers(call.http, rows, ORGANIZATION, call.world.seal, (row) => row);
  return graphJson(call.http, 'organization', content);
}

/** GET /organization/{id} */
export function organization(call: GraphCall): HttpResponse {
  const tenant = ownTenant(call);
  if (call.params.id !== tenant.id) throw notFound(call.params.id ?? '');
  return graphJson(call.http, 'organization/$entity', selected(call, organizationJson(tenant)));
}

function ownTenant({ world, caller }: GraphCall): Tenant {
  const tenantId = directoryTenant(caller);
  requireAny(caller, READ);
  const tenant = world.tenants.find((one) => one.id === tenantId);
  if (tenant === undefined) throw notFound(tenantId);
  return tenant;
}

/** What Graph tells of an organisation when nothing is selected (MGD resources/organization.md). */
function organizationJson({ id, name, domain }: Tenant): Row {
  const domains = { capabilities: 'Email, OfficeCommunicationsOnline', isDefault: true, isInitial: true };
  return {
    id,
    deletedDateTime: null,
    businessPhones: [],
    city: null,
    country: null,
    countryLetterCode: null,
    createdDateTime: null,
    defaultUsageLocation: null,
    displayName: name,
    isMultipleDataLocationsForServicesEnabled: null,
    marketingNotificationEmails: [],
    onPremisesLastSyncDateTime: null,
    onPremisesSyncEnabled: null,
    partnerTenantType: null,
    postalCode: null,
    preferredLanguage: 'en',
    securityComplianceNotificationMails: [],
    securityComplianceNotificationPhones: [],
    state: null,
    street: null,
    technicalNotificationMails: [],
    tenantType: 'AAD',
    assignedPlans: [],
    privacyProfile: null,
    provisionedPlans: [],
    verifiedDomains: [{ ...domains, name: domain, type: 'Managed' }],
  };
}

function selected({ http }: GraphCall, row: Row): Row {
  const { $select: select } = http.query;
  if (select === undefined) return row;
  const names = select.split(',').map((one) => one.trim());
  const unknown = names.find((name) => !(name in row));
  if (unknown !== undefined)
    throw new GraphError(
      'BadRequest',
      `Parsing OData Select and Expand failed: Could not find a property named '${unknown}' on type 'microsoft.graph.organization'.`,
    );
  return Object.fromEntries(names.map((name) => [name, row[name]]));
}
