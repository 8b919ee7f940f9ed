import { type Request, Router } from 'express';
import type { GraphCall } from '../../graph/client/request.ts';
import type { SharedNotes } from '../../sessions/shared-notes.ts';
import type { PersonTokens } from '../../sign-in/person-token.ts';
import { forSignedIn, type SessionRouteSettings } from '../../sign-in/require-sign-in.ts';
import { csvExport, jsonExport } from '../export/export-format.ts';
import { cancelExport, exportPage, followExport } from '../export/export-progress-routes.ts';
import { exportPeople } from '../export/export-routes.ts';
import { createExports } from '../export/exports.ts';
import type { Frame } from '../page-models.ts';
import type { Pages } from '../pages.ts';
import { peoplePage } from './people-routes.ts';
import { personPage } from './person-routes.ts';
import { photo } from './photo-routes.ts';

export interface DirectoryRouteSettings extends SessionRouteSettings {
  graph: GraphCall;
  graphEndpoint: string;
  tokens: PersonTokens;
  /** Where all processes of the app see how far an export is. */
  notes: SharedNotes;
  /** Aborts when the process begins to end. */
  ending: AbortSignal;
  config: { baseUrl: string };
  pages: Pick<Pages, 'users' | 'person' | 'profile' | 'exporting' | 'words'>;
  frameOf: (request: Request) => Frame;
}

/** Exports that are followed at once through this process. */
const MOST_FOLLOWED = 1_000;
/** Exports of one session at once: more would only share what Graph gives. */
const MOST_OF_SESSION = 3;

/** What the app shows of the directory. */
export function directoryRoutes(settings: DirectoryRouteSettings): Router {
  const router = Router({ caseSensitive: true, strict: true });
  router.get('/graphcall', forSignedIn(settings, peoplePage(settings)));
  const limits = { mostFollowed: MOST_FOLLOWED, mostOfSession: MOST_OF_SESSION };
  const exports = { ...settings, exports: createExports({ ...settings, ...limits }) };
  router.get('/graphcall/export.csv', forSignedIn(settings, exportPeople(exports, csvExport)));
  router.get('/graphcall/export.json', forSignedIn(settings, exportPeople(exports, jsonExport)));
  router.get('/graphcall/export', forSignedIn(settings, exportPage(exports)));
  router.get('/graphcall/export/progress', followExport(exports));
  router.post('/graphcall/export/cancel', cancelExport(exports));
  router.get('/graphcall/users/:id', forSignedIn(settings, personPage(settings)));
  router.get('/graphcall/users/:id/photo', photo(settings));
  return router;
}
