import type { EndpointName } from '../http/index.ts';
import { APP_ROUTES } from './apps/index.ts';
import { groupsDelta, usersDelta } from './delta.ts';
import type { GraphEndpoint } from './graph-call.ts';
import { addMember, changeGroup, createGroup, deleteGroup, removeMember } from './group-writes.ts';
import { group, groups, groupsCount, members, owners } from './groups.ts';
import { directReports, manager, removeManager, setManager } from './manager.ts';
import { checkMemberGroups, memberIds, memberOf } from './memberships.ts';
import { organization, organizations } from './organization.ts';
import { photoMetadata, photoValue } from './photo.ts';
import { changeUser, createUser, deleteUser } from './user-writes.ts';
import { me, user, users, usersCount } from './users.ts';

/** A call that Graph has, below /v1.0 and /beta. */
interface GraphRoute {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  /** Segments; those in braces stand for anything, and `{cast}` for a type. */
  readonly path: string;
  readonly endpoint: GraphEndpoint;
  /** The name that faults use. */
  readonly at: EndpointName;
  /** The query options that it takes; another is refused, never ignored. */
  readonly options: readonly string[];
}

const PLAIN = ['$format'];
const ONE = ['$select', ...PLAIN];
const LIST = [...ONE, '$top', '$skip', '$filter', '$search', '$orderby', '$count', '$skiptoken'];
/** A number has no pages, no order and no properties. */
const COUNT = ['$filter', '$search'];
const DELTA = [...ONE, '$top', '$skip', '$skiptoken', '$deltatoken'];

type Rest = Pick<GraphRoute, 'at' | 'options'>;

const get = (
  path: string,
  endpoint: GraphEndpoint,
  options = ONE,
  at: EndpointName = 'other',
): GraphRoute => ({
  method: 'GET',
  path,
  endpoint,
  at,
  options,
});

const write = (
  method: GraphRoute['method'],
  path: string,
  endpoint: GraphEndpoint,
  rest: Rest = { at: 'other', options: PLAIN },
): GraphRoute => ({ method, path, endpoint, ...rest });

/** What there is of somebody, below /me and /users/{id}. */
function personRoutes(owner: string): readonly GraphRoute[] {
  return [
    get(`${owner}/photo/$value`, photoValue, [], 'photo'),
    get(`${owner}/photos/{size}/$value`, photoValue, [], 'photo'),
    get(`${owner}/photo`, photoMetadata, PLAIN, 'photo'),
    get(`${owner}/photos`, photoMetadata, PLAIN, 'photo'),
    get(`${owner}/photos/{size}`, photoMetadata, PLAIN, 'photo'),
    get(`${owner}/manager`, manager),
    write('PUT', `${owner}/manager/$ref`, setManager),
    write('DELETE', `${owner}/manager/$ref`, removeManager),
    get(`${owner}/directReports`, directReports, LIST),
    ...membershipRoutes(owner),
  ];
}

/** What somebody or a group is in. */
function membershipRoutes(owner: string): readonly GraphRoute[] {
  return [
    get(`${owner}/memberOf`, memberOf(false), LIST),
    get(`${owner}/memberOf/{cast}`, memberOf(false), LIST),
    get(`${owner}/transitiveMemberOf`, memberOf(true), LIST),
    get(`${owner}/transitiveMemberOf/{cast}`, memberOf(true), LIST),
    write('POST', `${owner}/getMemberObjects`, memberIds('objects')),
    write('POST', `${owner}/getMemberGroups`, memberIds('groups')),
    write('POST', `${owner}/checkMemberGroups`, checkMemberGroups),
  ];
}

/** Every call, a literal segment before one that stands for anything. */
const GRAPH_ROUTES: readonly GraphRoute[] = [
  get('me', me, [...ONE, '$expand'], 'me'),
  write('PATCH', 'me', changeUser, { at: 'me', options: PLAIN }),
  get('users', users, [...LIST, '$expand'], 'users'),
  write('POST', 'users', createUser, { at: 'users', options: PLAIN }),
  get('users/$count', usersCount, COUNT, 'count'),
  get('users/delta', usersDelta, DELTA, 'users'),
  get('users/{id}', user, [...ONE, '$expand'], 'user'),
  write('PATCH', 'users/{id}', changeUser, { at: 'user', options: PLAIN }),
  write('DELETE', 'users/{id}', deleteUser, { at: 'user', options: PLAIN }),
  ...personRoutes('me'),
  ...personRoutes('users/{id}'),

  get('groups', groups, LIST),
  write('POST', 'groups', createGroup),
  get('groups/$count', groupsCount, COUNT),
  get('groups/delta', groupsDelta, DELTA),
  get('groups/{id}', group),
  write('PATCH', 'groups/{id}', changeGroup),
  write('DELETE', 'groups/{id}', deleteGroup),
  get('groups/{id}/members', members(false), LIST),
  write('POST', 'groups/{id}/members/$ref', addMember),
  get('groups/{id}/members/{cast}', members(false), LIST),
  write('DELETE', 'groups/{id}/members/{member}/$ref', removeMember),
  get('groups/{id}/transitiveMembers', members(true), LIST),
  get('groups/{id}/transitiveMembers/{cast}', members(true), LIST),
  get('groups/{id}/owners', owners, LIST),
  ...membershipRoutes('groups/{id}'),

  get('organization', organizations, LIST),
  get('organization/{id}', organization),
  ...Object.entries(APP_ROUTES.lists).map(([path, endpoint]) => get(path, endpoint, LIST)),
  ...Object.entries(APP_ROUTES.single).map(([path, endpoint]) => get(path, endpoint)),
  ...APP_ROUTES.writes.map(([method, path, endpoint]) => write(method, path, endpoint)),
];

/** A route with what stands in the path for its names. */
export interface FoundRoute {
  readonly route: GraphRoute;
  readonly params: Readonly<Record<string, string>>;
}

/** The route of a call; undefined where there is none. */
export function findGraphRoute(method: string, path: string): FoundRoute | undefined {
  const segments = segmentsOf(path);
  if (segments === undefined) return undefined;
  for (const route of GRAPH_ROUTES) {
    const params = route.method === method ? paramsIn(route, segments) : undefined;
    if (params !== undefined) return { route, params };
  }
  return undefined;
}

const patterns = new Map(GRAPH_ROUTES.map((route) => [route, route.path.split('/')] as const));

function paramsIn(route: GraphRoute, segments: readonly string[]): Record<string, string> | undefined {
  const pattern = patterns.get(route) ?? [];
  if (pattern.length !== segments.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, expected] of pattern.entries()) {
    const segment = segments[index] ?? '';
    const [, name] = /^\{(\w+)\}$/.exec(expected) ?? [];
    if (name === undefined ? segment.toLowerCase() !== expected.toLowerCase() : !mayStandFor(name, segment))
      return;
    if (name !== undefined) params[name] = segment;
  }
  return params;
}

/** A type looks like one, and nothing else does; `$count` and the like stand for themselves. */
function mayStandFor(name: string, segment: string): boolean {
  return (
    segment !== '' &&
    !segment.startsWith('$') &&
    (name === 'cast') === /^microsoft\.graph\.\w+$/.test(segment)
  );
}

/**
 * The segments below the version, decoded: `%24` is `$`, `users('id')` is users/id, `delta()` and
 * `microsoft.graph.delta()` are delta (OData URL conventions; wire reference K4). Empty ones do not count: the Graph SDK
 * for Python asks for `/v1.0//users`.
 */
function segmentsOf(path: string): readonly string[] | undefined {
  try {
    const [, ...segments] = path.split('/').filter(Boolean).map(decodeURIComponent);
    return segments.flatMap(spread);
  } catch {
    return undefined;
  }
}

function spread(segment: string): readonly string[] {
  const [, name = segment, key] = /^([^(]+)\((.*)\)$/.exec(segment) ?? [];
  const [, action = name] = /^(?:microsoft\.)?graph\.([a-z]\w+)$/.exec(name) ?? [];
  const isType = ['user', 'group', 'servicePrincipal', 'directoryRole'].includes(action) && action !== name;
  const own = isType ? `microsoft.graph.${action}` : action;
  if (key === undefined || key === '') return [own];
  return [own, key.replace(/^'(.*)'$/, '$1').replaceAll("''", "'")];
}
