import { momentOf } from '../layout/formats.ts';
import { loginHref } from '../layout/links.ts';
import { organisationView } from '../layout/organisation.ts';
import type { Frame, HomePage, Person } from '../page-models.ts';
import type { Language } from '../words/language.ts';
import type { Translate } from '../words/translate.ts';

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

/** For an administrator who has just consented. */
export function consentGivenView({ t }: Given) {
  return { heading: t('consent.givenHeading'), signInHref: loginHref('/graphcall') };
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
