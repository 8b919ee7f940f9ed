import { hueOf, initialsOf } from './initials.ts';
import { LANGUAGE_NAMES, LANGUAGES, type Language } from './language.ts';
import { languageHref, localHref, loginHref } from './links.ts';
import type { Frame, Person } from './page-models.ts';
import type { Translate } from './words/translate.ts';

interface NavigationLink {
  href: string;
  label: string;
  current: boolean;
}

/** What the layout shows around a page. */
export interface FrameView {
  language: Language;
  navigation: NavigationLink[];
  person: (Person & { kindText: string; initials: string; hue: string }) | undefined;
  switchAccountHref: string;
  languages: { tag: Language; name: string; href: string; current: boolean }[];
  notice: string | undefined;
}

/** Header and footer as values. */
export function frameView(language: Language, t: Translate, frame: Frame): FrameView {
  const here = localHref(frame.path);
  return {
    language,
    navigation: frame.person === undefined ? [] : navigationOf(t, frame.person, here),
    person: frame.person === undefined ? undefined : personOf(t, frame.person),
    switchAccountHref: loginHref(here, 'select_account'),
    languages: LANGUAGES.map((tag) => ({
      tag,
      name: LANGUAGE_NAMES[tag],
      href: languageHref(tag, here),
      current: tag === language,
    })),
    notice: frame.notice === 'standIn' ? t('layout.standIn') : undefined,
  };
}

function navigationOf(t: Translate, { kind }: Person, here: string): NavigationLink[] {
  const [path] = here.split(/[?#]/);
  const people = kind === 'personal' ? 'navigation.profile' : 'navigation.people';
  return [
    { href: '/', label: t('navigation.home'), current: path === '/' },
    { href: '/graphcall', label: t(people), current: path === '/graphcall' },
    { href: '/permissions', label: t('navigation.permissions'), current: path === '/permissions' },
  ];
}

function personOf(t: Translate, person: Person) {
  return {
    ...person,
    kindText: t(`kinds.${person.kind}`),
    initials: initialsOf(person.displayName),
    hue: hueOf(person.username),
  };
}
