import type { HttpResponse } from '../../http/index.ts';
import { GraphError, type Row } from '../../odata/index.ts';
import {
  GRAPH_APP_ID,
  permissionKey,
  type Registration,
  servicePrincipalId,
  splitScope,
} from '../../registry/index.ts';
import { ALL_REGISTERED } from '../../state/index.ts';
import type { GraphCall } from '../graph-call.ts';
import { graphJson, graphNoContent } from '../graph-json.ts';
import { jsonBody, requiredText } from '../json-body.ts';
import { notFound } from '../person.ts';
import { listed, principalOf, principalsIn, tenantToChange, tenantToRead } from './access.ts';

const WRITE = ['DelegatedPermissionGrant.ReadWrite.All', 'Directory.ReadWrite.All'];
const READ = [...WRITE, 'DelegatedPermissionGrant.Read.All', 'Directory.Read.All'];
const ENTITY = {
  name: 'oAuth2PermissionGrant',
  filterable: ['id', 'clientId', 'consentType', 'principalId', 'resourceId'],
};

/** What somebody, or the organisation, has let an app do at one API. */
interface Grant {
  client: Registration;
  /** The id of the API. */
  appId: string;
  /** The id of a person, or of the organisation. */
  owner: string;
  scopes: readonly string[];
}

/** GET /oauth2PermissionGrants */
export function permissionGrants(call: GraphCall): HttpResponse {
  const tenantId = tenantToRead(call, READ);
  return listed(rowsOf(grantsIn(tenantId, call), tenantId), 'oauth2PermissionGrants', ENTITY, call);
}

/** GET /servicePrincipals/{id}/oauth2PermissionGrants */
export function permissionGrantsOf(call: GraphCall): HttpResponse {
  const tenantId = tenantToRead(call, READ);
  const client = principalOf(call, tenantId);
  return listed(rowsOf(grantsTo(client, tenantId, call), tenantId), 'oauth2PermissionGrants', ENTITY, call);
}

function rowsOf(grants: readonly Grant[], tenantId: string): readonly Row[] {
  return grants.map((one) => jsonOf(one, tenantId));
}

/** POST /oauth2PermissionGrants (MGD oauth2permissiongrant-post.md) */
export function createPermissionGrant(call: GraphCall): HttpResponse {
  const tenantId = tenantToChange(call, WRITE);
  const body = jsonBody(call.http);
  const textOf = (name: string): string => requiredText(body, name, 'OAuth2PermissionGrant');
  const [clientId, resourceId, consentType] = ['clientId', 'resourceId', 'consentType'].map(textOf);
  const made: Grant = {
    client: principalOf(call, tenantId, clientId),
    appId: principalOf(call, tenantId, resourceId).clientId,
    owner: consentType === 'AllPrincipals' ? tenantId : textOf('principalId'),
    scopes: scopesIn(body),
  };
  if (grantsIn(tenantId, call).some((one) => idOf(one) === idOf(made)))
    throw new GraphError('Request_MultipleObjectsWithSameKeyValue', 'Permission entry already exists.');
  put(made, call);
  return graphJson(call.http, 'oauth2PermissionGrants/$entity', jsonOf(made, tenantId), 201);
}

/** PATCH /oauth2PermissionGrants/{id}: the scopes in place of those there were. */
export function changePermissionGrant(call: GraphCall): HttpResponse {
  put({ ...grantOf(call), scopes: scopesIn(jsonBody(call.http)) }, call);
  return graphNoContent(call.http);
}

/** DELETE /oauth2PermissionGrants/{id} */
export function deletePermissionGrant(call: GraphCall): HttpResponse {
  put({ ...grantOf(call), scopes: [] }, call);
  return graphNoContent(call.http);
}

function grantOf(call: GraphCall): Grant {
  const { id = '' } = call.params;
  const found = grantsIn(tenantToChange(call, WRITE), call).find((one) => idOf(one) === id);
  if (found === undefined) throw notFound(id);
  return found;
}

function scopesIn({ scope }: Row): readonly string[] {
  return String(scope ?? '')
    .split(' ')
    .filter((one) => one !== '');
}

function grantsIn(tenantId: string, call: GraphCall): readonly Grant[] {
  return principalsIn(tenantId, call).flatMap((client) => grantsTo(client, tenantId, call));
}

function grantsTo(client: Registration, tenantId: string, { world }: GraphCall): readonly Grant[] {
  const people = world.accounts.filter((one) => one.tenantId === tenantId).map(({ objectId }) => objectId);
  return [tenantId, ...people].flatMap((owner) => {
    const given = world.consents.givenBy(owner, client.clientId).filter((one) => one !== ALL_REGISTERED);
    return [...new Set(given.map(apiOf))].map((appId) => ({
      ...{ client, appId, owner },
      scopes: given.filter((one) => apiOf(one) === appId).map((one) => splitScope(one).name),
    }));
  });
}

/** The API of a permission that was given. */
function apiOf(given: string): string {
  return splitScope(given).identifier || GRAPH_APP_ID;
}

function put({ client, appId, owner, scopes }: Grant, { world }: GraphCall): void {
  const others = world.consents.givenBy(owner, client.clientId).filter((one) => apiOf(one) !== appId);
  const own = scopes.map((one) => permissionKey(appId, one));
  world.consents.put(owner, client.clientId, [...others, ...own]);
}

function idOf({ client, appId, owner }: Grant): string {
  return Buffer.from(`${client.clientId} ${appId} ${owner}`).toString('base64url');
}

function jsonOf(grant: Grant, tenantId: string): Row {
  const isForAll = grant.owner === tenantId;
  return {
    clientId: servicePrincipalId(tenantId, grant.client.clientId),
    consentType: isForAll ? 'AllPrincipals' : 'Principal',
    id: idOf(grant),
    principalId: isForAll ? null : grant.owner,
    resourceId: servicePrincipalId(tenantId, grant.appId),
    scope: grant.scopes.join(' '),
  };
}
