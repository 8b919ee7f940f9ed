import type { OwnSession } from '../../library/sign-in.ts';
import type { Frame, Layout } from '../layout/index.ts';
import { sessionsView } from './sessions-view.ts';

export interface SessionPages {
  /** The sessions of the signed-in person. */
  sessions(frame: Frame, sessions: readonly OwnSession[]): string;
}

/** Compiles the template of the page about sessions. */
export function createSessionPages(layout: Layout): SessionPages {
  const template = layout.template('sessions');
  return {
    sessions: (frame, sessions) =>
      layout.show(frame, (words) => template(words, sessionsView(words, sessions), { width: 'wide' })),
  };
}
