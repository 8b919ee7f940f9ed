import { type Request, Router } from 'express';
import { sendPage } from '../../http/index.ts';
import type { Frame } from '../layout/index.ts';
import type { HomePages } from './home-pages.ts';
import type { HomePage } from './home-view.ts';

interface HomeRouteSettings {
  pages: HomePages;
  frameOf: (request: Request) => Frame;
}

/** The home page. */
export function homeRoutes({ pages, frameOf }: HomeRouteSettings): Router {
  const router = Router({ caseSensitive: true, strict: true });
  router.get('/', (request, response) => {
    const { session } = request.entra;
    const model: HomePage = session === undefined ? {} : { signedInAt: session.startedAt };
    sendPage(response, pages.home(frameOf(request), model));
  });
  return router;
}
