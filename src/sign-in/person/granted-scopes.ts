import { RequestError } from '../../errors.ts';
import { accessTokensIn, type ClientSettings, missingScopes, readGranted } from '../../identity/index.ts';
import type { Sessions } from '../../sessions/index.ts';
import type { SignedIn, SignedInSession } from './signed-in.ts';

/** What a person consented to. */
export interface GrantedScopes {
  /** What every sign-in asks for. */
  asked: readonly string[];
  /** As the platform named them. */
  granted: readonly string[];
  /** Of those asked for. */
  missing: readonly string[];
  /** What can be asked for beside that (`OPTIONAL_SCOPE`), and is not granted yet. */
  optional: readonly string[];
  /** When the newest access token ends. */
  expiresAt: Date | undefined;
}

/** Reads it out of a session's tokens: of those, only that. @throws RequestError `session_ended` without a session */
export async function readGrantedScopes(
  {
    identity,
    sessions,
  }: { identity: Pick<ClientSettings, 'scopes' | 'optionalScopes'>; sessions: Sessions<SignedIn> },
  session: SignedInSession | undefined,
): Promise<GrantedScopes> {
  if (session === undefined) throw new RequestError('session_ended', 401, 'Nobody is signed in.');
  const { text } = await sessions.readTokens(session);
  const { scopes: granted, expiresAt } = readGranted(accessTokensIn(text));
  const { scopes: asked, optionalScopes } = identity;
  const missing = missingScopes(asked, granted);
  return { asked, granted, missing, optional: missingScopes(optionalScopes, granted), expiresAt };
}
