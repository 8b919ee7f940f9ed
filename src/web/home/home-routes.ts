import { type Request, Router } from 'express';
import { sendPage } from '../../http/send-page.ts';
import type { Sessions } from '../../sessions/sessions.ts';
import type { SignedIn } from '../../sign-in/signed-in.ts';
import type { Frame } from '../layout/frame.ts';
import type { HomePages } from './home-pages.ts';
import type { HomePage } from './home-view.ts';

export interface HomeRouteSettings {
  sessions: Sessions<SignedIn>;
  pages: HomePages;
  frameOf: (request: Request) => Frame;
}

/** The home page. */
export function homeRoutes({ sessions, pages, frameOf }: HomeRouteSettings): Router {
  const router = Router({ caseSensitive: true, strict: true });
  router.get('/', (request, response) => {
    const session = sessions.of(request);
    const model: HomePage = session === undefined ? {} : { signedInAt: new Date(session.startedAtMs) };
    sendPage(response, pages.home(frameOf(request), model));
  });
  return router;
}
