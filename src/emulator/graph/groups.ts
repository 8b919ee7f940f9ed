import type { Directory, Group } from '../directory/index.ts';
import type { HttpResponse } from '../http/index.ts';
import { collectionOf, GROUP, type Row, USER } from '../odata/index.ts';
import { hasAny } from './caller.ts';
import type { GraphCall } from './graph-call.ts';
import { graphJson, selectedContext } from './graph-json.ts';
import { graphCount, graphList } from './graph-list.ts';
import { groupJson, groupProperty, readGroupSelect } from './group-json.ts';
import { directoryFor, notFound, userView } from './person.ts';
import { namesIn } from './select.ts';
import { userProperty } from './user-json.ts';

/** Any of these lets somebody read groups and who is in them. */
export const READ_GROUPS = [
  'GroupMember.Read.All',
  'GroupMember.ReadWrite.All',
  'Group.Read.All',
  'Group.ReadWrite.All',
  'Directory.Read.All',
  'Directory.ReadWrite.All',
];

/** The group of the path. @throws GraphError 404 */
export function groupOf({ params }: GraphCall, directory: Directory): Group {
  const group = directory.groups.find(params.id ?? '');
  if (group === undefined) throw notFound(params.id ?? '');
  return group;
}

/** GET /groups */
export function groups(call: GraphCall): HttpResponse {
  const all = collectionOf(directoryFor(call, READ_GROUPS).groups.all());
  const select = readGroupSelect(call.http.query.$select);
  return graphList(call, selectedContext('groups', select), all, GROUP, (row) => groupJson(row, select));
}

/** GET /groups/$count */
export function groupsCount(call: GraphCall): HttpResponse {
  return graphCount(call, collectionOf(directoryFor(call, READ_GROUPS).groups.all()), GROUP);
}

/** GET /groups/{id} */
export function group(call: GraphCall): HttpResponse {
  const directory = directoryFor(call, READ_GROUPS);
  const select = readGroupSelect(call.http.query.$select);
  const found = groupOf(call, directory);
  return graphJson(call.http, selectedContext('groups', select, '/$entity'), groupJson(found, select));
}

/** GET /groups/{id}/members, and transitiveMembers with the members of the groups in it. */
export function members(transitive: boolean): (call: GraphCall) => HttpResponse {
  return (call) => {
    const directory = directoryFor(call, READ_GROUPS);
    const ids = memberIds(groupOf(call, directory).id, directory, transitive);
    return directoryObjects(call, directory, ids);
  };
}

/** GET /groups/{id}/owners: nobody owns a group here. */
export function owners(call: GraphCall): HttpResponse {
  const directory = directoryFor(call, READ_GROUPS);
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
  const { params } = call;
  const rows = ids.map((id) => objectRow(id, directory)).filter((row) => row !== undefined);
  const cast = params.cast === undefined ? undefined : `#${params.cast}`;
  const kept = cast === undefined ? rows : rows.filter((row) => row['@odata.type'] === cast);
  const entity = cast === '#microsoft.graph.user' ? USER : GROUP;
  return graphList(call, 'directoryObjects', collectionOf(kept), entity, objectView(call));
}

function objectRow(id: string, directory: Directory): Row | undefined {
  const user = directory.find(id);
  if (user !== undefined) return { '@odata.type': '#microsoft.graph.user', ...user };
  const found = directory.groups.find(id);
  return found === undefined ? undefined : { '@odata.type': '#microsoft.graph.group', ...found };
}

/** Of what a caller may not read there is the type and the id, and nothing else (wire reference K5). */
function objectView({ caller, http }: GraphCall): (row: Row) => unknown {
  // A list of several types takes what one of them has.
  const names = namesIn(http.query.$select);
  const viewUser = userView(
    caller,
    names?.flatMap((name) => userProperty(name) ?? []),
  );
  const groupSelect = names?.flatMap((name) => groupProperty(name) ?? []);
  const mayReadGroups = hasAny(caller, READ_GROUPS);
  return (row) => {
    const type = { '@odata.type': row['@odata.type'] };
    if (row['@odata.type'] === '#microsoft.graph.user') return { ...type, ...viewUser(row) };
    return { ...type, ...groupJson(mayReadGroups ? row : { id: row.id }, groupSelect) };
  };
}
