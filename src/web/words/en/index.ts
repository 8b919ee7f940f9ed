export { type AccessCatalogue, enAccess } from './access.ts';
export { type DirectoryCatalogue, enDirectory } from './directory.ts';
export { en, type PageCatalogue } from './pages.ts';
