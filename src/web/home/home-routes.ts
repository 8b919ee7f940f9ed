import { type Request, Router } from 'express';
import { sendPage } from '../../http/index.ts';
import type { Sessions } from '../../sessions/index.ts';
import type { SignedIn } from '../../sign-in/index.ts';
import type { Frame } from '../layout/index.ts';
import type { HomePages } from './home-pages.ts';
import type { HomePage } from './home-view.ts';

interface HomeRouteSettings {
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
