import { Router } from 'express';
import { notInAdvance } from '../../http/index.ts';
import { requiresSignIn } from '../../library/sign-in.ts';
import type { DirectoryAccess } from '../directory/index.ts';
import { type Layout, PATHS } from '../layout/index.ts';
import { exportPeople } from './export-file.ts';
import { csvExport, jsonExport } from './export-format.ts';
import type { ExportPages } from './export-pages.ts';
import { cancelExport, exportPage, followExport } from './export-progress-routes.ts';
import { createExports } from './exports.ts';
import type { SharedNotes } from './shared-export.ts';

interface ExportRouteSettings extends DirectoryAccess {
  /** Where all processes of the app see how far an export is. */
  notes: SharedNotes;
  /** Aborts when the process begins to end. */
  ending: AbortSignal;
  now: () => number;
  config: { baseUrl: string };
  pages: ExportPages & Pick<Layout, 'words'>;
}

/** The directory's people as files, and how far each of them is. */
export function exportRoutes(settings: ExportRouteSettings): Router {
  const router = Router({ caseSensitive: true, strict: true });
  const exports = { ...settings, exports: createExports(settings) };
  router.get(PATHS.exportCsv, notInAdvance, requiresSignIn(), exportPeople(exports, csvExport));
  router.get(PATHS.exportJson, notInAdvance, requiresSignIn(), exportPeople(exports, jsonExport));
  router.get(PATHS.exportPage, requiresSignIn(), exportPage(exports));
  router.get(PATHS.exportProgress, followExport(exports));
  router.post(PATHS.exportCancel, cancelExport(exports));
  return router;
}
