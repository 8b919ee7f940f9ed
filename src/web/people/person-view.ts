import { type DirectoryUser, isUserId } from '../../graph/index.ts';
import { hueOf, initialsOf, mailHref, personHref, photoHref } from '../layout/index.ts';

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
  /** In the list, to which the way back leads; absent where there is no page to come back from. */
  row: string | undefined;
  /** The list shows such an address once. */
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
    row: href === undefined ? undefined : user.id,
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
