import type { Request, Response } from 'express';
import { correlationIdOf, redirect } from '../http/index.ts';
import { type ClientSettings, signOutUrl } from '../identity/index.ts';
import type { Sessions } from '../sessions/index.ts';
import { ofPerson, type TellEvent } from './events.ts';
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
  /** Judges where a person may be sent: a path below the app's own. */
  returnTo: (target: unknown) => string;
  onEvent: TellEvent;
}

/** Ends this app's session of a request; the next person at the browser finds nothing of theirs. */
export async function endSession(
  { sessions, onEvent }: Pick<SignOutParts, 'sessions' | 'onEvent'>,
  request: Request,
  response: Response,
): Promise<SignedIn['account'] | undefined> {
  const account = sessions.of(request)?.content.account;
  await sessions.end(request, response);
  clearCache(response);
  if (account !== undefined)
    onEvent({ type: 'signed_out', by: 'person', ...ofPerson(account, correlationIdOf(request)) });
  return account;
}

/**
 * Tells the browser to drop what it kept of this app, such as photos of people, so that the next person finds
 * none (W3C: Clear Site Data). Taken over https and on this machine.
 */
export function clearCache(response: Response): void {
  response.set('Clear-Site-Data', '"cache"');
}

/** The local session ends first: whatever becomes of the rest, this app holds nothing of the person any more. */
export async function signOut(
  parts: SignOutParts,
  request: Request,
  response: Response,
  { returnTo }: SignOutOptions = {},
): Promise<void> {
  const account = await endSession(parts, request, response);
  const { identity, baseUrl } = parts;
  const metadata = await identity.authority.metadata().catch(() => undefined);
  const path = parts.returnTo(returnTo);
  const url =
    metadata &&
    signOutUrl(metadata, { postLogoutRedirectUri: `${baseUrl}${path}`, logoutHint: account?.loginHint });
  redirect(response, url ?? path);
}
