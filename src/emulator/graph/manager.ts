import type { Directory, DirectoryUser } from '../directory/index.ts';
import type { HttpResponse } from '../http/index.ts';
import { collectionOf, GraphError, type Row, USER } from '../odata/index.ts';
import type { GraphCall } from './graph-call.ts';
import { graphJson, graphNoContent, selectedContext } from './graph-json.ts';
import { graphList } from './graph-list.ts';
import { jsonBody, referencedId } from './json-body.ts';
import { directoryOf, notFound, subjectOf, userView } from './person.ts';
import { readSelect, userJson } from './user-json.ts';

const READ = ['User.Read.All', 'User.ReadWrite.All', 'Directory.Read.All', 'Directory.ReadWrite.All'];
const WRITE = ['User.ReadWrite.All', 'Directory.ReadWrite.All'];

/** An `$expand` of the manager, with what is selected of it; undefined where nothing is expanded. */
interface ExpandedManager {
  readonly select: readonly string[] | undefined;
}

/** Reads `$expand=manager` and `$expand=manager($select=…)`. @throws GraphError 400 for anything else */
export function readExpand(expand: string | undefined): ExpandedManager | undefined {
  if (expand === undefined) return undefined;
  const [whole, options = ''] = /^manager(?:\((.*)\))?$/i.exec(expand.trim()) ?? [];
  const kept = options.split(';').filter((one) => one !== '' && !/^\$levels=(1|max)$/i.test(one));
  const [select = '$select=', ...more] = kept;
  if (whole === undefined || more.length > 0 || !/^\$select=/i.test(select))
    throw new GraphError('BadRequest', `The emulator does not have $expand=${expand}; it has manager.`);
  return { select: readSelect(select.slice('$select='.length), false) };
}

/** The member `manager` of somebody, where it is expanded and there is one. */
export function expandManager(
  expand: ExpandedManager | undefined,
  user: Row,
  directory: Directory,
  basicOnly: boolean,
): Row {
  const manager = expand === undefined ? undefined : directory.managerOf(String(user.id));
  if (expand === undefined || manager === undefined) return {};
  return {
    manager: { '@odata.type': '#microsoft.graph.user', ...userJson(manager, expand.select, basicOnly) },
  };
}

/** GET /me/manager and /users/{id}/manager. @throws GraphError 404 where there is none */
export function manager(call: GraphCall): HttpResponse {
  const { http, caller } = call;
  const user = subjectOf(call, READ);
  const select = readSelect(http.query.$select, false);
  const found = directoryOf(call).managerOf(user.id);
  if (found === undefined) throw notFound('manager');
  return graphJson(http, 'directoryObjects/$entity', {
    '@odata.type': '#microsoft.graph.user',
    ...userView(caller, select)(found),
  });
}

/** GET /me/directReports and /users/{id}/directReports. */
export function directReports(call: GraphCall): HttpResponse {
  const { http, caller } = call;
  const user = subjectOf(call, READ, ['User.Read', 'User.ReadWrite']);
  const select = readSelect(http.query.$select, true);
  const reports: readonly DirectoryUser[] = directoryOf(call).reportsOf(user.id);
  const view = userView(caller, select);
  const jsonOf = (row: Row) => ({ '@odata.type': '#microsoft.graph.user', ...view(row) });
  const context = selectedContext('directoryObjects', select);
  return graphList(call, context, collectionOf(reports), USER, jsonOf);
}

/** PUT /users/{id}/manager/$ref */
export function setManager(call: GraphCall): HttpResponse {
  const user = subjectOf(call, WRITE);
  const directory = directoryOf(call);
  const id = referencedId(jsonBody(call.http));
  if (directory.find(id) === undefined) throw notFound(id);
  directory.setManager(user.id, id);
  return graphNoContent(call.http);
}

/** DELETE /users/{id}/manager/$ref */
export function removeManager(call: GraphCall): HttpResponse {
  const user = subjectOf(call, WRITE);
  directoryOf(call).setManager(user.id, undefined);
  return graphNoContent(call.http);
}
