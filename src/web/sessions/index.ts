export { createSessionPages, type SessionPages } from './session-pages.ts';
export { sessionRoutes } from './session-routes.ts';
