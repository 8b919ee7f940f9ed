import type { Directory, DirectoryUser } from '../directory/index.ts';
import { GraphError, type Row } from '../odata/index.ts';
import { type Account, isPersonal } from '../registry/index.ts';
import { type Caller, directoryTenant, hasAny, requireAny, requirePerson } from './caller.ts';
import type { GraphCall } from './graph-call.ts';
import { userJson } from './user-json.ts';

/** Any of these shows all of other people. */
export const FULL = ['User.Read.All', 'User.ReadWrite.All', 'Directory.Read.All', 'Directory.ReadWrite.All'];
/** Any of these lets somebody read other people. */
export const BASIC_OR_FULL = ['User.ReadBasic.All', ...FULL];
/** Any of these lets a person read the own record. */
export const OWN = ['User.Read', 'User.ReadWrite', ...BASIC_OR_FULL];

/** What a caller sees of somebody (wire reference G2): with User.ReadBasic.All little of other people. */
export function userView(caller: Caller, select: readonly string[] | undefined): (user: Row) => Row {
  const basicOnly = !hasAny(caller, FULL);
  const ownId = caller.kind === 'person' ? caller.account.objectId : '';
  return (user) => userJson(user, select, basicOnly && user.id !== ownId);
}

/** Whether an id in a path means the caller: object id, username, or a personal account’s short id. */
export function isOneself(id: string, account: Account): boolean {
  const shortId = account.objectId.replaceAll('-', '').slice(16);
  return [account.objectId, account.username, ...(isPersonal(account) ? [shortId] : [])].includes(
    id.toLowerCase(),
  );
}

/** Whether a call is about the caller: /me, or /users/ with the caller's own id. */
export function isAboutOneself({ caller, params }: GraphCall): boolean {
  return params.id === undefined || (caller.kind === 'person' && isOneself(params.id, caller.account));
}

/**
 * The user that a path below /me or /users/{id} is about.
 * @throws GraphError 400, 403 without one of the permissions (the second ones for oneself), or 404
 */
export function subjectOf(
  call: GraphCall,
  permissions: readonly string[],
  ownPermissions: readonly string[] = permissions,
): DirectoryUser {
  const { caller, params } = call;
  if (!isAboutOneself(call)) return findUser(call, params.id ?? '', permissions);
  const account = requirePerson(caller);
  return findUser(call, account.objectId, [...permissions, ...ownPermissions]);
}

/** Finds somebody for a caller with one of the permissions. @throws GraphError 400, 403 or 404 */
export function findUser(call: GraphCall, id: string, permissions: readonly string[]): DirectoryUser {
  const found = directoryFor(call, permissions).find(id);
  if (found === undefined) throw notFound(id);
  return found;
}

/** The directory that the caller sees. @throws GraphError 400 for a personal account */
export function directoryOf({ world, caller }: GraphCall): Directory {
  return world.directories.of(directoryTenant(caller));
}

/** The same for a caller with one of the permissions. @throws GraphError 400, 403 */
export function directoryFor(call: GraphCall, permissions: readonly string[]): Directory {
  const directory = directoryOf(call);
  requireAny(call.caller, permissions);
  return directory;
}

/** Nobody and nothing has this id (wire reference G5). */
export function notFound(id: string): GraphError {
  return new GraphError(
    'Request_ResourceNotFound',
    `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`,
  );
}
