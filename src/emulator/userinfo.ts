import { type Answer, jsonAnswer, NO_STORE } from './answer.ts';
import type { Asked } from './asked.ts';
import { type Caller, requireAny, requirePerson } from './graph-caller.ts';
import { pairwiseSubject } from './id-token.ts';
import type { World } from './world.ts';

/** GET and POST /oidc/userinfo: the claims that the ID token has as well (OpenID Connect Core 5.3). */
export function userinfo(_asked: Asked, _world: World, caller: Caller): Answer {
  const account = requirePerson(caller);
  requireAny(caller, ['openid']);
  const claims = {
    sub: pairwiseSubject(account, caller.clientId),
    name: account.displayName,
    given_name: account.givenName,
    family_name: account.surname,
    email: account.username,
  };
  return jsonAnswer(200, claims, NO_STORE);
}
