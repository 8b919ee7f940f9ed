import { LANGUAGE_NAMES, LANGUAGES, type Language } from '../../failures/index.ts';
import type { Translate } from '../words/index.ts';
import { APPEARANCES, type Appearance } from './appearance.ts';
import type { Frame, Person } from './frame.ts';
import { hueOf, initialsOf } from './initials.ts';
import { appearanceHref, languageHref, localHref, loginHref, personHref, photoHref } from './links.ts';
import { organisationView } from './organisation.ts';
import { PATHS } from './paths.ts';

const APPEARANCE_WORDS: Readonly<Record<Appearance, string>> = {
  auto: 'appearances.auto',
  light: 'appearances.light',
  dark: 'appearances.dark',
};

/** Header and footer as values. */
export function frameView(language: Language, t: Translate, frame: Frame) {
  const here = localHref(frame.path);
  const { appearance = 'auto' } = frame;
  return {
    language,
    navigation: frame.person === undefined ? [] : navigationOf(t, frame.person, here),
    person: frame.person === undefined ? undefined : personOf(t, frame.person),
    organisation: frame.person === undefined ? undefined : organisationView(t, frame.person),
    switchAccountHref: loginHref(here, 'select_account'),
    languageName: LANGUAGE_NAMES[language],
    languages: LANGUAGES.map((tag) => ({
      tag,
      name: LANGUAGE_NAMES[tag],
      href: languageHref(tag, here),
      current: tag === language,
    })),
    theme: appearance === 'auto' ? undefined : appearance,
    appearances: APPEARANCES.map((name) => ({
      name: t(APPEARANCE_WORDS[name]),
      href: appearanceHref(name, here),
      current: name === appearance,
    })),
    notice: frame.notice === 'emulator' ? t('layout.emulator') : undefined,
  };
}

function navigationOf(t: Translate, { kind }: Person, here: string) {
  const [path] = here.split(/[?#]/);
  const people = kind === 'personal' ? 'navigation.profile' : 'navigation.people';
  return [
    { href: PATHS.people, label: t(people), current: path === PATHS.people },
    {
      href: PATHS.account,
      label: t('navigation.account'),
      current: path === PATHS.account || path === PATHS.sessions,
    },
  ];
}

/** As a frame shows them. */
export function personOf(t: Translate, person: Person) {
  const { objectId } = person;
  const initials = initialsOf(person.displayName);
  return {
    ...person,
    kindText: t(`kinds.${person.kind}`),
    initials,
    hue: hueOf(objectId ?? person.username),
    photoHref: objectId === undefined ? undefined : photoHref(personHref(objectId), initials),
  };
}
