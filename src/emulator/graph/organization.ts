import type { HttpResponse } from '../http/index.ts';
import { collectionOf, type Row } from '../odata/index.ts';
import type { Tenant } from '../registry/index.ts';
import { directoryTenant, requireAny } from './caller.ts';
import type { GraphCall } from './graph-call.ts';
import { graphJson } from './graph-json.ts';
import { graphList } from './graph-list.ts';
import { notFound } from './person.ts';
import { selected } from './select.ts';

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
};

/** GET /organization: the caller's own. */
export function organizations(call: GraphCall): HttpResponse {
  const rows = collectionOf([selectedOrganization(ownTenant(call), call)]);
  return graphList(call, 'organization', rows, ORGANIZATION, (row) => row);
}

/** GET /organization/{id} */
export function organization(call: GraphCall): HttpResponse {
  const tenant = ownTenant(call);
  if (call.params.id !== tenant.id) throw notFound(call.params.id ?? '');
  return graphJson(call.http, 'organization/$entity', selectedOrganization(tenant, call));
}

function selectedOrganization(tenant: Tenant, { http }: GraphCall): Row {
  return selected(organizationJson(tenant), http.query.$select, ORGANIZATION.name);
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
