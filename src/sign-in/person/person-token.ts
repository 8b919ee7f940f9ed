import { setTimeout as wait } from 'node:timers/promises';
import { askingFor, InteractionRequiredError } from '../../errors.ts';
import type { AccessTokenSource, TokenOptions } from '../../graph/index.ts';
import type { ClientSettings } from '../../identity/index.ts';
import { acquireUserToken, type UserToken } from '../../identity/index.ts';
import type { Sessions, StoredTokens } from '../../sessions/index.ts';
import type { SignedIn, SignedInSession } from './signed-in.ts';

export interface PersonTokens {
  /**
   * The access token of this session's person, renewed and stored where necessary.
   * @param scopes of one API; absent: whatever of the configured ones was granted
   */
  of(session: SignedInSession, correlationId: string, scopes?: readonly string[]): AccessTokenSource;
}

/**
 * Brings a session and its tokens together. Calls of one session that need a new token at the same time share one
 * token request; where another process was quicker, its newer tokens are used.
 */
export function createPersonTokens(
  identity: ClientSettings,
  sessions: Sessions<SignedIn>,
  onRenewed: (session: SignedInSession, correlationId: string) => void,
): PersonTokens {
  const underWay = new Map<string, Promise<string>>();
  return {
    of: (session, correlationId, scopes) => (given) => {
      const options = { ...given, ...(scopes === undefined ? {} : { scopes }) };
      const key = `${session.sid} ${JSON.stringify(options)}`;
      const running = underWay.get(key);
      if (running !== undefined) return running;
      const started = acquire(identity, sessions, session, { ...options, correlationId })
        .then(({ accessToken, cache }) => {
          if (cache !== undefined) onRenewed(session, correlationId);
          return accessToken;
        })
        .catch((error: unknown) => {
          throw scopes === undefined ? error : askingFor(scopes, error);
        })
        .finally(() => underWay.delete(key));
      underWay.set(key, started);
      return started;
    },
  };
}

/** A response of the platform that another process has is verified and stored within this time. */
const OTHERS_STORE_WITHIN_MS = 1_000;
const LOOK_EVERY_MS = 25;

type PersonTokenOptions = TokenOptions & { scopes?: readonly string[]; correlationId: string };

async function acquire(
  identity: ClientSettings,
  sessions: Sessions<SignedIn>,
  session: SignedInSession,
  options: PersonTokenOptions,
): Promise<UserToken> {
  const { account } = session.content;
  const acquireFrom = async (read: StoredTokens) =>
    keep(sessions, session, read, await acquireUserToken(identity, account, read.text, options));
  const read = await sessions.readTokens(session);
  try {
    return await acquireFrom(read);
  } catch (error) {
    if (!(error instanceof InteractionRequiredError)) throw error;
    const newer = await tokensOfAnotherProcess(sessions, session, read);
    if (newer === undefined) throw error;
    return await acquireFrom(newer);
  }
}

/** Another process may have used the refresh token first: then its response is in the store, or will be in a moment. */
async function tokensOfAnotherProcess(
  sessions: Sessions<SignedIn>,
  session: SignedInSession,
  read: StoredTokens,
): Promise<StoredTokens | undefined> {
  for (let waitedMs = 0; ; waitedMs += LOOK_EVERY_MS) {
    const found = await sessions.readTokens(session);
    if (found.text !== read.text) return found;
    if (waitedMs >= OTHERS_STORE_WITHIN_MS) return undefined;
    await wait(LOOK_EVERY_MS);
  }
}

/** Stores what changed; a session that ended meanwhile stays ended, and its token is not used either. */
async function keep(
  sessions: Sessions<SignedIn>,
  session: SignedInSession,
  read: StoredTokens,
  token: UserToken,
): Promise<UserToken> {
  const { cache, person } = token;
  if (cache !== undefined && !(await sessions.replaceTokens(session, read, cache)))
    await sessions.readTokens(session);
  if (person !== undefined) await keepPerson(sessions, session, person);
  return token;
}

/** Roles, groups and names are those of the newest ID token, for this request too. */
async function keepPerson(
  sessions: Sessions<SignedIn>,
  session: SignedInSession,
  person: UserToken['person'] & object,
): Promise<void> {
  const { content } = session;
  if (meansTheSame(content.claims, person.claims)) return;
  Object.assign(content, person);
  await sessions.keepContent(session);
}

/** Each token has times and ids of its own. */
const OF_ITS_TOKEN = ['iat', 'nbf', 'exp', 'uti', 'rh', 'aio'];

function meansTheSame(one: SignedIn['claims'], other: SignedIn['claims']): boolean {
  const meaning = (claims: object) =>
    JSON.stringify(
      Object.entries(claims)
        .filter(([name]) => !OF_ITS_TOKEN.includes(name))
        .sort(),
    );
  return meaning(one) === meaning(other);
}
