import type { HttpResponse } from '../../http/index.ts';
import { collectionOf, type EntityType, type Row } from '../../odata/index.ts';
import { type Registration, servicePrincipalId } from '../../registry/index.ts';
import { denied, directoryTenant, requireAny } from '../caller.ts';
import type { GraphCall } from '../graph-call.ts';
import { graphList } from '../graph-list.ts';
import { notFound } from '../person.ts';
import { selected } from '../select.ts';
import { GRAPH } from './api-ids.ts';
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
  throw denied();
}

/** The application that the path names, by its object id or by `(appId='…')`. @throws GraphError 404 */
export function applicationOf({ params, world, caller }: GraphCall): Registration {
  const own = world.registrations.filter((one) => one.homeTenantId === directoryTenant(caller));
  return named(params.id, own, (one) => applicationId(one.clientId));
}

/** The app whose service principal has an id, by default the one that the path names. @throws GraphError 404 */
export function principalOf(call: GraphCall, tenantId: string, id = call.params.id): Registration {
  return named(id, principalsIn(tenantId, call), (one) => servicePrincipalId(tenantId, one.clientId));
}

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
  return [...registrationsIn(tenantId, world).filter((one) => one.lacksPrincipal !== true), GRAPH];
}

/** A list, each row with the selected properties only. */
export function listed(
  rows: readonly Row[],
  context: string,
  entity: EntityType,
  call: GraphCall,
): HttpResponse {
  const jsonOf = (row: Row): Row => selected(row, call.http.query.$select, entity.name);
  return graphList(call, context, collectionOf(rows), entity, jsonOf);
}
