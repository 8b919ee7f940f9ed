import { type DirectoryUser, isUserId } from '../../graph/index.ts';
import { hueOf, initialsOf, mailHref } from '../layout/index.ts';
import { personHref, photoHref } from './person-links.ts';

/** A person of the directory as the table shows one. */
export interface PersonView {
  name: string;
  initials: string;
  hue: string;
  /** The person's own page and photo; absent where the id is none that Graph gives. */
  href: string | undefined;
  photoHref: string | undefined;
  username: string;
  mail: string;
  /** Absent where the address is no plausible one; it is shown as text then. */
  mailHref: string | undefined;
  /** A narrow page shows such an address once. */
  mailIsUsername: boolean;
}

/** @param nameless what to call somebody of whom nothing is known but an id */
export function personView(user: DirectoryUser, nameless: string): PersonView {
  const known = user.displayName ?? joined(user) ?? user.userPrincipalName ?? user.mail;
  const initials = initialsOf(known ?? '');
  const href = isUserId(user.id) ? personHref(user.id) : undefined;
  return {
    name: known ?? nameless,
    initials,
    hue: hueOf(user.id),
    href,
    photoHref: href === undefined ? undefined : photoHref(href, initials),
    username: user.userPrincipalName ?? '',
    mail: user.mail ?? '',
    mailHref: mailHref(user.mail),
    mailIsUsername:
      user.mail === user.userPrincipalName ||
      user.mail?.toLowerCase() === user.userPrincipalName?.toLowerCase(),
  };
}

function joined({ givenName, surname }: DirectoryUser): string | undefined {
  const parts = [givenName, surname].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : parts.join(' ');
}
