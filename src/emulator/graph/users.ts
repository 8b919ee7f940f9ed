import type { Directory, DirectoryUser } from '../directory/index.ts';
import type { HttpRequest, HttpResponse } from '../http/index.ts';
import { type Account, isGuest, isPersonal } from '../registry/index.ts';
import type { World } from '../state/index.ts';
import { type Caller, directoryTenant, hasAny, requireAny, requirePerson } from './caller.ts';
import { countOf, readPage } from './directory-page.ts';
import { isEventual, readDirectoryQuery } from './directory-query.ts';
import { graphJson } from './graph-endpoint.ts';
import { GraphError, graphHeaders } from './graph-error.ts';
import { personalJson, readSelect, userJson } from './user-json.ts';

const FULL = ['User.Read.All', 'User.ReadWrite.All', 'Directory.Read.All'];
/** Any of these lets somebody read other people. */
export const BASIC_OR_FULL = ['User.ReadBasic.All', ...FULL];
/** Any of these lets a person read the own record. */
export const OWN = ['User.Read', 'User.ReadWrite', ...BASIC_OR_FULL];
function contextOf(select: readonly string[] | undefined, suffix: string): string {
  return select === undefined ? `users${suffix}` : `users(${select.join(',')})${suffix}`;
}

/** GET /me (wire reference G1). */
export function me(http: HttpRequest, world: World, caller: Caller): HttpResponse {
  const account = requirePerson(caller);
  if (!isPersonal(account)) requireAny(caller, OWN);
  const select = readSelect(http.query.$select, false);
  return graphJson(http, contextOf(select, '/$entity'), ownJson(account, select, world));
}

function ownJson(account: Account, select: readonly string[] | undefined, world: World) {
  if (isPersonal(account)) return personalJson(account, select);
  const directory = world.directories.of(account.tenantId);
  return userJson(directory.at(directory.find(account.objectId)), select, false);
}

/** The directory that the caller may list. @throws GraphError 400 for personal accounts, 403 without permission */
function listableDirectory(world: World, caller: Caller): Directory {
  const tenantId = directoryTenant(caller);
  requireAny(caller, BASIC_OR_FULL);
  if (caller.kind === 'person' && isGuest(caller.account))
    throw new GraphError('Authorization_RequestDenied', 'Insufficient privileges to complete the operation.');
  return world.directories.of(tenantId);
}

function jsonFor(caller: Caller, select: readonly string[] | undefined): (user: DirectoryUser) => unknown {
  const basicOnly = !hasAny(caller, FULL);
  const ownId = caller.kind === 'person' ? caller.account.objectId : '';
  return (user) => userJson(user, select, basicOnly && user.id !== ownId);
}

/** GET /users (wire reference G1 to G3). */
export function users(http: HttpRequest, world: World, caller: Caller): HttpResponse {
  const directory = listableDirectory(world, caller);
  const select = readSelect(http.query.$select, true);
  const page = readPage(http, directory, world.seal);
  return graphJson(http, contextOf(select, ''), {
    ...(page.count === undefined ? {} : { '@odata.count': page.count }),
    ...(page.nextSkipToken === undefined ? {} : { '@odata.nextLink': nextLink(http, page.nextSkipToken) }),
    value: page.users.map(jsonFor(caller, select)),
  });
}

/** The same request, at the same origin, further on (wire reference G3, "paging"). */
function nextLink(http: HttpRequest, skipToken: string): string {
  const { $skiptoken: _own, ...query } = http.query;
  const kept = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return `${http.origin}${http.path}?${[...kept, `$skiptoken=${skipToken}`].join('&')}`;
}

/** GET /users/$count (wire reference G3). */
export function usersCount(http: HttpRequest, world: World, caller: Caller): HttpResponse {
  const directory = listableDirectory(world, caller);
  if (!isEventual(http)) throw new GraphError('Request_BadRequest', '$count is not currently supported.');
  const count = countOf(readDirectoryQuery(http), directory);
  return {
    status: 200,
    headers: { ...graphHeaders(http), 'Content-Type': 'text/plain' },
    body: String(count),
  };
}

/** GET /users/{id or user principal name} (wire reference G1). */
export function user(http: HttpRequest, world: World, caller: Caller): HttpResponse {
  const select = readSelect(http.query.$select, false);
  const isSelf = caller.kind === 'person' && isOneself(http.id, caller.account);
  if (isSelf && caller.kind === 'person') {
    if (!isPersonal(caller.account)) requireAny(caller, OWN);
    return graphJson(http, contextOf(select, '/$entity'), ownJson(caller.account, select, world));
  }
  const found = findUser(http.id, world, caller);
  const json = jsonFor(caller, select)(found);
  return graphJson(http, contextOf(select, '/$entity'), { ...(json as Record<string, unknown>) });
}

/** Whether an id in a path means the caller: object id, username, or a personal account’s short id. */
export function isOneself(id: string, account: Account): boolean {
  const shortId = account.objectId.replaceAll('-', '').slice(16);
  return [account.objectId, account.username, ...(isPersonal(account) ? [shortId] : [])].includes(
    id.toLowerCase(),
  );
}

/** Finds somebody else for a caller with one of the permissions. @throws GraphError 400, 403 or 404 */
export function findUser(
  id: string,
  world: World,
  caller: Caller,
  permissions: readonly string[] = BASIC_OR_FULL,
): DirectoryUser {
  const directory = world.directories.of(directoryTenant(caller));
  requireAny(caller, permissions);
  const position = directory.find(id);
  if (position >= 0) return directory.at(position);
  throw new GraphError(
    'Request_ResourceNotFound',
    `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`,
  );
}
