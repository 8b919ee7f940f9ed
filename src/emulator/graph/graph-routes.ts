import { createRouter, type Found } from '../http/index.ts';
import { APP_ROUTES } from './apps/index.ts';
import { groupsDelta, usersDelta } from './delta.ts';
import { type GraphRoute, LIST, ONE, PLAIN, route } from './graph-route.ts';
import { addMember, changeGroup, createGroup, deleteGroup, removeMember } from './group-writes.ts';
import { group, groups, groupsCount, members, owners } from './groups.ts';
import { directReports, manager, removeManager, setManager } from './manager.ts';
import { checkMemberGroups, memberIds, memberOf } from './memberships.ts';
import { organization, organizations } from './organization.ts';
import { photoMetadata, photoValue } from './photo.ts';
import { changeUser, createUser, deleteUser } from './user-writes.ts';
import { me, user, users, usersCount } from './users.ts';

/** A number has no pages, no order and no properties. */
const COUNT = ['$filter', '$search'];
const DELTA = [...ONE, '$top', '$skip', '$skiptoken', '$deltatoken'];
/** Of somebody, with the manager. */
const PERSON = [...ONE, '$expand'];

/** What there is of somebody, below /me and /users/{id}. */
function personRoutes(owner: string): readonly GraphRoute[] {
  return [
    route(`GET ${owner}/photo/$value`, photoValue, [], 'photo'),
    route(`GET ${owner}/photos/{size}/$value`, photoValue, [], 'photo'),
    route(`GET ${owner}/photo`, photoMetadata, PLAIN, 'photo'),
    route(`GET ${owner}/photos`, photoMetadata, PLAIN, 'photo'),
    route(`GET ${owner}/photos/{size}`, photoMetadata, PLAIN, 'photo'),
    route(`GET ${owner}/manager`, manager),
    route(`PUT ${owner}/manager/$ref`, setManager),
    route(`DELETE ${owner}/manager/$ref`, removeManager),
    route(`GET ${owner}/directReports`, directReports, LIST),
    ...membershipRoutes(owner),
  ];
}

/** What somebody or a group is in. */
function membershipRoutes(owner: string): readonly GraphRoute[] {
  return [
    route(`GET ${owner}/memberOf`, memberOf(false), LIST),
    route(`GET ${owner}/memberOf/{cast}`, memberOf(false), LIST),
    route(`GET ${owner}/transitiveMemberOf`, memberOf(true), LIST),
    route(`GET ${owner}/transitiveMemberOf/{cast}`, memberOf(true), LIST),
    route(`POST ${owner}/getMemberObjects`, memberIds('objects')),
    route(`POST ${owner}/getMemberGroups`, memberIds('groups')),
    route(`POST ${owner}/checkMemberGroups`, checkMemberGroups),
  ];
}

/** Every call, a literal part before one that stands for anything. */
const GRAPH_ROUTES: readonly GraphRoute[] = [
  route('GET me', me, PERSON, 'me'),
  route('PATCH me', changeUser, PLAIN, 'me'),
  route('GET users', users, [...LIST, '$expand'], 'users'),
  route('POST users', createUser, PLAIN, 'users'),
  route('GET users/$count', usersCount, COUNT, 'count'),
  route('GET users/delta', usersDelta, DELTA, 'users'),
  route('GET users/{id}', user, PERSON, 'user'),
  route('PATCH users/{id}', changeUser, PLAIN, 'user'),
  route('DELETE users/{id}', deleteUser, PLAIN, 'user'),
  ...personRoutes('me'),
  ...personRoutes('users/{id}'),

  route('GET groups', groups, LIST),
  route('POST groups', createGroup),
  route('GET groups/$count', groupsCount, COUNT),
  route('GET groups/delta', groupsDelta, DELTA),
  route('GET groups/{id}', group),
  route('PATCH groups/{id}', changeGroup),
  route('DELETE groups/{id}', deleteGroup),
  route('GET groups/{id}/members', members(false), LIST),
  route('POST groups/{id}/members/$ref', addMember),
  route('GET groups/{id}/members/{cast}', members(false), LIST),
  route('DELETE groups/{id}/members/{member}/$ref', removeMember),
  route('GET groups/{id}/transitiveMembers', members(true), LIST),
  route('GET groups/{id}/transitiveMembers/{cast}', members(true), LIST),
  route('GET groups/{id}/owners', owners, LIST),
  ...membershipRoutes('groups/{id}'),

  route('GET organization', organizations, LIST),
  route('GET organization/{id}', organization),
  ...APP_ROUTES,
];

const findRoute = createRouter(GRAPH_ROUTES, mayStandFor);

/** A type looks like one, and nothing else does; `$count` and the like stand for themselves. */
function mayStandFor(name: string, part: string): boolean {
  return part !== '' && !part.startsWith('$') && (name === 'cast') === /^microsoft\.graph\.\w+$/.test(part);
}

/** The route of a call; undefined where there is none. */
export function findGraphRoute(method: string, path: string): Found<GraphRoute> | undefined {
  const parts = partsBelowVersion(path);
  return parts === undefined ? undefined : findRoute(method, parts);
}

/**
 * The parts below the version, decoded: `%24` is `$`, `users('id')` is users/id, `delta()` and
 * `microsoft.graph.delta()` are delta (OData URL conventions; wire reference K4). Empty ones do not count: the Graph SDK
 * for Python asks for `/v1.0//users`.
 */
function partsBelowVersion(path: string): readonly string[] | undefined {
  try {
    const [, ...parts] = path.split('/').filter(Boolean).map(decodeURIComponent);
    return parts.flatMap(spread);
  } catch {
    return undefined;
  }
}

function spread(part: string): readonly string[] {
  const [, name = part, key] = /^([^(]+)\((.*)\)$/.exec(part) ?? [];
  const [, action = name] = /^(?:microsoft\.)?graph\.([a-z]\w+)$/.exec(name) ?? [];
  const isType = ['user', 'group', 'servicePrincipal', 'directoryRole'].includes(action) && action !== name;
  const own = isType ? `microsoft.graph.${action}` : action;
  if (key === undefined || key === '') return [own];
  return [own, key.replace(/^'(.*)'$/, '$1').replaceAll("''", "'")];
}
