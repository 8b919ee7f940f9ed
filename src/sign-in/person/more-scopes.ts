import type { QueryParameters } from '../../http/index.ts';
import type { AuthorizationOptions, EarlierScopes } from '../../identity/index.ts';
import { accessTokensIn, type ClientSettings, missingScopes, readGranted } from '../../identity/index.ts';
import type { Sessions } from '../../sessions/index.ts';
import type { SignedIn, SignedInSession } from './signed-in.ts';

type ConfiguredScopes = Pick<ClientSettings, 'scopes' | 'optionalScopes'>;

/**
 * What a link to `/login` asks for on top of what the session has (incremental consent), and of whom: the configured
 * scopes that it names and never another one.
 * @returns nothing for a visitor and where the link names none of them: then the sign-in asks for all
 */
export function readMoreScopes(
  { scope = '' }: QueryParameters,
  session: SignedInSession | undefined,
  { scopes: asked, optionalScopes }: ConfiguredScopes,
): Pick<AuthorizationOptions, 'scopes' | 'loginHint'> {
  const named = new Set(scope.toLowerCase().split(' '));
  const scopes = [...asked, ...optionalScopes].filter((one) => named.has(one.toLowerCase()));
  if (session === undefined || scopes.length === 0) return {};
  const { loginHint, username } = session.content.account;
  return { scopes, loginHint: loginHint ?? username };
}

/** What the session that is about to be replaced could do; undefined for a visitor. */
export async function readEarlierScopes(
  sessions: Sessions<SignedIn>,
  session: SignedInSession | undefined,
  { scopes, optionalScopes }: ConfiguredScopes,
): Promise<EarlierScopes | undefined> {
  if (session === undefined) return undefined;
  const { text } = await sessions.readTokens(session);
  const configured = [...scopes, ...optionalScopes];
  const missing = missingScopes(configured, readGranted(accessTokensIn(text)).scopes);
  return {
    account: session.content.account,
    scopes: configured.filter((scope) => !missing.includes(scope)),
  };
}
