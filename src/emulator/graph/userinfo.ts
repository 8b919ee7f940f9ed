import { type HttpRequest, type HttpResponse, jsonResponse, NO_STORE } from '../http/index.ts';
import { GraphError, graphErrorResponse } from '../odata/index.ts';
import type { World } from '../state/index.ts';
import { pairwiseSubject } from '../tokens/index.ts';
import { type Caller, readCaller, requireAny, requirePerson } from './caller.ts';

/** GET and POST /oidc/userinfo: the claims that the ID token has as well (OpenID Connect Core 5.3). */
export function userinfo(http: HttpRequest, world: World): HttpResponse {
  try {
    return claimsResponse(readCaller(http, world));
  } catch (error) {
    if (!(error instanceof GraphError)) throw error;
    return graphErrorResponse(http, error, world.now());
  }
}

function claimsResponse(caller: Caller): HttpResponse {
  const account = requirePerson(caller);
  requireAny(caller, ['openid']);
  const claims = {
    sub: pairwiseSubject(account, caller.clientId),
    name: account.displayName,
    given_name: account.givenName,
    family_name: account.surname,
    email: account.username,
  };
  return jsonResponse(200, claims, NO_STORE);
}
