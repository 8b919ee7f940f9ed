import { type Request, Router } from 'express';
import type { GraphCall } from '../graph/request.ts';
import { csvExport, jsonExport } from './export-format.ts';
import { createExportProgresses } from './export-progress.ts';
import { cancelExport, followExport } from './export-progress-routes.ts';
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

/** Exports of this process that are followed at once. */
const MOST_FOLLOWED = 1_000;

/** What the app shows of the directory. */
export function directoryRoutes(settings: DirectoryRouteSettings): Router {
  const router = Router({ caseSensitive: true, strict: true });
  router.get('/graphcall', forSignedIn(settings, peoplePage(settings)));
  const exports = { ...settings, progresses: createExportProgresses(MOST_FOLLOWED) };
  router.get('/graphcall/export.csv', forSignedIn(settings, exportPeople(exports, csvExport)));
  router.get('/graphcall/export.json', forSignedIn(settings, exportPeople(exports, jsonExport)));
  router.get('/graphcall/export/progress', followExport(exports));
  router.post('/graphcall/export/cancel', cancelExport(exports));
  router.get('/graphcall/users/:id', forSignedIn(settings, personPage(settings)));
  router.get('/graphcall/users/:id/photo', photo(settings));
  return router;
}
