import type { Directory } from '../directory/index.ts';
import type { HttpResponse } from '../http/index.ts';
import { collectionOf, GROUP, GraphError, listMembers, type Row, sameRequest, USER } from '../odata/index.ts';
import type { GraphCall } from './graph-call.ts';
import { graphJson, selectedContext } from './graph-json.ts';
import { groupJson, readGroupSelect } from './group-json.ts';
import { READ_GROUPS } from './groups.ts';
import { directoryFor, OWN, userView } from './person.ts';
import { readSelect } from './user-json.ts';

/** What a delta token holds: which change comes next (MGD concepts/delta-query-overview.md). */
interface DeltaToken {
  readonly delta: 'user' | 'group';
  readonly next: number;
}

/** GET /users/delta */
export function usersDelta(call: GraphCall): HttpResponse {
  const { caller, http } = call;
  const directory = directoryFor(call, OWN);
  const select = readSelect(http.query.$select, true);
  const view = userView(caller, withId(select));
  return delta(call, { kind: 'user', directory, all: directory, find: directory.find, view, select });
}

/** GET /groups/delta, with the members of each group. */
export function groupsDelta(call: GraphCall): HttpResponse {
  const directory = directoryFor(call, READ_GROUPS);
  const select = readGroupSelect(call.http.query.$select);
  const view = (row: Row) => ({
    ...groupJson(row, withId(select)),
    'members@delta': directory.groups.members(String(row.id)).map((id) => ({
      '@odata.type': `#microsoft.graph.${directory.groups.find(id) === undefined ? 'user' : 'group'}`,
      id,
    })),
  });
  const { all, find } = directory.groups;
  return delta(call, { kind: 'group', directory, all: collectionOf(all()), find, view, select });
}

function withId(select: readonly string[] | undefined): readonly string[] | undefined {
  return select === undefined ? undefined : [...new Set(['id', ...select])];
}

interface Tracked {
  readonly kind: 'user' | 'group';
  readonly directory: Directory;
  readonly all: Parameters<typeof listMembers>[1];
  readonly find: (id: string) => Row | undefined;
  readonly view: (row: Row) => Row;
  readonly select: readonly string[] | undefined;
}

function delta(call: GraphCall, tracked: Tracked): HttpResponse {
  const { http } = call;
  const context = selectedContext(`${tracked.kind}s`, tracked.select);
  if (http.query.$deltatoken === 'latest')
    return graphJson(http, context, { ...deltaLink(call, tracked), value: [] });
  if (http.query.$deltatoken !== undefined) return graphJson(http, context, changesSince(call, tracked));
  const entity = tracked.kind === 'user' ? USER : GROUP;
  const members = listMembers(http, tracked.all, entity, call.world.seal, tracked.view);
  return graphJson(
    http,
    context,
    '@odata.nextLink' in members ? members : { ...deltaLink(call, tracked), ...members },
  );
}

function deltaLink({ http, world }: GraphCall, { kind, directory }: Tracked): Row {
  const token: DeltaToken = { delta: kind, next: directory.changes.next };
  return { '@odata.deltaLink': sameRequest(http, { $deltatoken: world.seal.close(token) }) };
}

/** @throws GraphError 400 for a token of something else, 410 for one that is too old */
function changesSince(call: GraphCall, tracked: Tracked): Row {
  const opened = call.world.seal.open(call.http.query.$deltatoken ?? '');
  if (!isDeltaToken(opened) || opened.delta !== tracked.kind)
    throw new GraphError('BadRequest', 'Badly formed token.');
  const changes = tracked.directory.changes.since(tracked.kind, opened.next);
  if (changes === undefined)
    throw new GraphError(
      'syncStateNotFound',
      'The sync state generation is not found; continue with a full read.',
    );
  const value = changes.map((id) => {
    const found = tracked.find(id);
    return found === undefined ? { id, '@removed': { reason: 'changed' } } : tracked.view(found);
  });
  return { ...deltaLink(call, tracked), value };
}

function isDeltaToken(value: unknown): value is DeltaToken {
  return typeof value === 'object' && value !== null && 'delta' in value && 'next' in value;
}
