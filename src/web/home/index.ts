export { createFarewell } from './farewell.ts';
export { createHomePages } from './home-pages.ts';
export { homeRoutes } from './home-routes.ts';
