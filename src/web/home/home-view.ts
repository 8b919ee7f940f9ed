import type { Frame, Person } from '../layout/index.ts';
import { loginHref } from '../layout/index.ts';
import type { Translate } from '../words/index.ts';

interface Given {
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

/** Who is signed in, and the search. */
export function homeView({ t }: Given, { displayName, username, kind, domain }: Person) {
  const isPersonal = kind === 'personal';
  const who = kind === 'work' && domain !== undefined ? 'home.whoOf' : 'home.who';
  return {
    heading: t(isPersonal ? 'home.headingPersonal' : 'home.heading'),
    isPersonal,
    who: t(who, { name: displayName, username, organisation: domain ?? '' }),
  };
}
