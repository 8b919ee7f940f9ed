import type { Frame, Layout } from '../layout/index.ts';
import { type ExportPage, exportView } from './export-view.ts';
import { progressWords } from './progress-words.ts';

/** Compiles the template of an export's page. */
export function createExportPages(layout: Layout) {
  const exporting = layout.template('export');
  const followed = layout.inEachLanguage(progressWords);
  return {
    /** How far an export is. */
    exporting: (frame: Frame, model: ExportPage) =>
      layout.show(frame, (words) => {
        const view = exportView(words, model);
        const shown = { ...view, progressWords: followed[words.language] };
        return exporting(words, shown, { scripts: ['export'], renewSeconds: view.renewSeconds });
      }),
  };
}

/** The pages, ready to be shown. */
export type ExportPages = ReturnType<typeof createExportPages>;
