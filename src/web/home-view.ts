import { momentOf } from './formats.ts';
import type { Language } from './language.ts';
import { loginHref } from './links.ts';
import type { AdminConsentPage, Frame, HomePage } from './page-models.ts';
import type { Translate } from './words/translate.ts';

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

const CONSENT_WORDS = {
  given: ['consent.givenHeading', 'consent.givenWhat', 'consent.givenNext'],
  declined: ['consent.declinedHeading', 'consent.declinedWhat', 'consent.declinedNext'],
  failed: ['consent.failedHeading', 'consent.failedWhat', 'consent.failedNext'],
} as const;

/** What came of asking an administrator. */
export function adminConsentView({ t }: Given, { outcome, upstreamCode }: AdminConsentPage) {
  const [heading, what, next] = CONSENT_WORDS[outcome];
  return {
    heading: t(heading),
    what: t(what),
    next: t(next),
    signInHref: loginHref('/graphcall'),
    code: upstreamCode,
  };
}

/** Who is signed in, and since when. */
export function homeView({ language, t }: Given, { signedInAt, tenantId }: HomePage) {
  return { heading: t('home.heading'), since: momentOf(language, signedInAt), tenantId };
}
