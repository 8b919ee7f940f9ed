import { type RequestHandler, Router } from 'express';
import { ConfigurationError } from '../../errors.ts';
import { isHttpsOrLoopback } from '../../loopback.ts';

export interface ResourceMetadataOptions {
  /** The API's public address: `https://orders.example`. */
  resource: string;
  /** `https://host/tenant/v2.0` of the issuer of its tokens. */
  authorizationServers: readonly string[];
  /** With the API's name in front: `api://orders/Orders.Read`. */
  scopes?: readonly string[];
}

const WELL_KNOWN = '/.well-known/oauth-protected-resource';

/**
 * Describes the API to clients at `/.well-known/oauth-protected-resource`, followed by the path of the resource where it
 * has one (RFC 9728, section 3.1).
 * @throws ConfigurationError for a resource that is no https address, and without an authorization server
 */
export function protectedResourceMetadata({
  resource,
  authorizationServers,
  scopes = [],
}: ResourceMetadataOptions): RequestHandler {
  const document = {
    resource,
    authorization_servers: authorizationServers,
    ...(scopes.length === 0 ? {} : { scopes_supported: scopes }),
    bearer_methods_supported: ['header'],
  };
  const path = pathOf(resource);
  if (authorizationServers.length === 0)
    throw new ConfigurationError(['authorizationServers must name the issuer of the tokens']);
  const router = Router();
  for (const address of new Set([WELL_KNOWN, `${WELL_KNOWN}${path}`])) {
    router.get(address, (_request, response) => {
      response.json(document);
    });
  }
  return router;
}

function pathOf(resource: string): string {
  const url = URL.canParse(resource) ? new URL(resource) : undefined;
  if (url === undefined || !isHttpsOrLoopback(url) || url.hash !== '')
    throw new ConfigurationError(['resource must be an https address of the API, without a fragment']);
  return url.pathname.replace(/\/$/, '');
}
