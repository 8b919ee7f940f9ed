import type { Config } from '../config/index.ts';
import type { SessionRecords } from '../sessions/index.ts';
import { identityOfApp } from './identity-of-app.ts';
import { createAppSessions, groupsNamed } from './person/index.ts';

/**
 * The sessions of a person, for an administrator of the app.
 * @param user their username when they signed in, their object id, or the id of their account
 */
export function sessionsOfUser(config: Config, records: SessionRecords, user: string) {
  const around = { now: Date.now, onWarning: () => undefined };
  const { sessions } = createAppSessions(config, identityOfApp(config, around), { records, ...around });
  const groups = groupsNamed(user);
  const list = async () => {
    const found = (await Promise.all(groups.map((group) => sessions.inGroup(group)))).flat();
    return [...new Map(found.map((session) => [session.key, session])).values()];
  };
  return {
    /** Those that are open, newest first. */
    list,
    /** Ends them, and what is under way in them. @returns how many there were */
    async end(): Promise<number> {
      const ended = await Promise.all(groups.map((group) => sessions.endGroup(group)));
      return ended.reduce((sum, each) => sum + each, 0);
    },
  };
}
