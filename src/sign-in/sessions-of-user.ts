import type { Config } from '../config/index.ts';
import type { GroupedSession, SessionRecords } from '../sessions/index.ts';
import { identityOfApp } from './identity-of-app.ts';
import { createAppSessions, groupsNamed, type SignedIn } from './person/index.ts';

/** The sessions of a person, for an administrator of the app. */
interface SessionsOfUser {
  /** Those that are open, newest first. */
  list(): Promise<GroupedSession<SignedIn>[]>;
  /** Ends them, and what is under way in them. @returns how many there were */
  end(): Promise<number>;
}

/** @param user their username when they signed in, their object id, or the id of their account */
export function sessionsOfUser(config: Config, records: SessionRecords, user: string): SessionsOfUser {
  const around = { now: Date.now, onWarning: () => undefined };
  const { sessions } = createAppSessions(config, identityOfApp(config, around), { records, ...around });
  const groups = groupsNamed(user);
  const list = async () => {
    const found = (await Promise.all(groups.map((group) => sessions.inGroup(group)))).flat();
    return [...new Map(found.map((session) => [session.key, session])).values()];
  };
  return {
    list,
    async end() {
      const ended = await Promise.all(groups.map((group) => sessions.endGroup(group)));
      return ended.reduce((sum, each) => sum + each, 0);
    },
  };
}
