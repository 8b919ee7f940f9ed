import type { DirectoryUser, WholeUser } from '../../graph/index.ts';
import type { Frame } from '../layout/index.ts';
import { largePhotoHref, localHref, loginHref, phoneHref, scopesHref, teamsHref } from '../layout/index.ts';
import type { Translate } from '../words/index.ts';
import { personView } from './person-view.ts';

/** Somebody of the directory. */
export interface PersonPage {
  /** With more of them where the permission gives it. */
  person: DirectoryUser & Partial<WholeUser>;
  /** The list that the person was chosen from. */
  listUrl: string;
  /** Permissions that would show more of them, and can be asked for. */
  askFor: readonly string[];
}

/** The signed-in person's own profile, for a personal account that has no directory. */
export interface ProfilePage {
  profile: DirectoryUser;
}

/** A person's own page, with what one would do next: write, call up a chat, copy an address. */
export function personPageView(t: Translate, frame: Frame, { person, listUrl, askFor }: PersonPage) {
  const view = personView(person, t('users.nameless'));
  const { jobTitle, department, manager } = person;
  return {
    heading: view.name,
    person: view,
    photoHref: largePhotoHref(view.photoHref),
    position: [jobTitle, department].filter((text) => text !== undefined).join(', '),
    listHref: `${localHref(listUrl)}#${person.id}`,
    teamsHref: teamsHref(person.userPrincipalName),
    lists: listsOf(t, person),
    manager: manager === undefined ? undefined : personView(manager, t('users.nameless')),
    askHref: askFor.length === 0 ? undefined : scopesHref(askFor, frame.path),
  };
}

function listsOf(t: Translate, person: PersonPage['person']) {
  const { businessPhones = [], mobilePhone, manager } = person;
  const phones = [
    ...businessPhones.map((phone) => phoneFact(t, 'person.phone', phone)),
    ...(mobilePhone === undefined ? [] : [phoneFact(t, 'person.mobile', mobilePhone)]),
  ];
  const [mail, office] = [factsOf(t, person, ['mail']), factsOf(t, person, ['officeLocation'])];
  const lists = [
    { name: 'contact', heading: t('person.contact'), facts: [...mail, ...phones, ...office] },
    { name: 'work', heading: t('person.work'), facts: factsOf(t, person, ['jobTitle', 'department']) },
    {
      name: 'account',
      heading: t('person.account'),
      facts: factsOf(t, person, ['username', 'givenName', 'surname', 'id']),
    },
  ];
  return lists.filter(({ name, facts }) => facts.length > 0 || (name === 'work' && manager !== undefined));
}

function phoneFact(t: Translate, label: string, value: string): Fact {
  return { name: t(label), value, copy: t('person.copyPhone'), isCode: false, href: phoneHref(value) };
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
  officeLocation: ['person.office', 'officeLocation', 'person.copyOffice'],
  jobTitle: ['person.jobTitle', 'jobTitle', 'person.copyJobTitle'],
  department: ['person.department', 'department', 'person.copyDepartment'],
} as const;

/** What is known of somebody, and can be copied. */
interface Fact {
  name: string;
  value: string;
  copy: string;
  isCode: boolean;
  /** Where pressing it leads. */
  href?: string | undefined;
}

function factsOf(t: Translate, user: PersonPage['person'], names: readonly (keyof typeof FACTS)[]): Fact[] {
  return names.flatMap((name) => {
    const [label, property, copy] = FACTS[name];
    const value = user[property];
    return value === undefined ? [] : [{ name: t(label), value, copy: t(copy), isCode: name === 'id' }];
  });
}
