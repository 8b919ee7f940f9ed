import { type Fields, type HttpRequest, isVersion1 } from '../http/index.ts';
import { type Registry, type RequestedScopes, readRequestedScopes } from '../registry/index.ts';
import { type RequestedClaims, readClaims } from '../tokens/index.ts';
import { AUTHORIZATION_CHECKS } from './authorization-checks.ts';
import { type AuthorizationTarget, authorizationFields } from './authorization-target.ts';

/** A whole authorization request that passed every check. */
export interface AuthorizationRequest extends AuthorizationTarget {
  readonly responseTypes: readonly string[];
  readonly scopes: RequestedScopes;
  readonly claims: RequestedClaims;
  readonly prompt: string;
  readonly nonce: string | undefined;
  readonly codeChallenge: string | undefined;
  readonly codeChallengeMethod: string;
  /** Whether client_info=1 was sent (wire reference B4). */
  readonly wantsClientInfo: boolean;
  /** Whether instance_aware=true was sent (wire reference B4). */
  readonly isInstanceAware: boolean;
  /** How long ago the person may have signed in; undefined for any time (OpenID Connect Core 3.1.2.1). */
  readonly maxAgeSeconds: number | undefined;
  /** Of the endpoint that was asked. */
  readonly version: 1 | 2;
  /** The user flow of B2C, empty elsewhere. */
  readonly policy: string;
}

/** A client that asks for an age is told the time of the sign-in (OpenID Connect Core 2). */
function claimsOf({ claims, max_age: maxAge }: Fields): RequestedClaims {
  const { idTokenClaims, handlesClaims } = readClaims(claims) ?? { idTokenClaims: [], handlesClaims: false };
  return {
    idTokenClaims: maxAge === undefined ? idTokenClaims : [...idTokenClaims, 'auth_time'],
    handlesClaims,
  };
}

/** Reads the rest of a request. @throws AadstsError for the app, with the first thing that is wrong */
export function readAuthorizationRequest(
  http: HttpRequest,
  target: AuthorizationTarget,
  world: Registry,
): AuthorizationRequest {
  const fields = authorizationFields(http);
  const asked = { fields, http, registration: target.registration, world };
  for (const check of AUTHORIZATION_CHECKS) check(asked);
  return {
    ...target,
    responseTypes: (fields.response_type ?? '').split(' '),
    scopes: readRequestedScopes(fields.scope ?? '', asked),
    claims: claimsOf(fields),
    maxAgeSeconds: fields.max_age === undefined ? undefined : Number(fields.max_age),
    prompt: fields.prompt ?? '',
    nonce: fields.nonce,
    codeChallenge: fields.code_challenge,
    codeChallengeMethod: fields.code_challenge_method ?? 'plain',
    wantsClientInfo: fields.client_info === '1',
    isInstanceAware: fields.instance_aware === 'true',
    version: isVersion1(http) ? 1 : 2,
    policy: http.policy,
  };
}
