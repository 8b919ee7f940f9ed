import { aadstsError, userFlowError } from '../aadsts/index.ts';
import { isVersion1 } from '../http/index.ts';
import {
  type Account,
  type ApiScopes,
  accountByUsername,
  admits,
  checkResourceParameter,
  firstApi,
  grantedOf,
  isPersonal,
  listedKeys,
  OIDC_SCOPES,
  onlyApi,
  permissionKeys,
  type RequestedScopes,
  readRequestedScopes,
  wantedScopes,
} from '../registry/index.ts';
import { isDisabled } from '../state/index.ts';
import { type ClientAuthentication, type Grant, readClaims } from '../tokens/index.ts';
import type { TokenRequest } from './token-request.ts';
import { type TokenBody, userTokenBody } from './token-response.ts';

/** A grant of one user flow is of no use at another. @throws AadstsError */
function checkPolicy(actual = '', expected: string): void {
  if (actual === '' || expected === '' || actual.toLowerCase() === expected.toLowerCase()) return;
  throw userFlowError(90088, { actual, expected });
}

/** What a personal account says instead of 65001 (wire reference C6, G2). */
const NOT_GRANTED =
  'The request was denied because one or more scopes requested are unauthorized or expired. The user must first sign in and grant the client application access to the requested scope.';

/**
 * Tokens for a grant that a person gave: of the scopes this request asks for, else of the grant's own.
 * @throws AadstsError 700005 at another tenant, 28000 for several APIs, 65001 (70000 for a personal account) for a scope
 * without consent
 */
export function grantedTo(
  grant: Grant,
  request: TokenRequest,
  clientAuthentication: ClientAuthentication,
): TokenBody {
  const { http, world, registration, authority } = request;
  const account = accountByUsername(grant.username, world.accounts);
  if (account === undefined) throw aadstsError(70000);
  if (!admits(authority, account.tenantId)) throw aadstsError(700005);
  if (isDisabled(account, world)) throw aadstsError(50057);
  checkPolicy(grant.policy, http.policy);
  const { scopes, api } = requestedScopes(grant, request);
  if (http.policy === '') checkConsent(account, api, request);
  const claims = readClaims(http.body.claims);
  const whole = {
    ...grant,
    scopes,
    api,
    account,
    clientAuthentication,
    origin: http.origin,
    policy: http.policy,
    version: isVersion1(http) ? (1 as const) : (2 as const),
    isFamily: registration.isFamily,
    idTokenClaims: [...grant.idTokenClaims, ...registration.optionalClaims],
    handlesClaims: grant.handlesClaims || claims?.handlesClaims === true,
  };
  return userTokenBody(whole, http.body.client_info === '1', world);
}

/**
 * The scopes of a request that leads nobody past a page where they could consent. What counts is an administrator's
 * consent: to what is registered, or where nobody registered the app, to what it asks for.
 */
export function consentedAhead(account: Account, scope: string, request: TokenRequest): RequestedScopes {
  const { registration, world } = request;
  const scopes = readRequestedScopes(scope, request);
  if (!registration.adminConsented) return scopes;
  const listed = [...listedKeys(registration.delegatedPermissions, request), ...OIDC_SCOPES];
  const consented = wantedScopes(scopes, request).filter(
    (one) => registration.friendly || listed.includes(one),
  );
  world.consents.grant(account.objectId, registration.clientId, consented);
  return scopes;
}

/** OpenID scopes come with the grant: a request can repeat them or leave them, and gets the same. */
function requestedScopes(grant: Grant, request: TokenRequest): { scopes: RequestedScopes; api: ApiScopes } {
  const { scope, resource } = request.http.body;
  if (scope === undefined) return { scopes: grant.scopes, api: firstApi(grant.scopes) };
  const read = readRequestedScopes(scope, request);
  checkResourceParameter(resource, read);
  const scopes = { ...read, openId: grant.scopes.openId };
  return { scopes, api: onlyApi(scopes, scope) };
}

function checkConsent(account: Account, api: ApiScopes, request: TokenRequest): void {
  const { world, registration } = request;
  const granted = world.consents.granted(account, registration.clientId);
  const isMissing = permissionKeys(api).some((one) => !granted.includes(one));
  const listed = listedKeys(registration.delegatedPermissions, request);
  const couldHave = !api.isGraph || grantedOf(api, listed).length > 0;
  const hasNothing = api.all && couldHave && grantedOf(api, granted).length === 0;
  if (!isMissing && !hasNothing) return;
  throw isPersonal(account)
    ? aadstsError(70000).with({ text: NOT_GRANTED })
    : aadstsError(65001, { client: registration.clientId, name: registration.name });
}
