export { deAccess } from './access.ts';
export { deDirectory } from './directory.ts';
export { de } from './pages.ts';
