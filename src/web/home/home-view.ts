import type { Frame, PageWords, Person } from '../layout/index.ts';
import { loginHref, numberText } from '../layout/index.ts';

/** Whose page it is that people sign in on is said only where it is true. */
export function welcomeView({ t }: PageWords, { path, notice }: Frame) {
  return {
    heading: t('welcome.heading'),
    signInHref: loginHref(path),
    privacy: t(notice === 'emulator' ? 'welcome.privacyEmulator' : 'welcome.privacy'),
  };
}

/** Who is signed in, and the search. */
export function homeView(
  { language, t }: PageWords,
  { displayName, username, kind, domain }: Person,
  total = 0,
) {
  const isPersonal = kind === 'personal';
  const who = kind === 'work' && domain !== undefined ? 'home.whoOf' : 'home.who';
  return {
    heading: t(isPersonal ? 'home.headingPersonal' : 'home.heading'),
    isPersonal,
    count:
      total === 0 ? '' : t('users.headingCounted', { count: total, number: numberText(language, total) }),
    who: t(who, { name: displayName, username, organisation: domain ?? '' }),
  };
}
