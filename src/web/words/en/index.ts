export { enAccess } from './access.ts';
export { enDirectory } from './directory.ts';
export { enFailures } from './failures.ts';
export { en } from './pages.ts';
export type { AccessCatalogue, DirectoryCatalogue, PageCatalogue } from './shape.ts';
export { enTopics } from './topics.ts';
