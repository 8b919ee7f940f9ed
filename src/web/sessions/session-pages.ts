import type { OwnSession } from '../../library/sign-in.ts';
import type { Frame, Layout } from '../layout/index.ts';
import { sessionsView } from './sessions-view.ts';

/** Compiles the template of the page about sessions. */
export function createSessionPages(layout: Layout) {
  const template = layout.template('sessions');
  return {
    /** The sessions of the signed-in person. */
    sessions: (frame: Frame, sessions: readonly OwnSession[]) =>
      layout.show(frame, (words) => template(words, sessionsView(words, sessions), { width: 'wide' })),
  };
}

/** The pages, ready to be shown. */
export type SessionPages = ReturnType<typeof createSessionPages>;
