import type { DirectoryUser } from '../../graph/index.ts';
import type { Frame } from '../layout/index.ts';
import { localHref, loginHref, teamsHref } from '../layout/index.ts';
import type { Translate } from '../words/index.ts';
import { personView } from './person-view.ts';

/** Somebody of the directory. */
export interface PersonPage {
  person: DirectoryUser;
  /** The list that the person was chosen from. */
  listUrl: string;
}

/** The signed-in person's own profile, for a personal account that has no directory. */
export interface ProfilePage {
  profile: DirectoryUser;
}

/** A person's own page, with what one would do next: write, call up a chat, copy an address. */
export function personPageView(t: Translate, { person, listUrl }: PersonPage) {
  const view = personView(person, t('users.nameless'));
  return {
    heading: view.name,
    person: view,
    listHref: `${localHref(listUrl)}#${person.id}`,
    teamsHref: teamsHref(person.userPrincipalName),
    lists: listsOf(t, person),
  };
}

function listsOf(t: Translate, person: DirectoryUser) {
  const lists = [
    { name: 'contact', heading: t('person.contact'), facts: factsOf(t, person, ['mail']) },
    {
      name: 'account',
      heading: t('person.account'),
      facts: factsOf(t, person, ['username', 'givenName', 'surname', 'id']),
    },
  ];
  return lists.filter(({ facts }) => facts.length > 0);
}

/** The own profile of a personal account. */
export function profileView(t: Translate, frame: Frame, { profile }: ProfilePage) {
  return {
    heading: t('profile.heading'),
    person: personView(profile, t('users.nameless')),
    facts: factsOf(t, profile, ['givenName', 'surname', 'username', 'id']),
    otherAccountHref: loginHref(frame.path, 'select_account'),
  };
}

const FACTS = {
  givenName: ['profile.givenName', 'givenName', 'person.copyGivenName'],
  surname: ['profile.surname', 'surname', 'person.copySurname'],
  username: ['profile.username', 'userPrincipalName', 'person.copyUsername'],
  mail: ['profile.mail', 'mail', 'person.copyMail'],
  id: ['profile.id', 'id', 'person.copyId'],
} as const;

function factsOf(t: Translate, user: DirectoryUser, names: readonly (keyof typeof FACTS)[]) {
  return names.flatMap((name) => {
    const [label, property, copy] = FACTS[name];
    const value = user[property];
    return value === undefined ? [] : [{ name: t(label), value, copy: t(copy), isCode: name === 'id' }];
  });
}
