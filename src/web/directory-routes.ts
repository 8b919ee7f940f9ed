import { type Request, Router } from 'express';
import type { GraphCall } from '../graph/request.ts';
import { forSignedIn, type SessionRouteSettings } from './for-signed-in.ts';
import type { Frame } from './page-models.ts';
import type { Pages } from './pages.ts';
import { peoplePage } from './people-routes.ts';
import type { PersonTokens } from './person-token.ts';

export interface DirectoryRouteSettings extends SessionRouteSettings {
  graph: GraphCall;
  graphEndpoint: string;
  tokens: PersonTokens;
  pages: Pick<Pages, 'users' | 'profile'>;
  frameOf: (request: Request) => Frame;
}

/** What the app shows of the directory. */
export function directoryRoutes(settings: DirectoryRouteSettings): Router {
  const router = Router({ caseSensitive: true, strict: true });
  router.get('/graphcall', forSignedIn(settings, peoplePage(settings)));
  return router;
}
