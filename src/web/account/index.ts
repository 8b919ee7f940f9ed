export { createAccountPages } from './account-pages.ts';
export { permissionsRoutes } from './permissions-routes.ts';
