export { createPeoplePages, type PeoplePages } from './people-pages.ts';
export { peopleRoutes } from './people-routes.ts';
