import {
  type HttpRequest,
  type HttpResponse,
  jsonResponse,
  NO_STORE,
  platformHeaders,
} from '../http/index.ts';
import { accountByUsername, isPersonal, type Tenant } from '../registry/index.ts';
import type { World } from '../state/index.ts';

/** Which cloud answered: the name that the real one gives itself. */
const CLOUD = 'microsoftonline.com';

/**
 * GET /common/userrealm/{user}: who checks somebody's password. MSALs ask before they send one, in version 1.0 (wire
 * reference K3). Nobody is federated here.
 */
export function userRealm(http: HttpRequest, world: World): HttpResponse {
  const user = (http.id || http.query.user) ?? '';
  const tenant = tenantOf(user, world);
  const body = (http.query['api-version'] ?? '').startsWith('2.') ? second(user, tenant) : first(tenant);
  return jsonResponse(200, body, { ...NO_STORE, ...platformHeaders(http) });
}

function tenantOf(user: string, { accounts, tenants }: World): Tenant | undefined {
  const username = user.toLowerCase();
  const account = accountByUsername(username, accounts);
  const domain = username.split('@')[1];
  const found = tenants.find(({ id, domain: own }) =>
    account === undefined ? own === domain : id === account.homeTenantId,
  );
  return found === undefined || isPersonal({ tenantId: found.id }) ? undefined : found;
}

function first(tenant: Tenant | undefined): object {
  const cloud = { cloud_instance_name: CLOUD, cloud_audience_urn: 'urn:federation:MicrosoftOnline' };
  return tenant === undefined
    ? { ver: '1.0', account_type: 'Unknown', ...cloud }
    : { ver: '1.0', account_type: 'Managed', domain_name: tenant.domain, ...cloud };
}

function second(user: string, tenant: Tenant | undefined): object {
  const rest = {
    Login: user,
    CloudInstanceName: CLOUD,
    CloudInstanceIssuerUri: 'urn:federation:MicrosoftOnline',
  };
  return tenant === undefined
    ? { State: 1, UserState: 1, NameSpaceType: 'Unknown', ...rest }
    : {
        ...{ State: 4, UserState: 2, NameSpaceType: 'Managed', ...rest },
        ...{ DomainName: tenant.domain, FederationBrandName: tenant.name },
      };
}
