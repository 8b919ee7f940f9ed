export { createExportOffer } from './export-offer.ts';
export { createExportPages } from './export-pages.ts';
export { exportRoutes } from './export-routes.ts';
export type { SharedNotes } from './shared-export.ts';
