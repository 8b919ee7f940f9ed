import type { OwnSession } from '../../library/sign-in.ts';
import { momentOf, PATHS, type PageWords } from '../layout/index.ts';

/** This session first, then the others, newest first. */
export function sessionsView({ language, t }: PageWords, sessions: readonly OwnSession[]) {
  const others = sessions.filter(({ isThis }) => !isThis);
  return {
    heading: t('sessions.heading'),
    sessions: [...sessions.filter(({ isThis }) => isThis), ...others].map((session) => {
      const where = whereOf(t, session);
      const began = momentOf(language, session.startedAt);
      return {
        where,
        began,
        used: momentOf(language, session.lastUsedAt),
        isThis: session.isThis,
        endHref: PATHS.endSession.replace(':key', session.key),
        endText: t('sessions.endOne', { where, began: began?.text ?? '' }),
      };
    }),
    hasOthers: others.length > 0,
  };
}

function whereOf(t: PageWords['t'], { browser, system }: OwnSession): string {
  if (browser !== undefined && system !== undefined) return t('sessions.on', { browser, system });
  return browser ?? system ?? t('sessions.unknown');
}
