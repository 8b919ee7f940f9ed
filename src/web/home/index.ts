export { createFarewell } from './farewell.ts';
export { createHomePages, type HomePages } from './home-pages.ts';
export { homeRoutes } from './home-routes.ts';
