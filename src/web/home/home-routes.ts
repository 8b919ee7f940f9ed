import { type Request, Router } from 'express';
import { sendPage } from '../../http/index.ts';
import { type Frame, PATHS } from '../layout/index.ts';
import type { Farewell } from './farewell.ts';
import type { HomePages } from './home-pages.ts';

interface HomeRouteSettings {
  pages: HomePages;
  frameOf: (request: Request) => Frame;
  farewell: Farewell;
}

/** The home page. */
export function homeRoutes({ pages, frameOf, farewell }: HomeRouteSettings): Router {
  const router = Router({ caseSensitive: true, strict: true });
  router.get(PATHS.home, (request, response) => {
    const hasLeft = farewell.take(request, response);
    sendPage(response, pages.home(frameOf(request), hasLeft));
  });
  return router;
}
