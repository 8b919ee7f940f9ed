import type { Language } from '../../failures/index.ts';
import type { Frame, Person } from '../layout/index.ts';
import { loginHref, momentOf, organisationView } from '../layout/index.ts';
import type { Translate } from '../words/index.ts';

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
    privacy: t(notice === 'emulator' ? 'welcome.privacyEmulator' : 'welcome.privacy'),
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
