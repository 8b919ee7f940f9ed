import { type Frame, type Layout, loginHref, PATHS } from '../layout/index.ts';
import { type PermissionsPage, permissionsView } from './permissions-view.ts';

export interface AccountPages {
  /** What the app may do for the signed-in person. */
  permissions(frame: Frame, model: PermissionsPage): string;
  /** For an administrator who comes back from the identity platform's consent page, having consented. */
  consentGiven(frame: Frame): string;
  /** For a signed-in person whom another site tried to sign out. */
  signOutQuestion(frame: Frame): string;
}

/** Compiles the templates of the pages about permissions, consent and signing out. */
export function createAccountPages(layout: Layout): AccountPages {
  const permissions = layout.template('permissions');
  const consentGiven = layout.template('consent-given');
  const signOutQuestion = layout.template('sign-out-question');
  return {
    permissions: (frame, model) =>
      layout.show(frame, (words) =>
        permissions(words, permissionsView(words, frame, model), { width: 'wide' }),
      ),
    consentGiven: (frame) =>
      layout.show(frame, (words) =>
        consentGiven(words, {
          heading: words.t('consent.givenHeading'),
          signInHref: loginHref(PATHS.people),
        }),
      ),
    signOutQuestion: (frame) =>
      layout.show(frame, (words) => signOutQuestion(words, { heading: words.t('signOutQuestion.heading') })),
  };
}
