import { type DirectoryUser, isUserId } from '../../graph/index.ts';
import { hueOf, initialsOf, mailHref, personHref, photoHref } from '../layout/index.ts';

/** A person as `personView` shows one. */
export type PersonView = ReturnType<typeof personView>;

/**
 * A person of the directory as the table shows one.
 * @param nameless what to call somebody of whom nothing is known but an id
 */
export function personView(user: DirectoryUser, nameless: string) {
  const known = user.displayName ?? joined(user) ?? user.userPrincipalName ?? user.mail;
  const initials = initialsOf(known ?? '');
  const href = isUserId(user.id) ? personHref(user.id) : undefined;
  return {
    name: known ?? nameless,
    initials,
    hue: hueOf(user.id),
    // the person's own page and photo; absent where the id is none that Graph gives
    href,
    photoHref: href === undefined ? undefined : photoHref(href, initials),
    username: user.userPrincipalName ?? '',
    mail: user.mail ?? '',
    // in the list, to which the way back leads; absent where there is no page to come back from
    row: href === undefined ? undefined : user.id,
    // absent where the address is no plausible one; it is shown as text then
    mailHref: mailHref(user.mail),
    // the list shows such an address once
    mailIsUsername:
      user.mail === user.userPrincipalName ||
      user.mail?.toLowerCase() === user.userPrincipalName?.toLowerCase(),
  };
}

function joined({ givenName, surname }: DirectoryUser): string | undefined {
  const parts = [givenName, surname].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : parts.join(' ');
}
