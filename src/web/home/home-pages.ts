import type { Frame, Layout } from '../layout/index.ts';
import type { Left } from './farewell.ts';
import { homeView, welcomeView } from './home-view.ts';

interface HomePage {
  /** Somebody just signed out. */
  left?: Left | undefined;
  /** How many people there are, where that is known. */
  total?: number | undefined;
}

/** Compiles the templates of the home page. */
export function createHomePages(layout: Layout) {
  const [welcome, home] = [layout.template('welcome'), layout.template('home')];
  const signedOut = layout.template('signed-out');
  return {
    /** The search, or the way to sign in. */
    home: (frame: Frame, { left, total }: HomePage = {}) =>
      layout.show(frame, (words) => {
        if (frame.person !== undefined)
          return home(words, homeView(words, frame.person, total), { scripts: ['picker'] });
        const view = welcomeView(words, frame);
        if (left === undefined) return welcome(words, view);
        const what = words.t(left === 'everywhere' ? 'signedOut.everywhere' : 'signedOut.what');
        return signedOut(words, { ...view, heading: words.t('signedOut.heading'), what });
      }),
  };
}

/** The pages, ready to be shown. */
export type HomePages = ReturnType<typeof createHomePages>;
