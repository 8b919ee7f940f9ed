import type { Api } from '../graph/index.ts';
import { idOfPermission } from './app-changes.ts';
import type { Change } from './change.ts';
import type { Registered } from './registered.ts';
import { quoted, type Row, rowsOf, textOf } from './rows.ts';
import type { Wishes } from './wishes.ts';

/** What every sign-in asks Graph for besides (OpenID Connect). */
const OIDC = ['openid', 'profile', 'offline_access'];

interface Wished {
  resource: Row;
  scopes: readonly string[];
}

/** An administrator's consent for everybody of the tenant: to what the app asks for, and no more. */
export async function consentChanges(graph: Api, registered: Registered, wishes: Wishes): Promise<Change[]> {
  const { principal } = registered;
  const wished = grantsOf(registered, wishes);
  const grants = principal === undefined ? [] : await grantsTo(graph, principal);
  const assigned =
    principal === undefined
      ? []
      : await rowsOf(graph, `/v1.0/servicePrincipals/${textOf(principal, 'id')}/appRoleAssignments`);
  return [
    ...wished.flatMap((one) => grantChange(graph, one, grants)),
    ...wishes.roles.flatMap((name) => roleChange(graph, registered, name, assigned)),
  ];
}

function grantsOf({ api, graph }: Registered, { scopes }: Wishes): Wished[] {
  if (textOf(api, 'id') === textOf(graph, 'id')) return [{ resource: graph, scopes: [...scopes, ...OIDC] }];
  return [
    { resource: graph, scopes: OIDC },
    { resource: api, scopes },
  ];
}

async function grantsTo(graph: Api, principal: Row): Promise<Row[]> {
  const filter = `clientId eq ${quoted(textOf(principal, 'id'))}`;
  const all = await rowsOf(graph, `/v1.0/oauth2PermissionGrants?$filter=${filter}`);
  return all.filter(({ consentType }) => consentType === 'AllPrincipals');
}

function grantChange(graph: Api, { resource, scopes }: Wished, grants: readonly Row[]): Change[] {
  const grant = grants.find(({ resourceId }) => resourceId === resource.id);
  const before = textOf(grant, 'scope')
    .split(' ')
    .filter((scope) => scope !== '');
  const missing = scopes.filter((scope) => !before.includes(scope));
  if (missing.length === 0) return [];
  const scope = [...before, ...missing].join(' ');
  return [
    {
      says: [`consent for everybody to ${missing.join(' ')} of ${textOf(resource, 'displayName')}`],
      async make({ principalId }) {
        if (grant !== undefined)
          await graph.patch(`/v1.0/oauth2PermissionGrants/${textOf(grant, 'id')}`, { scope });
        else
          await graph.post('/v1.0/oauth2PermissionGrants', {
            ...{ clientId: principalId, consentType: 'AllPrincipals', resourceId: resource.id, scope },
          });
      },
    },
  ];
}

function roleChange(
  graph: Api,
  { graph: resource }: Registered,
  name: string,
  assigned: readonly Row[],
): Change[] {
  const appRoleId = idOfPermission(resource, 'appRoles', name);
  if (assigned.some((one) => one.appRoleId === appRoleId && one.resourceId === resource.id)) return [];
  return [
    {
      says: [`consent to the application permission ${name}`],
      async make({ principalId }) {
        await graph.post(`/v1.0/servicePrincipals/${principalId}/appRoleAssignments`, {
          ...{ principalId, resourceId: resource.id, appRoleId },
        });
      },
    },
  ];
}
