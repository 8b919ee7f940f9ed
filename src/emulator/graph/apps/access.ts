import type { HttpResponse } from '../../http/index.ts';
import { collectionOf, type EntityType, GraphError, listMembers, type Row } from '../../odata/index.ts';
import { GRAPH_APP_ID, type Registration, registration, servicePrincipalId } from '../../registry/index.ts';
import { directoryTenant, requireAny } from '../caller.ts';
import type { GraphCall } from '../graph-call.ts';
import { graphJson } from '../graph-json.ts';
import { notFound } from '../person.ts';
import { graphAsRegistration } from './api-ids.ts';
import { applicationId, registrationsIn } from './application-json.ts';

const WRITE = ['Application.ReadWrite.All', 'Application.ReadWrite.OwnedBy', 'Directory.ReadWrite.All'];
const READ = ['Application.Read.All', ...WRITE, 'Directory.Read.All'];
/** Who may change apps of others (Microsoft's page on built-in roles). */
const ADMINISTRATORS = [
  '62e90394-69f5-4237-9190-012177145e10',
  '9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3',
  '158c047a-c907-4556-b7ef-446551a6b5f7',
];

/** The tenant whose apps the caller may read. @throws GraphError 403 */
export function tenantToRead({ caller }: GraphCall, permissions: readonly string[] = READ): string {
  const tenantId = directoryTenant(caller);
  requireAny(caller, permissions);
  return tenantId;
}

/** The tenant whose apps the caller may change: what an app may do for a person, that person has to be allowed too. */
export function tenantToChange(call: GraphCall, permissions: readonly string[] = WRITE): string {
  const tenantId = tenantToRead(call, permissions);
  const { caller } = call;
  if (caller.kind === 'app' || caller.account.directoryRoles.some((role) => ADMINISTRATORS.includes(role)))
    return tenantId;
  throw new GraphError('Authorization_RequestDenied', 'Insufficient privileges to complete the operation.');
}

/** The application that the path names, by its object id or by `(appId='…')`. @throws GraphError 404 */
export function applicationOf({ params, world, caller }: GraphCall): Registration {
  const own = world.registrations.filter((one) => one.homeTenantId === directoryTenant(caller));
  return named(params.id, own, (one) => applicationId(one.clientId));
}

/** The app whose service principal the path names; Microsoft Graph is one. @throws GraphError 404 */
export function principalOf(call: GraphCall, tenantId: string): Registration {
  return named(call.params.id, principalsIn(tenantId, call), idIn(tenantId));
}

/** The app whose service principal has this id. @throws GraphError 404 */
export function principalById(id: unknown, tenantId: string, call: GraphCall): Registration {
  return named(String(id), principalsIn(tenantId, call), idIn(tenantId));
}

const idIn = (tenantId: string) => (one: Registration) => servicePrincipalId(tenantId, one.clientId);

function named(id = '', among: readonly Registration[], idOf: (one: Registration) => string): Registration {
  const [, appId] = /^appId='([^']+)'$/i.exec(id) ?? [];
  const found = among.find((one) =>
    appId === undefined ? idOf(one) === id.toLowerCase() : one.clientId === appId.toLowerCase(),
  );
  if (found === undefined) throw notFound(id);
  return found;
}

/** The apps that have a service principal in a tenant, and Microsoft Graph. */
export function principalsIn(tenantId: string, { world }: GraphCall): readonly Registration[] {
  const graph = graphAsRegistration(registration({ clientId: GRAPH_APP_ID }), GRAPH_APP_ID);
  return [...registrationsIn(tenantId, world).filter((one) => one.lacksPrincipal !== true), graph];
}

/** A list, each row with the selected properties only. */
export function listed(
  rows: readonly Row[],
  context: string,
  entity: EntityType,
  { http, world }: GraphCall,
): HttpResponse {
  const jsonOf = (row: Row): Row => selected(row, http.query.$select, entity.name);
  return graphJson(http, context, listMembers(http, collectionOf(rows), entity, world.seal, jsonOf));
}

/** Only the selected properties. @throws GraphError 400 for one that there is not */
export function selected(row: Row, select: string | undefined, type: string): Row {
  if (select === undefined || select.trim() === '*') return row;
  const names = select.split(',').map((one) => one.trim());
  const unknown = names.find((name) => !(name in row));
  if (unknown === undefined) return Object.fromEntries(names.map((name) => [name, row[name]]));
  throw new GraphError(
    'BadRequest',
    `Parsing OData Select and Expand failed: Could not find a property named '${unknown}' on type 'microsoft.graph.${type}'.`,
  );
}
