import type { AuthorityMetadata } from './authority.ts';

interface SignOutRequest {
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
