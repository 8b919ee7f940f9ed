import { Router } from 'express';
import { requiresSignIn } from '../../library/sign-in.ts';
import type { DirectoryAccess } from '../directory/index.ts';
import { failureAsJson } from '../failure/index.ts';
import { PATHS } from '../layout/index.ts';
import { peoplePage } from './list-routes.ts';
import type { PeoplePages } from './people-pages.ts';
import { personPage } from './person-routes.ts';
import { photo } from './photo-routes.ts';
import { suggestions, suggestionsLimit } from './suggest-routes.ts';

interface PeopleRouteSettings extends DirectoryAccess {
  pages: PeoplePages;
}

/** What the app shows of the directory's people. */
export function peopleRoutes(settings: PeopleRouteSettings): Router {
  const router = Router({ caseSensitive: true, strict: true });
  router.get(PATHS.people, requiresSignIn(), peoplePage(settings));
  router.get(PATHS.suggest, suggestionsLimit(), suggestions(settings), failureAsJson);
  router.get(PATHS.person, requiresSignIn(), personPage(settings));
  router.get(PATHS.photo, photo(settings));
  return router;
}
