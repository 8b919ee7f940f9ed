export { nlAccess } from './access.ts';
export { nlDirectory } from './directory.ts';
export { nl } from './pages.ts';
