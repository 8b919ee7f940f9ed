import { type HttpRequest, type HttpResponse, jsonResponse, NO_STORE } from '../http/index.ts';
import { findResource } from '../registry/index.ts';
import type { World } from '../state/index.ts';
import { readAccessToken } from '../tokens/index.ts';

/** Azure Resource Manager's application id. */
const RESOURCE_MANAGER = '797f4846-ba00-4fd7-ba43-dac1f8f63013';

/** GET /subscriptions and /tenants of Azure Resource Manager: nobody has any, so that a command-line sign-in ends well. */
export function nothingInAzure(http: HttpRequest, world: World): HttpResponse {
  const [, token = ''] = /^Bearer +(\S+)$/i.exec(http.headers.authorization ?? '') ?? [];
  const claims = readAccessToken(token, world);
  const isFor =
    claims !== undefined && findResource(claims.aud, world, http.origin)?.appId === RESOURCE_MANAGER;
  if (isFor && claims.exp * 1000 > world.now()) return jsonResponse(200, { value: [] }, NO_STORE);
  const code = token === '' ? 'AuthenticationFailed' : 'InvalidAuthenticationToken';
  const message =
    token === ''
      ? "Authentication failed. The 'Authorization' header is missing."
      : 'The access token is invalid.';
  return jsonResponse(
    401,
    { error: { code, message } },
    {
      ...NO_STORE,
      'WWW-Authenticate': `Bearer authorization_uri="${http.origin}/common", error="invalid_token"`,
    },
  );
}
