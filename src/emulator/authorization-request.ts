import { refusal } from './aadsts.ts';
import type { Asked, Fields } from './asked.ts';
import { AUTHORIZATION_CHECKS } from './authorization-checks.ts';
import { type AskedClaims, readClaims } from './grant.ts';
import { acceptsRedirectUri, answerUri } from './redirect-uri.ts';
import { findRegistration, type Registration } from './registrations.ts';
import { scopesOrRefuse } from './requested-scopes.ts';
import type { RequestedScopes } from './scopes.ts';
import { type Authority, authorityOf, PERSONAL_TENANT_ID } from './tenants.ts';
import type { World } from './world.ts';

/** How the answer travels (wire reference B3). */
export type ResponseMode = 'query' | 'fragment' | 'form_post';

/** Who asks, and where the answer goes: known before anything may be redirected. */
export interface AuthorizationTarget {
  readonly authority: Authority;
  readonly registration: Registration;
  readonly redirectUri: string;
  readonly responseMode: ResponseMode;
  readonly state: string | undefined;
}

/** A whole authorization request that passed every check. */
export interface AuthorizationRequest extends AuthorizationTarget {
  readonly responseTypes: readonly string[];
  readonly scopes: RequestedScopes;
  readonly claims: AskedClaims;
  readonly prompt: string;
  readonly nonce: string | undefined;
  readonly codeChallenge: string | undefined;
  readonly codeChallengeMethod: string;
  /** Whether client_info=1 was sent (wire reference B4). */
  readonly wantsClientInfo: boolean;
  /** Whether instance_aware=true was sent (wire reference B4). */
  readonly isInstanceAware: boolean;
}

/** The parameters of an authorization request, sent by GET or POST (OpenID Connect Core 3.1.2.1). */
export function authorizationFields(asked: Asked): Fields {
  return asked.method === 'POST' && 'client_id' in asked.body ? asked.body : asked.query;
}

/** Understands the tenant segment. @throws AadstsError 90002 or 900023 */
export function readAuthority(segment: string, world: World): Authority {
  const authority = authorityOf(segment, world.tenants);
  if (authority === 'unknown') throw refusal(90002, { tenant: segment });
  if (authority === 'malformed') throw refusal(900023, { tenant: segment });
  return authority;
}

/** Finds the app. @throws AadstsError 900144 without a client id, 700016 for an unknown one */
export function readRegistration(clientId: string | undefined, tenant: string, world: World): Registration {
  if (clientId === undefined || clientId === '') throw refusal(900144, { parameter: 'client_id' });
  const registration = findRegistration(clientId, world.registrations, world.strict);
  if (registration === undefined) throw refusal(700016, { client: clientId, tenant });
  return registration;
}

/** Checks that the app takes accounts of this authority. @throws AadstsError 50194, 9002332, 9002346, 700016 */
export function checkAccountTypes(registration: Registration, authority: Authority): void {
  const details = { client: registration.clientId, name: registration.name, tenant: authority.segment };
  const types = registration.accountTypes;
  if (types === 'single-tenant' && authority.tenant === undefined) throw refusal(50194, details);
  if (types === 'single-tenant' && authority.tenant?.id !== registration.homeTenantId)
    throw refusal(700016, details);
  const personalOnly = authority.tenant?.id === PERSONAL_TENANT_ID;
  if (types === 'multi-tenant' && personalOnly) throw refusal(9002332, details);
  if (types === 'personal' && !personalOnly && authority.segment !== 'common')
    throw refusal(9002346, details);
}

function readRedirectUri(fields: Fields, registration: Registration): string {
  const asked = fields.redirect_uri;
  const [first] = [...registration.redirectUris, ...registration.spaRedirectUris];
  if (asked === undefined || asked === '') {
    if (first === undefined) throw refusal(registration.friendly ? 900971 : 500113);
    return first;
  }
  if (acceptsRedirectUri(registration, asked)) return asked;
  throw refusal(50011, { uri: asked, client: registration.clientId });
}

/** The target of a request; whatever is wrong up to here is shown as a page (wire reference B6). */
export function readTarget(asked: Asked, world: World): AuthorizationTarget {
  const fields = authorizationFields(asked);
  const authority = readAuthority(asked.tenant, world);
  const registration = readRegistration(fields.client_id, asked.tenant, world);
  checkAccountTypes(registration, authority);
  const redirectUri = readRedirectUri(fields, registration);
  return {
    authority,
    registration,
    redirectUri,
    responseMode: responseModeOf(fields),
    state: fields.state,
  };
}

/** `query` unless an ID token is asked for; an impossible choice is corrected here and refused later. */
function responseModeOf(fields: Fields): ResponseMode {
  const hasIdToken = (fields.response_type ?? '').includes('id_token');
  const asked = fields.response_mode;
  if (asked === 'form_post' || asked === 'fragment') return asked;
  return hasIdToken ? 'fragment' : 'query';
}

/** Reads the rest of a request. @throws AadstsError for the app, with the first thing that is wrong */
export function readAuthorizationRequest(asked: Asked, target: AuthorizationTarget): AuthorizationRequest {
  const fields = authorizationFields(asked);
  for (const check of AUTHORIZATION_CHECKS) check(fields, asked, target);
  return {
    ...target,
    responseTypes: (fields.response_type ?? '').split(' '),
    scopes: scopesOrRefuse(fields.scope ?? '', asked),
    claims: readClaims(fields.claims) ?? { idTokenClaims: [], handlesClaims: false },
    prompt: fields.prompt ?? '',
    nonce: fields.nonce,
    codeChallenge: fields.code_challenge,
    codeChallengeMethod: fields.code_challenge_method ?? 'plain',
    wantsClientInfo: fields.client_info === '1',
    isInstanceAware: fields.instance_aware === 'true',
  };
}

/** Where the answer goes, with the slash a bare origin gets. */
export function answerTarget(target: AuthorizationTarget): string {
  return answerUri(target.redirectUri);
}
