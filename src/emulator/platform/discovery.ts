import { randomBytes } from 'node:crypto';
import { aadstsError, errorBody, incidentOf, orError } from '../aadsts/index.ts';
import {
  type HttpRequest,
  type HttpResponse,
  inUserFlow,
  jsonResponse,
  platformCookies,
  platformHeaders,
} from '../http/index.ts';
import { isKnownInstance, readAuthority } from '../registry/index.ts';
import type { World } from '../state/index.ts';
import { publishedKey } from '../tokens/index.ts';
import { instanceDiscovery, openidConfiguration, openidConfigurationV1 } from './metadata.ts';
import { userFlowConfiguration } from './user-flow-metadata.ts';

/** Discovery is public and may be kept for a day (wire reference A3). */
const PUBLIC = {
  'Cache-Control': 'max-age=86400, private',
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Allow-Methods': 'GET, OPTIONS',
} as const;

/** Discovery sets one more cookie than the token endpoint (wire reference A3). */
function esctx(): string {
  return `esctx=${randomBytes(24).toString('base64url')}; path=/; secure; HttpOnly; SameSite=None`;
}

/** Makes a discovery endpoint: what it returns is public JSON, what it refuses an error body (wire reference A4). */
function discovery(
  read: (http: HttpRequest, world: World) => unknown,
): (http: HttpRequest, world: World) => HttpResponse {
  return (http, world) => {
    const cookies = [...platformCookies(), esctx()];
    const headers = { ...PUBLIC, ...platformHeaders(http), 'Set-Cookie': cookies };
    return orError(
      () => jsonResponse(200, read(http, world), headers),
      (error) => jsonResponse(error.status, errorBody(error, incidentOf(http, world.now())), headers),
    );
  };
}

/** GET /{tenant}/v2.0/.well-known/openid-configuration */
export const metadata = discovery((http, world) => {
  const asked = inUserFlow(http);
  return asked.policy === ''
    ? openidConfiguration(http.origin, readAuthority(http.tenant, world))
    : userFlowConfiguration(asked, world);
});

/** GET /{tenant}/.well-known/openid-configuration */
export const metadataV1 = discovery((http, world) =>
  openidConfigurationV1(http.origin, readAuthority(http.tenant, world)),
);

/** GET /{tenant}/discovery/v2.0/keys (wire reference A6) */
export const keys = discovery((http, world) => {
  readAuthority(http.tenant, world);
  return { keys: world.keys.published().map((key) => publishedKey(key, http.origin)) };
});

/** GET /common/discovery/instance (wire reference A5) */
export const instance = discovery((http, world) => {
  const endpoint = http.query.authorization_endpoint ?? '';
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
  if (url === undefined || !isKnownInstance(url.host, http.origin)) throw aadstsError(50049);
  return instanceDiscovery(http.origin, readAuthority(url.pathname.split('/')[1] || 'common', world).segment);
});
