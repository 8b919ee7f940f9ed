export { exportHref, exportPageHref } from './export-links.ts';
export { createExportPages, type ExportPages } from './export-pages.ts';
export { exportRoutes } from './export-routes.ts';
export { progressWords } from './progress-words.ts';
