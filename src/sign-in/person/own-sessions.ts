import type { BrowserName } from '../../http/index.ts';
import type { Account } from '../../identity/index.ts';
import type { Sessions } from '../../sessions/index.ts';
import { personGroup } from './session-groups.ts';
import type { SignedIn, SignedInSession } from './signed-in.ts';

/** One of the sessions of the person who asks. */
export interface OwnSession extends BrowserName {
  /** Tells it from the others, and opens none. */
  readonly key: string;
  readonly startedAt: Date;
  /** Known by the minute. */
  readonly lastUsedAt: Date;
  /** Whether it is the one that the request came with. */
  readonly isThis: boolean;
  /** Ends it, in whatever browser it is; what was under way in it ends too. */
  end(): Promise<void>;
}

/** The open sessions of the person of this one, in all browsers, newest first; none for a visitor. */
export async function ownSessions(
  sessions: Sessions<SignedIn>,
  session: SignedInSession | undefined,
  onEnded: (person: Account) => void,
): Promise<OwnSession[]> {
  if (session === undefined) return [];
  const { account } = session.content;
  const own = sessions.keyOf(session);
  const found = await sessions.inGroup(personGroup(account));
  return found.map(({ key, startedAtMs, seenAtMs, content: { browser = {} }, end }) => ({
    ...browser,
    key,
    startedAt: new Date(startedAtMs),
    lastUsedAt: new Date(seenAtMs),
    isThis: key === own,
    async end() {
      await end();
      onEnded(account);
    },
  }));
}
