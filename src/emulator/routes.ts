import { authorize } from './authorize/index.ts';
import { CONTROL_PATHS, type EmulatorState } from './control/index.ts';
import { graph, userinfo } from './graph/index.ts';
import {
  type EndpointName,
  type HttpRequest,
  type HttpResponse,
  isUserFlow,
  jsonResponse,
} from './http/index.ts';
import { ASSETS } from './pages/index.ts';
import {
  adminConsent,
  deviceLogin,
  instance,
  keys,
  logout,
  metadata,
  metadataV1,
  userRealm,
} from './platform/index.ts';
import { startPage, submit } from './start/index.ts';
import { appServiceIdentity, deviceCode, machineIdentity, token } from './token/index.ts';

/** What answers a request. */
type Endpoint = (http: HttpRequest, state: EmulatorState) => HttpResponse;

/** A method at a path, with the endpoint behind it. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'DELETE' | 'OPTIONS';
  readonly path: string;
  readonly endpoint: Endpoint;
  /** The name that faults use; undefined for the emulator's own pages, which nothing goes wrong with. */
  readonly at?: EndpointName;
  /** Whether it is Microsoft Graph, which the scripts of other origins may ask. */
  readonly isGraph?: true;
  /** Whether every machine may ask, under any name. */
  readonly isForEverybody?: true;
  /** Whether only the emulator's own pages (and programs, which send no Origin) may ask. */
  readonly ownOriginOnly?: boolean;
}

/** A path with its endpoints by method. `ownOriginOnly` is about those that change something. */
type Path = Omit<Route, 'method' | 'endpoint'> & Partial<Record<(typeof METHODS)[number], Endpoint>>;

const METHODS = ['GET', 'POST', 'DELETE'] as const;

function routesOf({ GET, POST, DELETE, ownOriginOnly = false, ...path }: Path): readonly Route[] {
  const endpoints = { GET, POST, DELETE };
  return METHODS.flatMap((method) => {
    const endpoint = endpoints[method];
    if (endpoint === undefined) return [];
    return [{ ...path, method, endpoint, ownOriginOnly: ownOriginOnly && method !== 'GET' }];
  });
}

/** What has no route. */
export const NOWHERE: Endpoint = () => jsonResponse(404, { error: 'there is nothing here' });

/** For whatever watches a container. */
const health: Endpoint = () => jsonResponse(200, { status: 'ok' });

/** The endpoints of OAuth, the same in either version (wire reference K3). */
function oauthPaths(base: string): readonly Path[] {
  return [
    { at: 'authorize', path: `${base}/authorize`, GET: authorize, POST: authorize },
    { at: 'authorize', path: `${base}/authorize/continue`, POST: authorize, ownOriginOnly: true },
    { at: 'token', path: `${base}/token`, GET: token, POST: token },
    { at: 'logout', path: `${base}/logout`, GET: logout, POST: logout },
    { at: 'devicecode', path: `${base}/devicecode`, POST: deviceCode },
  ];
}

function adminConsentPath(path: string, endpoint: Endpoint): Path {
  return { at: 'adminconsent', path, GET: endpoint, POST: endpoint, ownOriginOnly: true };
}

/** The paths of B2C's user flows (wire reference I). */
function userFlowRoutes(base: string): readonly Route[] {
  const paths: readonly Path[] = [
    ...oauthPaths(`${base}/oauth2/v2.0`),
    { at: 'metadata', path: `${base}/v2.0/.well-known/openid-configuration`, GET: metadata },
    { at: 'keys', path: `${base}/discovery/v2.0/keys`, GET: keys },
  ];
  return paths.flatMap(routesOf).map(({ endpoint, ...route }) => ({
    ...route,
    endpoint: (http, state) => (isUserFlow(http.policy) ? endpoint : NOWHERE)(http, state),
  }));
}

const memberObjects: Endpoint = (http, state) =>
  graph({ ...http, path: `/v1.0/users/${http.id}/getMemberObjects` }, state);

const PATHS: readonly Path[] = [
  { at: 'metadata', path: '/{tenant}/v2.0/.well-known/openid-configuration', GET: metadata },
  { at: 'metadata', path: '/{tenant}/.well-known/openid-configuration', GET: metadataV1 },
  { at: 'instance', path: '/{tenant}/discovery/instance', GET: instance },
  { at: 'keys', path: '/{tenant}/discovery/v2.0/keys', GET: keys },
  { at: 'keys', path: '/{tenant}/discovery/keys', GET: keys },
  ...oauthPaths('/{tenant}/oauth2/v2.0'),
  ...oauthPaths('/{tenant}/oauth2'),
  { at: 'devicecode', path: '/{tenant}/oauth2/devicecode', GET: deviceCode },
  { at: 'devicecode', path: '/devicelogin', GET: deviceLogin, POST: deviceLogin, ownOriginOnly: true },
  adminConsentPath('/{tenant}/adminconsent', adminConsent('v1')),
  adminConsentPath('/{tenant}/v2.0/adminconsent', adminConsent('v2')),
  { at: 'other', path: '/{tenant}/users/{id}/getMemberObjects', POST: memberObjects },
  { at: 'managed-identity', path: '/msi/token', GET: appServiceIdentity },
  { at: 'managed-identity', path: '/metadata/identity/oauth2/token', GET: machineIdentity },
  { at: 'other', path: '/{tenant}/userrealm', GET: userRealm },
  { at: 'other', path: '/{tenant}/userrealm/{id}', GET: userRealm },
  { at: 'userinfo', path: '/oidc/userinfo', GET: userinfo, POST: userinfo },
  { at: 'userinfo', path: '/{tenant}/openid/userinfo', GET: userinfo, POST: userinfo },

  { path: '/_emulator/health', GET: health, isForEverybody: true },
  { path: '/', GET: startPage },
  ...Object.entries(ASSETS).map(([path, GET]) => ({ path, GET })),
  { path: '/_emulator/start/{id}', POST: submit, ownOriginOnly: true },
  ...Object.entries(CONTROL_PATHS).map(([path, controls]) => ({ path, ...controls, ownOriginOnly: true })),
];

/** Every path of the emulator. */
export const ROUTES: readonly Route[] = [
  ...PATHS.flatMap(routesOf),
  ...userFlowRoutes('/{tenant}/{policy}'),
  ...userFlowRoutes('/tfp/{tenant}/{policy}'),
];
