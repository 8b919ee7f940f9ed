import { authorize } from './authorize/index.ts';
import {
  accounts,
  addAccounts,
  addFaults,
  addGraphResponses,
  addPreset,
  addRegistrations,
  addState,
  clearFaults,
  clearFaultsAndReturn,
  clearGraphResponses,
  clock,
  deleteAccount,
  deleteRegistration,
  type EmulatorState,
  graphResponses,
  ledger,
  makeToken,
  moveClock,
  registrations,
  reset,
  revoke,
  rotateKeys,
  state,
  waitingFaults,
} from './control/index.ts';
import { graph, userinfo } from './graph/index.ts';
import {
  type EndpointName,
  type HttpRequest,
  type HttpResponse,
  isUserFlow,
  jsonResponse,
} from './http/index.ts';
import { copyScript, leaveScript, postScript, style } from './pages/index.ts';
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

/** A path with the endpoint behind it. */
export interface Route {
  readonly method: 'get' | 'post' | 'delete' | 'options';
  readonly path: string;
  readonly endpoint: Endpoint;
  /** The name that faults use; undefined for the emulator's own pages, which nothing goes wrong with. */
  readonly at?: EndpointName;
  /** Whether it is Microsoft Graph, which the scripts of other origins may ask. */
  readonly isGraph?: true;
  /** Whether every machine may ask, under any name. */
  readonly isForEverybody?: true;
  /** Whether only the emulator's own pages (and programs, which send no Origin) may ask. */
  readonly ownOriginOnly?: true;
}

/** What has no route. */
export const NOWHERE: Endpoint = () => jsonResponse(404, { error: 'there is nothing here' });

/** For whatever watches a container. */
const health: Endpoint = () => jsonResponse(200, { status: 'ok' });

/** The endpoints of OAuth, the same in either version (wire reference K3). */
function oauthRoutes(base: string): readonly Route[] {
  return [
    { at: 'authorize', method: 'get', path: `${base}/authorize`, endpoint: authorize },
    { at: 'authorize', method: 'post', path: `${base}/authorize`, endpoint: authorize },
    {
      at: 'authorize',
      method: 'post',
      path: `${base}/authorize/continue`,
      endpoint: authorize,
      ownOriginOnly: true,
    },
    { at: 'token', method: 'post', path: `${base}/token`, endpoint: token },
    { at: 'token', method: 'get', path: `${base}/token`, endpoint: token },
    { at: 'logout', method: 'get', path: `${base}/logout`, endpoint: logout },
    { at: 'logout', method: 'post', path: `${base}/logout`, endpoint: logout },
    { at: 'devicecode', method: 'post', path: `${base}/devicecode`, endpoint: deviceCode },
  ];
}

function adminConsentRoutes(path: string, endpoint: Endpoint): readonly Route[] {
  const route = { at: 'adminconsent', path, endpoint } as const;
  return [
    { ...route, method: 'get' },
    { ...route, method: 'post', ownOriginOnly: true },
  ];
}

/** The paths of B2C's user flows (wire reference I). */
function userFlowRoutes(base: string): readonly Route[] {
  const routes: readonly Route[] = [
    ...oauthRoutes(`${base}/oauth2/v2.0`),
    {
      at: 'metadata',
      method: 'get',
      path: `${base}/v2.0/.well-known/openid-configuration`,
      endpoint: metadata,
    },
    { at: 'keys', method: 'get', path: `${base}/discovery/v2.0/keys`, endpoint: keys },
  ];
  return routes.map((route) => ({
    ...route,
    endpoint: (http, state) =>
      (isUserFlow(http.policy) ? route : { endpoint: NOWHERE }).endpoint(http, state),
  }));
}

/** Every path of the emulator. */
export const ROUTES: readonly Route[] = [
  {
    at: 'metadata',
    method: 'get',
    path: '/:tenant/v2.0/.well-known/openid-configuration',
    endpoint: metadata,
  },
  { at: 'metadata', method: 'get', path: '/:tenant/.well-known/openid-configuration', endpoint: metadataV1 },
  { at: 'instance', method: 'get', path: '/:tenant/discovery/instance', endpoint: instance },
  { at: 'keys', method: 'get', path: '/:tenant/discovery/v2.0/keys', endpoint: keys },
  { at: 'keys', method: 'get', path: '/:tenant/discovery/keys', endpoint: keys },
  ...oauthRoutes('/:tenant/oauth2/v2.0'),
  ...oauthRoutes('/:tenant/oauth2'),
  ...userFlowRoutes('/:tenant/:policy'),
  ...userFlowRoutes('/tfp/:tenant/:policy'),
  { at: 'devicecode', method: 'get', path: '/:tenant/oauth2/devicecode', endpoint: deviceCode },
  { at: 'devicecode', method: 'get', path: '/devicelogin', endpoint: deviceLogin },
  { at: 'devicecode', method: 'post', path: '/devicelogin', endpoint: deviceLogin, ownOriginOnly: true },
  ...adminConsentRoutes('/:tenant/adminconsent', adminConsent('v1')),
  ...adminConsentRoutes('/:tenant/v2.0/adminconsent', adminConsent('v2')),
  {
    at: 'other',
    method: 'post',
    path: '/:tenant/users/:id/getMemberObjects',
    endpoint: (http, state) => graph({ ...http, path: `/v1.0/users/${http.id}/getMemberObjects` }, state),
  },
  { at: 'managed-identity', method: 'get', path: '/msi/token', endpoint: appServiceIdentity },
  {
    at: 'managed-identity',
    method: 'get',
    path: '/metadata/identity/oauth2/token',
    endpoint: machineIdentity,
  },
  { at: 'other', method: 'get', path: '/:tenant/userrealm', endpoint: userRealm },
  { at: 'other', method: 'get', path: '/:tenant/userrealm/:id', endpoint: userRealm },
  { at: 'userinfo', method: 'get', path: '/oidc/userinfo', endpoint: userinfo },
  { at: 'userinfo', method: 'post', path: '/oidc/userinfo', endpoint: userinfo },
  { at: 'userinfo', method: 'get', path: '/:tenant/openid/userinfo', endpoint: userinfo },
  { at: 'userinfo', method: 'post', path: '/:tenant/openid/userinfo', endpoint: userinfo },

  { method: 'get', path: '/_emulator/health', endpoint: health, isForEverybody: true },
  { method: 'get', path: '/', endpoint: startPage },
  { method: 'get', path: '/_emulator/style.css', endpoint: style },
  { method: 'get', path: '/_emulator/post.js', endpoint: postScript },
  { method: 'get', path: '/_emulator/leave.js', endpoint: leaveScript },
  { method: 'get', path: '/_emulator/copy.js', endpoint: copyScript },
  { method: 'post', path: '/_emulator/start/:id', endpoint: submit, ownOriginOnly: true },
  { method: 'get', path: '/_emulator/ledger', endpoint: ledger },
  { method: 'get', path: '/_emulator/accounts', endpoint: accounts },
  { method: 'post', path: '/_emulator/accounts', endpoint: addAccounts, ownOriginOnly: true },
  { method: 'delete', path: '/_emulator/accounts/:id', endpoint: deleteAccount, ownOriginOnly: true },
  { method: 'get', path: '/_emulator/registrations', endpoint: registrations },
  { method: 'post', path: '/_emulator/registrations', endpoint: addRegistrations, ownOriginOnly: true },
  {
    method: 'delete',
    path: '/_emulator/registrations/:id',
    endpoint: deleteRegistration,
    ownOriginOnly: true,
  },
  { method: 'get', path: '/_emulator/state', endpoint: state },
  { method: 'post', path: '/_emulator/state', endpoint: addState, ownOriginOnly: true },
  { method: 'post', path: '/_emulator/tokens', endpoint: makeToken, ownOriginOnly: true },
  { method: 'get', path: '/_emulator/clock', endpoint: clock },
  { method: 'post', path: '/_emulator/clock', endpoint: moveClock, ownOriginOnly: true },
  { method: 'get', path: '/_emulator/graph', endpoint: graphResponses },
  { method: 'post', path: '/_emulator/graph', endpoint: addGraphResponses, ownOriginOnly: true },
  { method: 'delete', path: '/_emulator/graph', endpoint: clearGraphResponses, ownOriginOnly: true },
  { method: 'get', path: '/_emulator/faults', endpoint: waitingFaults },
  { method: 'post', path: '/_emulator/faults', endpoint: addFaults, ownOriginOnly: true },
  { method: 'delete', path: '/_emulator/faults', endpoint: clearFaults, ownOriginOnly: true },
  { method: 'post', path: '/_emulator/faults/preset', endpoint: addPreset, ownOriginOnly: true },
  { method: 'post', path: '/_emulator/faults/clear', endpoint: clearFaultsAndReturn, ownOriginOnly: true },
  { method: 'post', path: '/_emulator/reset', endpoint: reset, ownOriginOnly: true },
  { method: 'post', path: '/_emulator/revoke', endpoint: revoke, ownOriginOnly: true },
  { method: 'post', path: '/_emulator/rotate-keys', endpoint: rotateKeys, ownOriginOnly: true },
];
