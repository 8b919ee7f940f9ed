import { type Request, Router } from 'express';
import type { GraphCall } from '../graph/request.ts';
import { csvExport, jsonExport } from './export-format.ts';
import { exportPeople } from './export-routes.ts';
import { forSignedIn, type SessionRouteSettings } from './for-signed-in.ts';
import type { Frame } from './page-models.ts';
import type { Pages } from './pages.ts';
import { peoplePage } from './people-routes.ts';
import { personPage } from './person-routes.ts';
import type { PersonTokens } from './person-token.ts';
import { photo } from './photo-routes.ts';

export interface DirectoryRouteSettings extends SessionRouteSettings {
  graph: GraphCall;
  graphEndpoint: string;
  tokens: PersonTokens;
  pages: Pick<Pages, 'users' | 'person' | 'profile' | 'words'>;
  frameOf: (request: Request) => Frame;
}

/** What the app shows of the directory. */
export function directoryRoutes(settings: DirectoryRouteSettings): Router {
  const router = Router({ caseSensitive: true, strict: true });
  router.get('/graphcall', forSignedIn(settings, peoplePage(settings)));
  router.get('/graphcall/export.csv', forSignedIn(settings, exportPeople(settings, csvExport)));
  router.get('/graphcall/export.json', forSignedIn(settings, exportPeople(settings, jsonExport)));
  router.get('/graphcall/users/:id', forSignedIn(settings, personPage(settings)));
  router.get('/graphcall/users/:id/photo', photo(settings));
  return router;
}
