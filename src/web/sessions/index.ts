export { createSessionPages } from './session-pages.ts';
export { sessionRoutes } from './session-routes.ts';
