import type { HttpResponse } from '../../http/index.ts';
import { GraphError, type Row } from '../../odata/index.ts';
import { listedKeys, permissionKey, type Registration, servicePrincipalId } from '../../registry/index.ts';
import { ALL_REGISTERED, assignmentsOf } from '../../state/index.ts';
import type { GraphCall } from '../graph-call.ts';
import { graphJson, graphNoContent } from '../graph-json.ts';
import { jsonBody, requiredText } from '../json-body.ts';
import { notFound } from '../person.ts';
import { listed, principalOf, principalsIn, tenantToChange, tenantToRead } from './access.ts';

const WRITE = ['AppRoleAssignment.ReadWrite.All'];
const READ = [...WRITE, 'Application.Read.All', 'Application.ReadWrite.All', 'Directory.Read.All'];
const ENTITY = {
  name: 'appRoleAssignment',
  filterable: ['id', 'appRoleId', 'resourceId'],
};

/** An application permission that an app has in a tenant. */
interface Assignment {
  client: Registration;
  resource: Registration;
  role: Registration['appRoles'][number];
}

/** GET /servicePrincipals/{id}/appRoleAssignments */
export function roleAssignments(call: GraphCall): HttpResponse {
  const tenantId = tenantToRead(call, READ);
  const all = assignmentsTo(principalOf(call, tenantId), tenantId, call).map((one) => jsonOf(one, tenantId));
  return listed(all, 'servicePrincipals/appRoleAssignments', ENTITY, call);
}

/** GET /servicePrincipals/{id}/appRoleAssignedTo: by whom an API may be called. */
export function roleAssignedTo(call: GraphCall): HttpResponse {
  const tenantId = tenantToRead(call, READ);
  const resource = principalOf(call, tenantId);
  const all = principalsIn(tenantId, call).flatMap((client) => assignmentsTo(client, tenantId, call));
  const own = all.filter((one) => one.resource.clientId === resource.clientId);
  const rows = own.map((one) => jsonOf(one, tenantId));
  return listed(rows, 'servicePrincipals/appRoleAssignedTo', ENTITY, call);
}

/** POST /servicePrincipals/{id}/appRoleAssignments and appRoleAssignedTo (MGD serviceprincipal-post-approleassignments.md) */
export function assignRole(call: GraphCall): HttpResponse {
  const tenantId = tenantToChange(call, WRITE);
  const body = jsonBody(call.http);
  const [principalId, resourceId, appRoleId] = ['principalId', 'resourceId', 'appRoleId'].map((name) =>
    requiredText(body, name, 'AppRoleAssignment'),
  );
  const resource = principalOf(call, tenantId, resourceId);
  const role = resource.appRoles.find((one) => one.id === appRoleId && one.for.includes('applications'));
  if (role === undefined)
    throw new GraphError('Request_BadRequest', 'Permission being assigned was not found on application');
  const made = { client: principalOf(call, tenantId, principalId), resource, role };
  if (assignmentsTo(made.client, tenantId, call).some((one) => idOf(one) === idOf(made)))
    throw new GraphError('Request_BadRequest', 'Permission being assigned already exists on the object');
  change(made, tenantId, call, (given) => [...given, keyOf(made)]);
  return graphJson(call.http, 'appRoleAssignments/$entity', jsonOf(made, tenantId), 201);
}

/** DELETE /servicePrincipals/{id}/appRoleAssignments/{assignment} */
export function removeRole(call: GraphCall): HttpResponse {
  const tenantId = tenantToChange(call, WRITE);
  const { assignment = '' } = call.params;
  const all = assignmentsTo(principalOf(call, tenantId), tenantId, call);
  const found = all.find((one) => idOf(one) === assignment);
  if (found === undefined) throw notFound(assignment);
  change(found, tenantId, call, (given) => given.filter((one) => one !== keyOf(found)));
  return graphNoContent(call.http);
}

function change(
  { client }: Assignment,
  tenantId: string,
  { world }: GraphCall,
  to: (given: readonly string[]) => readonly string[],
): void {
  const owner = assignmentsOf(tenantId);
  world.consents.put(owner, client.clientId, to(world.consents.givenBy(owner, client.clientId)));
}

/** One by one, and by an administrator's consent to what is registered. */
function assignmentsTo(client: Registration, tenantId: string, call: GraphCall): readonly Assignment[] {
  const { http, world } = call;
  const isConsented =
    client.adminConsented || world.consents.givenBy(tenantId, client.clientId).includes(ALL_REGISTERED);
  const consented = isConsented
    ? listedKeys(client.applicationPermissions, { http, registration: client, world })
    : [];
  const given = world.consents.givenBy(assignmentsOf(tenantId), client.clientId);
  const keys = new Set([...consented, ...given]);
  return principalsIn(tenantId, call).flatMap((resource) =>
    resource.appRoles.map((role) => ({ client, resource, role })).filter((one) => keys.has(keyOf(one))),
  );
}

/** As consents know it. */
function keyOf({ resource, role }: Assignment): string {
  return permissionKey(resource.clientId, role.value);
}

function idOf({ client, resource, role }: Assignment): string {
  return Buffer.from(`${client.clientId} ${resource.clientId} ${role.id}`).toString('base64url');
}

function jsonOf(one: Assignment, tenantId: string): Row {
  return {
    id: idOf(one),
    deletedDateTime: null,
    appRoleId: one.role.id,
    createdDateTime: null,
    principalDisplayName: one.client.name,
    principalId: servicePrincipalId(tenantId, one.client.clientId),
    principalType: 'ServicePrincipal',
    resourceDisplayName: one.resource.name,
    resourceId: servicePrincipalId(tenantId, one.resource.clientId),
  };
}
