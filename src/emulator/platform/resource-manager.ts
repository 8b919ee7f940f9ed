import { type HttpRequest, type HttpResponse, jsonResponse, NO_STORE } from '../http/index.ts';
import { findResource } from '../registry/index.ts';
import type { World } from '../state/index.ts';
import { readAccessToken } from '../tokens/index.ts';

/** Azure Resource Manager's application id. */
const RESOURCE_MANAGER = '797f4846-ba00-4fd7-ba43-dac1f8f63013';

/** Whether a path is Azure Resource Manager's. */
export function isResourceManagerPath(path: string): boolean {
  return /^\/(subscriptions|tenants|providers)(\/|$)/i.test(path);
}

/**
 * GET /subscriptions and /tenants of Azure Resource Manager: nobody has any, so that a command-line sign-in ends well.
 * What else it has is not here.
 */
export function nothingInAzure(http: HttpRequest, world: World): HttpResponse {
  const [, token = ''] = /^Bearer +(\S+)$/i.exec(http.headers.authorization ?? '') ?? [];
  if (token === '')
    return refused(http, 401, {
      code: 'AuthenticationFailed',
      message: "Authentication failed. The 'Authorization' header is missing.",
    });
  if (!isForAzure(token, http, world))
    return refused(http, 401, {
      code: 'InvalidAuthenticationToken',
      message: 'The access token is invalid.',
    });
  if (http.query['api-version'] === undefined)
    return refused(http, 400, {
      code: 'MissingApiVersionParameter',
      message: 'The api-version query parameter (?api-version=) is required for all requests.',
    });
  if (http.method === 'GET' && /^\/(subscriptions|tenants)\/?$/i.test(http.path))
    return jsonResponse(200, { value: [] }, NO_STORE);
  return refused(http, 501, {
    code: 'NotImplemented',
    message: `The emulator does not have ${http.method} ${http.path} of Azure Resource Manager.`,
  });
}

function isForAzure(token: string, http: HttpRequest, world: World): boolean {
  const claims = readAccessToken(token, world);
  if (claims === undefined || claims.exp * 1000 <= world.now()) return false;
  return findResource(claims.aud, world, http.origin)?.appId === RESOURCE_MANAGER;
}

function refused({ origin }: HttpRequest, status: number, error: object): HttpResponse {
  const challenge = {
    'WWW-Authenticate': `Bearer authorization_uri="${origin}/common", error="invalid_token"`,
  };
  return jsonResponse(status, { error }, { ...NO_STORE, ...(status === 401 ? challenge : {}) });
}
