import { type Frame, type Layout, loginHref, PATHS } from '../layout/index.ts';
import { type PermissionsPage, permissionsView } from './permissions-view.ts';

/** Compiles the templates of the pages about permissions, consent and signing out. */
export function createAccountPages(layout: Layout) {
  const permissions = layout.template('permissions');
  const consentGiven = layout.template('consent-given');
  const signOutQuestion = layout.template('sign-out-question');
  return {
    /** What the app may do for the signed-in person. */
    permissions: (frame: Frame, model: PermissionsPage) =>
      layout.show(frame, (words) =>
        permissions(words, permissionsView(words, frame, model), { width: 'wide' }),
      ),
    /** For an administrator who comes back from the identity platform's consent page, having consented. */
    consentGiven: (frame: Frame) =>
      layout.show(frame, (words) =>
        consentGiven(words, {
          heading: words.t('consent.givenHeading'),
          signInHref: loginHref(PATHS.people),
        }),
      ),
    /** For a signed-in person whom another site tried to sign out. */
    signOutQuestion: (frame: Frame) =>
      layout.show(frame, (words) => signOutQuestion(words, { heading: words.t('signOutQuestion.heading') })),
  };
}

/** The pages, ready to be shown. */
export type AccountPages = ReturnType<typeof createAccountPages>;
