import { type RequestHandler, Router } from 'express';

export interface ResourceMetadataOptions {
  /** The API's public address: `https://orders.example`. */
  resource: string;
  /** `https://host/tenant/v2.0` of the issuer of its tokens. */
  authorizationServers: readonly string[];
  /** With the API's name in front: `api://orders/Orders.Read`. */
  scopes?: readonly string[];
}

/** Describes the API to clients at `/.well-known/oauth-protected-resource` (RFC 9728). */
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
  const router = Router();
  router.get('/.well-known/oauth-protected-resource', (_request, response) => {
    response.json(document);
  });
  return router;
}
