import type { Remedy } from '../../failures/index.ts';
import { ADMIN_CENTER, draftHref } from '../layout/index.ts';
import type { Translate } from '../words/index.ts';

/** A message for a person who can help, and what helps to send it or to do what it asks for. */
interface AskView {
  message: string;
  /** Opens the message as a new one in the person's mail program, and so needs no script. */
  mailHref: string;
  adminConsentHref: string | undefined;
  /** Where the portal is what has to be visited. */
  adminCenterHref: string | undefined;
  /** Sending the message is the next step; otherwise it is there for later. */
  isNextStep: boolean;
}

/** What of a failure goes into the message. */
interface Told {
  what: string;
  next: string;
  remedy: Remedy;
  /** Where an administrator consents, where that would help. */
  adminConsentHref: string | undefined;
  /** The technical details as lines. */
  details: string;
}

/** @returns undefined where people can help themselves */
export function askView(t: Translate, told: Told): AskView | undefined {
  const { remedy, adminConsentHref } = told;
  const needsHelp =
    adminConsentHref !== undefined || remedy.who === 'administrator' || remedy.who === 'developer';
  if (!needsHelp) return undefined;
  const message = messageOf(t, told);
  return {
    message,
    mailHref: draftHref(t('ask.subject', { app: t('app.name') }), message),
    adminConsentHref: remedy.actions.includes('giveConsent') ? undefined : adminConsentHref,
    adminCenterHref: remedy.place === undefined ? undefined : ADMIN_CENTER,
    isNextStep: remedy.actions[0] === 'copyMessage',
  };
}

function messageOf(t: Translate, { what, next, remedy, adminConsentHref, details }: Told): string {
  const { who, place } = remedy;
  return [
    `${t('ask.intro', { app: t('app.name') })} ${what}`,
    // To anybody else, what to do next is said to the person in front of the page.
    ...(who === 'developer' ? [next] : []),
    ...(place === undefined ? [] : [t('ask.place', { place: t(`places.${place}`) })]),
    ...(adminConsentHref === undefined ? [] : [`${t('ask.consent')} ${adminConsentHref}`]),
    '',
    details,
  ].join('\n');
}
