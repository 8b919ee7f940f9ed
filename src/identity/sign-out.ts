import type { AuthorityMetadata } from './authority.ts';

export interface SignOutRequest {
  /** A registered address, where the person comes back to. */
  postLogoutRedirectUri: string;
  /** The `login_hint` claim of the ID token; saves the person the account picker. */
  logoutHint: string | undefined;
}

/**
 * The address that ends the person's session with the identity platform (OpenID Connect RP-Initiated Logout 1.0).
 * @returns undefined where the authority has no such endpoint
 */
export function signOutUrl(metadata: AuthorityMetadata, request: SignOutRequest): string | undefined {
  if (metadata.endSessionEndpoint === undefined) return undefined;
  const url = new URL(metadata.endSessionEndpoint);
  url.searchParams.set('post_logout_redirect_uri', request.postLogoutRedirectUri);
  if (request.logoutHint !== undefined) url.searchParams.set('logout_hint', request.logoutHint);
  return url.href;
}

/**
 * The page on which an administrator consents for a whole tenant (Microsoft: admin consent on the v2.0 endpoint).
 * @param tenantId of the person who was refused
 */
export function adminConsentUrl(
  metadata: AuthorityMetadata,
  request: { tenantId: string; clientId: string; scopes: readonly string[]; redirectUri: string },
): string {
  const url = new URL(`/${encodeURIComponent(request.tenantId)}/v2.0/adminconsent`, metadata.origin);
  url.searchParams.set('client_id', request.clientId);
  url.searchParams.set('scope', request.scopes.join(' '));
  url.searchParams.set('redirect_uri', request.redirectUri);
  return url.href;
}
