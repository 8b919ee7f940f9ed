import type { Group } from '../directory/index.ts';
import { guidFor, type HttpResponse } from '../http/index.ts';
import { GraphError } from '../odata/index.ts';
import { directoryTenant } from './caller.ts';
import type { GraphCall } from './graph-call.ts';
import { graphJson } from './graph-json.ts';
import { directoryObjects, groupOf, READ_GROUPS } from './groups.ts';
import { jsonBody } from './json-body.ts';
import { directoryFor, directoryOf, subjectOf } from './person.ts';

const READ_MEMBERSHIPS = [...READ_GROUPS, 'User.Read.All', 'User.ReadWrite.All'];
const OWN_MEMBERSHIPS = ['User.Read', 'User.ReadWrite', 'User.ReadBasic.All'];

/** GET …/memberOf and …/transitiveMemberOf of /me, /users/{id} and /groups/{id}. */
export function memberOf(transitive: boolean): (call: GraphCall) => HttpResponse {
  return (call) => {
    const id = memberIdOf(call);
    const directory = directoryOf(call);
    const ids = directory.groups.of(id, transitive).map((one) => one.id);
    return directoryObjects(call, directory, ids);
  };
}

/** POST …/getMemberObjects and …/getMemberGroups: the same groups as in `groups` of a token, all of them. */
export function memberIds(kind: 'objects' | 'groups'): (call: GraphCall) => HttpResponse {
  return (call) => {
    const { securityEnabledOnly } = jsonBody(call.http);
    if (typeof securityEnabledOnly !== 'boolean')
      throw new GraphError(
        'Request_BadRequest',
        "A value is required for the parameter 'securityEnabledOnly'.",
      );
    const found = groupsOf(call).filter((one) => one.securityEnabled || !securityEnabledOnly);
    const roles = kind === 'objects' && !securityEnabledOnly ? roleIdsOf(call) : [];
    return graphJson(call.http, 'Collection(Edm.String)', {
      value: [...found.map((one) => one.id), ...roles],
    });
  };
}

/** POST …/checkMemberGroups: which of these somebody is in. */
export function checkMemberGroups(call: GraphCall): HttpResponse {
  const { groupIds } = jsonBody(call.http);
  if (!Array.isArray(groupIds) || groupIds.length > 20)
    throw new GraphError('Request_BadRequest', 'groupIds must be a list of at most 20 ids.');
  const ids = groupsOf(call).map((one) => one.id);
  return graphJson(call.http, 'Collection(Edm.String)', {
    value: groupIds.filter((one) => ids.includes(String(one).toLowerCase())),
  });
}

function groupsOf(call: GraphCall): readonly Group[] {
  const id = memberIdOf(call);
  return directoryOf(call).groups.of(id, true);
}

/** A role that somebody has is an object of its own in each directory, made from the role's template. */
function roleIdsOf(call: GraphCall): readonly string[] {
  const tenantId = directoryTenant(call.caller);
  const account = call.world.accounts.find((one) => one.objectId === memberIdOf(call));
  return (account?.directoryRoles ?? []).map((template) => guidFor(`role ${template} in ${tenantId}`));
}

/** Whose memberships: a group's below /groups, else a user's. @throws GraphError 400, 403, 404 */
function memberIdOf(call: GraphCall): string {
  if (!call.http.path.toLowerCase().includes('/groups'))
    return subjectOf(call, READ_MEMBERSHIPS, OWN_MEMBERSHIPS).id;
  return groupOf(call, directoryFor(call, READ_GROUPS)).id;
}
