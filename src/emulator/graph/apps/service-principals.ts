import type { HttpResponse } from '../../http/index.ts';
import { GraphError } from '../../odata/index.ts';
import type { GraphCall } from '../graph-call.ts';
import { graphJson } from '../graph-json.ts';
import { jsonBody, requiredText } from '../json-body.ts';
import { selected } from '../select.ts';
import { listed, principalOf, principalsIn, tenantToChange, tenantToRead } from './access.ts';
import { servicePrincipalJson } from './application-json.ts';

const SERVICE_PRINCIPAL = {
  name: 'servicePrincipal',
  filterable: ['id', 'appId', 'displayName', 'servicePrincipalType', 'servicePrincipalNames', 'tags'],
  searchable: ['displayName'],
  sortable: ['displayName'],
} as const;

/** GET /servicePrincipals: the apps of the tenant, and Microsoft Graph. */
export function servicePrincipals(call: GraphCall): HttpResponse {
  const tenantId = tenantToRead(call);
  const all = principalsIn(tenantId, call).map((one) => servicePrincipalJson(one, tenantId, call.world));
  return listed(all, 'servicePrincipals', SERVICE_PRINCIPAL, call);
}

/** GET /servicePrincipals/{id} and /servicePrincipals(appId='…') */
export function servicePrincipal(call: GraphCall): HttpResponse {
  const tenantId = tenantToRead(call);
  const found = servicePrincipalJson(principalOf(call, tenantId), tenantId, call.world);
  const json = selected(found, call.http.query.$select, 'servicePrincipal');
  return graphJson(call.http, 'servicePrincipals/$entity', json);
}

/** POST /servicePrincipals: an app that Graph made gets what it needs to be itself in the tenant. */
export function createServicePrincipal(call: GraphCall): HttpResponse {
  const tenantId = tenantToChange(call);
  const appId = requiredText(jsonBody(call.http), 'appId', 'ServicePrincipal').toLowerCase();
  if (principalsIn(tenantId, call).some((one) => one.clientId === appId))
    throw new GraphError(
      'Request_MultipleObjectsWithSameKeyValue',
      `The service principal cannot be created, updated, or restored because the service principal name ${appId} is already in use.`,
    );
  const app = call.world.registrations.find((one) => one.clientId === appId && one.homeTenantId === tenantId);
  if (app === undefined)
    throw new GraphError(
      'Request_BadRequest',
      `When using this permission, the backing application of the service principal being created must in the local tenant`,
    );
  const { lacksPrincipal: _lacks, ...whole } = app;
  call.world.putRegistration(whole);
  return graphJson(
    call.http,
    'servicePrincipals/$entity',
    servicePrincipalJson(whole, tenantId, call.world),
    201,
  );
}
