import { createExportOffer } from '../export/index.ts';
import type { Frame, Layout } from '../layout/index.ts';
import { type PersonPage, type ProfilePage, personPageView, profileView } from './person-page-view.ts';
import { isNothingToSearch, type UsersPage, usersView } from './users-view.ts';

/** Compiles the templates of the people's pages. */
export function createPeoplePages(layout: Layout) {
  const [users, empty] = [layout.template('users'), layout.template('empty')];
  const [person, profile] = [layout.template('person'), layout.template('profile')];
  const exportOffer = createExportOffer(layout);
  return {
    /** One page of the directory's people. */
    users: (frame: Frame, model: UsersPage) =>
      layout.show(frame, (words) =>
        isNothingToSearch(model)
          ? empty(words, usersView(words, model))
          : users(
              words,
              { ...usersView(words, model), ...exportOffer(words, model) },
              { width: 'wide', scripts: ['picker', 'find', 'export'] },
            ),
      ),
    /** One person of the directory. */
    person: (frame: Frame, model: PersonPage) =>
      layout.show(frame, (words) => person(words, personPageView(words.t, frame, model), { width: 'wide' })),
    /** The own profile of a personal account, which has no directory. */
    profile: (frame: Frame, model: ProfilePage) =>
      layout.show(frame, (words) => profile(words, profileView(words.t, frame, model))),
  };
}

/** The pages, ready to be shown. */
export type PeoplePages = ReturnType<typeof createPeoplePages>;
