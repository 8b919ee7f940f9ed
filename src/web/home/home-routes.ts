import { type Request, Router } from 'express';
import { sendPage } from '../../http/index.ts';
import type { KnownTotals } from '../directory/index.ts';
import { type Frame, PATHS } from '../layout/index.ts';
import type { Farewell } from './farewell.ts';
import type { HomePages } from './home-pages.ts';

interface HomeRouteSettings {
  pages: HomePages;
  frameOf: (request: Request) => Frame;
  farewell: Farewell;
  totals: KnownTotals;
}

/** The home page. */
export function homeRoutes({ pages, frameOf, farewell, totals }: HomeRouteSettings): Router {
  const router = Router({ caseSensitive: true, strict: true });
  router.get(PATHS.home, (request, response) => {
    const left = farewell.take(request, response);
    const total = totals.of(request.entra.account);
    sendPage(response, pages.home(frameOf(request), { left, total }));
  });
  return router;
}
