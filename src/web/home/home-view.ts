import { momentOf } from '../layout/formats.ts';
import type { Frame, Person } from '../layout/frame.ts';
import { loginHref } from '../layout/links.ts';
import { organisationView } from '../layout/organisation.ts';
import type { Language } from '../words/language.ts';
import type { Translate } from '../words/translate.ts';

export interface HomePage {
  /** For a signed-in person: when they signed in. */
  signedInAt?: Date;
}

interface Given {
  language: Language;
  t: Translate;
}

/** Whose page it is that people sign in on is said only where it is true. */
export function welcomeView({ t }: Given, { path, notice }: Frame) {
  return {
    heading: t('welcome.heading'),
    signInHref: loginHref(path),
    privacy: t(notice === 'standIn' ? 'welcome.privacyStandIn' : 'welcome.privacy'),
  };
}

/** Who is signed in, of which organisation, and since when. */
export function homeView({ language, t }: Given, person: Person, { signedInAt }: HomePage) {
  return {
    heading: t('home.heading'),
    person,
    organisation: organisationView(t, person),
    since: momentOf(language, signedInAt),
  };
}
