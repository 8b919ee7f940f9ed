export { enAccess } from './access.ts';
export { enDirectory } from './directory.ts';
export { en } from './pages.ts';
export type { AccessCatalogue, DirectoryCatalogue, PageCatalogue } from './shape.ts';
