import type { Frame, Layout } from '../layout/index.ts';
import { type HomePage, homeView, welcomeView } from './home-view.ts';

export interface HomePages {
  /** Who is signed in, or the way to sign in. */
  home(frame: Frame, model: HomePage): string;
}

/** Compiles the templates of the home page. */
export function createHomePages(layout: Layout): HomePages {
  const [welcome, home] = [layout.template('welcome'), layout.template('home')];
  return {
    home: (frame, model) =>
      layout.show(frame, (words) =>
        frame.person === undefined
          ? welcome(words, welcomeView(words, frame))
          : home(words, homeView(words, frame.person, model)),
      ),
  };
}
