import type { Frame, Layout } from '../layout/index.ts';
import { type ExportPage, exportView } from './export-view.ts';
import { progressWords } from './progress-words.ts';

export interface ExportPages {
  /** How far an export is. */
  exporting(frame: Frame, model: ExportPage): string;
}

/** Compiles the template of an export's page. */
export function createExportPages(layout: Layout): ExportPages {
  const exporting = layout.template('export');
  const followed = layout.inEachLanguage(progressWords);
  return {
    exporting: (frame, model) =>
      layout.show(frame, (words) => {
        const view = exportView(words, model);
        const shown = { ...view, progressWords: followed[words.language] };
        return exporting(words, shown, { scripts: ['export'], renewSeconds: view.renewSeconds });
      }),
  };
}
