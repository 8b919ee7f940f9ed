import { type Account, isGuest, isPersonal } from './accounts.ts';
import { type Answer, jsonAnswer } from './answer.ts';
import type { Asked } from './asked.ts';
import type { Directory, DirectoryUser } from './directory.ts';
import { countOf, readPage } from './directory-page.ts';
import { isEventual, readDirectoryQuery } from './directory-query.ts';
import {
  type Caller,
  directoryTenant,
  hasAny,
  readCaller,
  requireAny,
  requirePerson,
} from './graph-caller.ts';
import { GraphError, graphErrorAnswer, graphHeaders } from './graph-error.ts';
import { personalJson, readSelect, userJson } from './graph-user.ts';
import type { World } from './world.ts';

const FULL = ['User.Read.All', 'User.ReadWrite.All', 'Directory.Read.All'];
/** Any of these lets somebody read other people. */
export const BASIC_OR_FULL = ['User.ReadBasic.All', ...FULL];
/** Any of these lets a person read the own record. */
export const OWN = ['User.Read', 'User.ReadWrite', ...BASIC_OR_FULL];
const JSON_TYPE =
  'application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8';

/** Makes an endpoint of Graph: the caller is known before the endpoint runs, and refusals become answers. */
export function graphEndpoint(
  endpoint: (asked: Asked, world: World, caller: Caller) => Answer,
): (asked: Asked, world: World) => Answer {
  return (asked, world) => {
    try {
      return endpoint(asked, world, readCaller(asked, world));
    } catch (error) {
      if (!(error instanceof GraphError)) throw error;
      return graphErrorAnswer(asked, error, world.now());
    }
  };
}

/** A successful Graph answer with the context that its metadata would explain (wire reference G2, G6). */
export function graphJson(asked: Asked, context: string, content: Readonly<Record<string, unknown>>): Answer {
  const body = { '@odata.context': `${asked.origin}/v1.0/$metadata#${context}`, ...content };
  return jsonAnswer(200, body, {
    ...graphHeaders(asked),
    'Content-Type': JSON_TYPE,
    'OData-Version': '4.0',
  });
}

function contextOf(select: readonly string[] | undefined, suffix: string): string {
  return select === undefined ? `users${suffix}` : `users(${select.join(',')})${suffix}`;
}

/** GET /me (wire reference G1). */
export function me(asked: Asked, world: World, caller: Caller): Answer {
  const account = requirePerson(caller);
  if (!isPersonal(account)) requireAny(caller, OWN);
  const select = readSelect(asked.query.$select, false);
  return graphJson(asked, contextOf(select, '/$entity'), ownJson(account, select, world));
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
export function users(asked: Asked, world: World, caller: Caller): Answer {
  const directory = listableDirectory(world, caller);
  const select = readSelect(asked.query.$select, true);
  const page = readPage(asked, directory, world.seal);
  return graphJson(asked, contextOf(select, ''), {
    ...(page.count === undefined ? {} : { '@odata.count': page.count }),
    ...(page.nextSkipToken === undefined ? {} : { '@odata.nextLink': nextLink(asked, page.nextSkipToken) }),
    value: page.users.map(jsonFor(caller, select)),
  });
}

/** The same request, at the same origin, further on (wire reference G3, "paging"). */
function nextLink(asked: Asked, skipToken: string): string {
  const { $skiptoken: _own, ...query } = asked.query;
  const kept = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return `${asked.origin}${asked.path}?${[...kept, `$skiptoken=${skipToken}`].join('&')}`;
}

/** GET /users/$count (wire reference G3). */
export function usersCount(asked: Asked, world: World, caller: Caller): Answer {
  const directory = listableDirectory(world, caller);
  if (!isEventual(asked)) throw new GraphError('Request_BadRequest', '$count is not currently supported.');
  const count = countOf(readDirectoryQuery(asked), directory);
  return {
    status: 200,
    headers: { ...graphHeaders(asked), 'Content-Type': 'text/plain' },
    body: String(count),
  };
}

/** GET /users/{id or user principal name} (wire reference G1). */
export function user(asked: Asked, world: World, caller: Caller): Answer {
  const select = readSelect(asked.query.$select, false);
  const isSelf = caller.kind === 'person' && isOneself(asked.id, caller.account);
  if (isSelf && caller.kind === 'person') {
    if (!isPersonal(caller.account)) requireAny(caller, OWN);
    return graphJson(asked, contextOf(select, '/$entity'), ownJson(caller.account, select, world));
  }
  const found = findUser(asked.id, world, caller);
  const json = jsonFor(caller, select)(found);
  return graphJson(asked, contextOf(select, '/$entity'), { ...(json as Record<string, unknown>) });
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
