import { randomUUID } from 'node:crypto';
import { makeUserAccessToken } from './access-token.ts';
import { isPersonal } from './accounts.ts';
import type { AccountGrant, Grant } from './grant.ts';
import { clientInfoOf, makeIdToken } from './id-token.ts';
import { OIDC_SCOPES } from './permissions.ts';
import { echoScopes } from './scopes.ts';
import type { World } from './world.ts';

/** The JSON object of a token answer. */
export type TokenBody = Readonly<Record<string, unknown>>;

/** What a refresh token holds, sealed: nothing is remembered for it. */
export interface RefreshRecord {
  readonly kind: 'refresh';
  readonly id: string;
  readonly issuedAtMs: number;
  readonly grant: Grant;
}

/** The answer of every grant that stands for a person (wire reference C5). */
export function userTokenBody(grant: AccountGrant, wantsClientInfo: boolean, world: World): TokenBody {
  const { account, scopes } = grant;
  const granted = world.consents.granted(account, grant.clientId);
  const permissions = granted.filter((one) => !OIDC_SCOPES.includes(one));
  const access = makeUserAccessToken(grant, [...permissions, ...scopes.openId].join(' '), world);
  const signer = world.keys.current(isPersonal(account) ? 'personal' : 'work');
  return {
    token_type: 'Bearer',
    scope: echoScopes(scopes, granted),
    expires_in: access.lifetimeSeconds,
    ext_expires_in: access.lifetimeSeconds,
    ...(grant.handlesClaims ? { refresh_in: Math.floor(access.lifetimeSeconds / 2) } : {}),
    access_token: access.token,
    ...refreshMembers(grant, world),
    ...(scopes.openId.includes('openid') ? { id_token: makeIdToken(grant, signer, world.now()) } : {}),
    ...(grant.isFamily ? { foci: '1' } : {}),
    ...(wantsClientInfo ? { client_info: clientInfoOf(account, grant.clientId) } : {}),
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

/** A refresh token carries no nonce: the ID token of a refresh has none (MSAL Node refuses one it did not ask). */
function refreshToken(grant: AccountGrant, world: World): string {
  const { account: _account, origin: _origin, isFamily: _family, ...kept } = grant;
  const record: RefreshRecord = {
    kind: 'refresh',
    id: randomUUID(),
    issuedAtMs: world.now(),
    grant: { ...kept, nonce: undefined },
  };
  return `1.${world.seal.close(record)}`;
}

/** Opens a refresh token of this stand-in. */
export function openRefreshToken(token: string, world: World): RefreshRecord | undefined {
  const opened = token.startsWith('1.') ? world.seal.open(token.slice(2)) : undefined;
  return isRefreshRecord(opened) ? opened : undefined;
}

function isRefreshRecord(value: unknown): value is RefreshRecord {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'refresh';
}
