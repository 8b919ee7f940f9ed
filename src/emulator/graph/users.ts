import type { Directory } from '../directory/index.ts';
import type { HttpResponse } from '../http/index.ts';
import { type Row, USER } from '../odata/index.ts';
import { type Account, isGuest, isPersonal } from '../registry/index.ts';
import { denied, hasAny, requireAny, requirePerson } from './caller.ts';
import type { GraphCall } from './graph-call.ts';
import { graphJson, selectedContext } from './graph-json.ts';
import { graphCount, graphList } from './graph-list.ts';
import { expandManager, readExpand } from './manager.ts';
import {
  BASIC_OR_FULL,
  directoryFor,
  directoryOf,
  FULL,
  findUser,
  isOneself,
  notFound,
  OWN,
  userView,
} from './person.ts';
import { personalJson, readSelect, userJson } from './user-json.ts';

/** GET /me (wire reference G1). */
export function me(call: GraphCall): HttpResponse {
  const { caller } = call;
  const account = requirePerson(caller);
  if (!isPersonal(account)) requireAny(caller, OWN);
  return ownResponse(account, call);
}

function ownResponse(account: Account, { http, world }: GraphCall): HttpResponse {
  const select = readSelect(http.query.$select, false);
  const context = selectedContext('users', select, '/$entity');
  if (isPersonal(account)) return graphJson(http, context, personalJson(account, select));
  const directory = world.directories.of(account.tenantId);
  const user = directory.find(account.objectId);
  if (user === undefined) throw notFound(account.objectId);
  return graphJson(http, context, {
    ...userJson(user, select, false),
    ...expandManager(readExpand(http.query.$expand), user, directory, false),
  });
}

/** The directory that the caller may list. @throws GraphError 400 for personal accounts, 403 without permission */
function listableDirectory(call: GraphCall): Directory {
  const directory = directoryFor(call, BASIC_OR_FULL);
  if (call.caller.kind === 'person' && isGuest(call.caller.account)) throw denied();
  return directory;
}

/** GET /users (wire reference G1 to G3). */
export function users(call: GraphCall): HttpResponse {
  const { http, caller } = call;
  const directory = listableDirectory(call);
  const select = readSelect(http.query.$select, true);
  const view = userView(caller, select);
  const expand = readExpand(http.query.$expand);
  const basicOnly = !hasAny(caller, FULL);
  const jsonOf = (row: Row) => ({ ...view(row), ...expandManager(expand, row, directory, basicOnly) });
  return graphList(call, selectedContext('users', select), directory, USER, jsonOf);
}

/** GET /users/$count (wire reference G3). */
export function usersCount(call: GraphCall): HttpResponse {
  return graphCount(call, listableDirectory(call), USER);
}

/** GET /users/{id or user principal name} (wire reference G1). */
export function user(call: GraphCall): HttpResponse {
  const { http, caller, params } = call;
  const id = params.id ?? '';
  if (caller.kind === 'person' && isOneself(id, caller.account)) {
    if (!isPersonal(caller.account)) requireAny(caller, OWN);
    return ownResponse(caller.account, call);
  }
  const select = readSelect(http.query.$select, false);
  const found = findUser(call, id, BASIC_OR_FULL);
  return graphJson(http, selectedContext('users', select, '/$entity'), {
    ...userView(caller, select)(found),
    ...expandManager(readExpand(http.query.$expand), found, directoryOf(call), !hasAny(caller, FULL)),
  });
}
