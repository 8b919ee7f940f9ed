import { type HttpRequest, type HttpResponse, jsonResponse, NO_STORE } from '../http/index.ts';
import { orGraphError } from '../odata/index.ts';
import { GRAPH_APP_ID } from '../registry/index.ts';
import type { World } from '../state/index.ts';
import { pairwiseSubject } from '../tokens/index.ts';
import { type Caller, hasAny, readCaller, requireAny, requirePerson } from './caller.ts';

/** The old directory API: its tokens do at the endpoint of version 1.0. */
const DIRECTORY = '00000002-0000-0000-c000-000000000000';

/** GET and POST /oidc/userinfo, and /{tenant}/openid/userinfo of version 1.0: who it is (OpenID Connect Core 5.3). */
export function userinfo(http: HttpRequest, world: World): HttpResponse {
  return orGraphError(http, world, () => {
    const isFirst = http.path.endsWith('/openid/userinfo');
    const caller = readCaller(http, world, isFirst ? [GRAPH_APP_ID, DIRECTORY] : [GRAPH_APP_ID]);
    if (!isFirst) requireAny(caller, ['openid']);
    return jsonResponse(200, claimsOf(caller, http.origin, isFirst), NO_STORE);
  });
}

/** What the scopes allow; version 1.0 has no scopes for it (ED userinfo). */
function claimsOf(caller: Caller, origin: string, isFirst: boolean): object {
  const account = requirePerson(caller);
  const profile = {
    name: account.displayName,
    family_name: account.surname,
    given_name: account.givenName,
    picture: `${origin}/v1.0/me/photo/$value`,
  };
  return {
    sub: pairwiseSubject(account, caller.clientId),
    ...(isFirst || hasAny(caller, ['profile']) ? profile : {}),
    ...(isFirst || hasAny(caller, ['email']) ? { email: account.username } : {}),
  };
}
