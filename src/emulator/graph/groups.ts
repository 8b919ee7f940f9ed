import type { Directory, Group } from '../directory/index.ts';
import type { HttpResponse } from '../http/index.ts';
import {
  collectionOf,
  countOf,
  GROUP,
  GraphError,
  isEventual,
  listMembers,
  type Row,
  readListQuery,
  USER,
} from '../odata/index.ts';
import { directoryTenant, hasAny, requireAny } from './caller.ts';
import type { GraphCall } from './graph-call.ts';
import { graphCount, graphJson, selectedContext } from './graph-json.ts';
import { groupJson, readGroupSelect } from './group-json.ts';
import { notFound, userView } from './person.ts';
import { readSelect } from './user-json.ts';

/** Any of these lets somebody read groups and who is in them. */
export const READ_GROUPS = [
  'GroupMember.Read.All',
  'GroupMember.ReadWrite.All',
  'Group.Read.All',
  'Group.ReadWrite.All',
  'Directory.Read.All',
  'Directory.ReadWrite.All',
];

/** The caller's directory, where it may read groups. @throws GraphError 400, 403 */
export function groupDirectory({ world, caller }: GraphCall, permissions = READ_GROUPS): Directory {
  const tenantId = directoryTenant(caller);
  requireAny(caller, permissions);
  return world.directories.of(tenantId);
}

/** The group of the path. @throws GraphError 404 */
export function groupOf({ params }: GraphCall, directory: Directory): Group {
  const group = directory.groups.find(params.id ?? '');
  if (group === undefined) throw notFound(params.id ?? '');
  return group;
}

/** GET /groups */
export function groups(call: GraphCall): HttpResponse {
  const { http, world } = call;
  const directory = groupDirectory(call);
  const select = readGroupSelect(http.query.$select);
  const rows = collectionOf(directory.groups.all());
  const members = listMembers(http, rows, GROUP, world.seal, (row) => groupJson(row, select));
  return graphJson(http, selectedContext('groups', select), members);
}

/** GET /groups/$count */
export function groupsCount(call: GraphCall): HttpResponse {
  const directory = groupDirectory(call);
  if (!isEventual(call.http))
    throw new GraphError('Request_BadRequest', '$count is not currently supported.');
  return graphCount(
    call.http,
    countOf(readListQuery(call.http, GROUP), collectionOf(directory.groups.all())),
  );
}

/** GET /groups/{id} */
export function group(call: GraphCall): HttpResponse {
  const directory = groupDirectory(call);
  const select = readGroupSelect(call.http.query.$select);
  const found = groupOf(call, directory);
  return graphJson(call.http, selectedContext('groups', select, '/$entity'), groupJson(found, select));
}

/** GET /groups/{id}/members, and transitiveMembers with the members of the groups in it. */
export function members(transitive: boolean): (call: GraphCall) => HttpResponse {
  return (call) => {
    const directory = groupDirectory(call);
    const ids = memberIds(groupOf(call, directory).id, directory, transitive);
    return directoryObjects(call, directory, ids);
  };
}

/** GET /groups/{id}/owners: nobody owns a group here. */
export function owners(call: GraphCall): HttpResponse {
  const directory = groupDirectory(call);
  groupOf(call, directory);
  return directoryObjects(call, directory, []);
}

function memberIds(id: string, { groups: all }: Directory, transitive: boolean): readonly string[] {
  const found = new Set(all.members(id));
  // A set that grows while it is walked is walked to its end.
  if (transitive) for (const member of found) for (const inner of all.members(member)) found.add(inner);
  return [...found];
}

/** A list of users and groups, cast to one of the two where the path says so. */
export function directoryObjects(
  call: GraphCall,
  directory: Directory,
  ids: readonly string[],
): HttpResponse {
  const { http, world, params } = call;
  const rows = ids.map((id) => objectRow(id, directory)).filter((row) => row !== undefined);
  const cast = params.cast === undefined ? undefined : `#${params.cast}`;
  const kept = cast === undefined ? rows : rows.filter((row) => row['@odata.type'] === cast);
  const entity = cast === '#microsoft.graph.user' ? USER : GROUP;
  const content = listMembers(http, collectionOf(kept), entity, world.seal, objectView(call));
  return graphJson(http, selectedContext('directoryObjects', undefined), content);
}

function objectRow(id: string, directory: Directory): Row | undefined {
  const user = directory.find(id);
  if (user !== undefined) return { '@odata.type': '#microsoft.graph.user', ...user };
  const found = directory.groups.find(id);
  return found === undefined ? undefined : { '@odata.type': '#microsoft.graph.group', ...found };
}

/** Of what a caller may not read there is the type and the id, and nothing else (wire reference K5). */
function objectView({ caller, http }: GraphCall): (row: Row) => unknown {
  const { $select: select } = http.query;
  const viewUser = userView(
    caller,
    selectOf(select, (text) => readSelect(text, true)),
  );
  const groupSelect = selectOf(select, readGroupSelect);
  const mayReadGroups = hasAny(caller, READ_GROUPS);
  return (row) => {
    const type = { '@odata.type': row['@odata.type'] };
    if (row['@odata.type'] === '#microsoft.graph.user') return { ...type, ...viewUser(row) };
    return { ...type, ...groupJson(mayReadGroups ? row : { id: row.id }, groupSelect) };
  };
}

/** A list of several types takes what one of them has. */
function selectOf(
  select: string | undefined,
  read: (select: string | undefined) => readonly string[] | undefined,
): readonly string[] | undefined {
  if (select === undefined) return undefined;
  return select.split(',').flatMap((one) => {
    try {
      return read(one.trim()) ?? [];
    } catch {
      return [];
    }
  });
}
