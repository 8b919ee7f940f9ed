import { decodeToken } from '../tokens/index.ts';
import type { TokenBody } from './token-response.ts';

/** How long refresh tokens of user flows last, in seconds (wire reference I). */
const REFRESH_SECONDS = 1_209_600;

/** A token response as B2C has it: no access token where no API was asked for, and times for everything (wire reference I). */
export function asUserFlow(body: TokenBody): TokenBody {
  const { access_token: token, scope, expires_in: lifetime, ext_expires_in: _longer, ...rest } = body;
  const { aud, exp, nbf } = decodeToken(String(token))?.claims ?? {};
  const scopes = String(scope)
    .split(' ')
    .filter((one) => one.includes('/'));
  const isForApi = scopes.length > 0;
  return {
    ...rest,
    not_before: nbf,
    ...(isForApi
      ? {
          ...{ access_token: token, expires_in: lifetime, expires_on: exp, resource: aud },
          scope: scopes.map((one) => one.replace(/^([0-9a-f-]{36})\/\.default$/i, '$1')).join(' '),
        }
      : {}),
    ...(rest.id_token === undefined
      ? {}
      : { id_token_expires_in: 3600, profile_info: profileOf(rest.id_token) }),
    ...(rest.refresh_token === undefined ? {} : { refresh_token_expires_in: REFRESH_SECONDS }),
  };
}

function profileOf(idToken: unknown): string {
  const { name, sub } = decodeToken(String(idToken))?.claims ?? {};
  return Buffer.from(JSON.stringify({ ver: '1.0', sub, name })).toString('base64url');
}
