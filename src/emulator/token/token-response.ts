import { echoScopes } from '../registry/index.ts';
import { userAccessToken, userIdToken, type World } from '../state/index.ts';
import { type AccountGrant, clientInfoOf, refreshToken } from '../tokens/index.ts';

/** The JSON object of a token response. */
export type TokenBody = Readonly<Record<string, unknown>>;

/** The response to every grant that stands for a person (wire reference C5). */
export function userTokenBody(grant: AccountGrant, wantsClientInfo: boolean, world: World): TokenBody {
  const { account, scopes, api } = grant;
  const granted = world.consents.granted(account, grant.clientId);
  const access = userAccessToken(grant, world);
  return {
    token_type: 'Bearer',
    scope: echoScopes(scopes, api, granted),
    expires_in: access.lifetimeSeconds,
    ext_expires_in: access.lifetimeSeconds,
    ...(grant.handlesClaims ? { refresh_in: Math.floor(access.lifetimeSeconds / 2) } : {}),
    access_token: access.token,
    ...refreshMembers(grant, world),
    ...(scopes.openId.includes('openid') ? { id_token: userIdToken(grant, world) } : {}),
    ...(grant.isFamily ? { foci: '1' } : {}),
    ...(wantsClientInfo ? { client_info: clientInfoOf(account, grant.clientId, grant.policy) } : {}),
  };
}

/** A single-page application is told how long its refresh tokens last in all (wire reference C5). */
function refreshMembers(grant: AccountGrant, world: World): TokenBody {
  if (!grant.scopes.openId.includes('offline_access')) return {};
  const { spaUntilMs } = grant;
  const ends =
    spaUntilMs === undefined
      ? {}
      : { refresh_token_expires_in: Math.floor((spaUntilMs - world.now()) / 1000) };
  return { refresh_token: refreshToken(grant, world), ...ends };
}
