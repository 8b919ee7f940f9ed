import { type HttpRequest, type HttpResponse, jsonResponse, NO_STORE } from '../http/index.ts';
import type { World } from '../state/index.ts';
import { pairwiseSubject } from '../tokens/index.ts';
import { type Caller, requireAny, requirePerson } from './caller.ts';

/** GET and POST /oidc/userinfo: the claims that the ID token has as well (OpenID Connect Core 5.3). */
export function userinfo(_asked: HttpRequest, _world: World, caller: Caller): HttpResponse {
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
