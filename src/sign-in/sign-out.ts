import type { Request, Response } from 'express';
import { clearCache, redirect, safeReturnTo } from '../http/index.ts';
import { type ClientSettings, signOutUrl } from '../identity/index.ts';
import type { Sessions } from '../sessions/index.ts';
import type { SignedIn } from './person/index.ts';

export interface SignOutOptions {
  /** A path of this app, registered as a redirect URI, where the identity platform leads back to. Default `/`. */
  returnTo?: string;
}

/** What signing out is made of. */
export interface SignOutParts {
  identity: ClientSettings;
  sessions: Sessions<SignedIn>;
  baseUrl: string;
}

/** The local session ends first: whatever becomes of the rest, this app holds nothing of the person any more. */
export async function endSession(
  { identity, sessions, baseUrl }: SignOutParts,
  request: Request,
  response: Response,
  { returnTo = '/' }: SignOutOptions,
): Promise<void> {
  const account = sessions.of(request)?.content.account;
  await sessions.end(request, response);
  clearCache(response);
  const metadata = await identity.authority.metadata().catch(() => undefined);
  const path = safeReturnTo(returnTo);
  const url =
    metadata &&
    signOutUrl(metadata, { postLogoutRedirectUri: `${baseUrl}${path}`, logoutHint: account?.loginHint });
  redirect(response, url ?? path);
}
