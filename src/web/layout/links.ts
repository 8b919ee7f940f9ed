import { PATHS } from './paths.ts';

/** A path of this app. Anything else (another host, another scheme) becomes the home page. */
export function localHref(path: string): string {
  return /^\/(?![/\\])[^\\\s]*$/.test(path) ? path : '/';
}

/** A person's own page. */
export function personHref(id: string): string {
  return PATHS.person.replace(':id', encoded(id));
}

/** The photo of a person with that page, or a picture of these initials. */
export function photoHref(personHref: string, initials: string): string {
  return `${personHref}/photo?initials=${encoded(initials)}`;
}

/** The side in pixels of a photo that fills 96, sharp on a screen that has two for each. */
export const LARGE_PHOTO = 240;

/** The same photo for a page about one person. */
export function largePhotoHref(photoHref: string | undefined): string | undefined {
  return photoHref === undefined ? undefined : `${photoHref}&size=${LARGE_PHOTO}`;
}

/** The query of a path, with its `?`; empty where there is none. */
export function queryOf(path: string): string {
  return path.includes('?') ? path.slice(path.indexOf('?')) : '';
}

/** Where a sign-in starts that comes back to `returnTo`. */
export function loginHref(returnTo: string, prompt?: 'select_account'): string {
  return `${PATHS.login}?${prompt === undefined ? '' : `prompt=${prompt}&`}${returnQuery(returnTo)}`;
}

/** Where a sign-in starts that asks for these scopes alone and comes back to `returnTo`. */
export function scopesHref(scopes: readonly string[], returnTo: string): string {
  return `${PATHS.login}?${new URLSearchParams({ scope: scopes.join(' '), returnTo: localHref(returnTo) })}`;
}

/** Where the language switch leads, and back to `returnTo`. */
export function languageHref(to: string, returnTo: string): string {
  return `${PATHS.language}?to=${encodeURIComponent(to)}&${returnQuery(returnTo)}`;
}

/** Where the switch of the appearance leads, and back to `returnTo`. */
export function appearanceHref(to: string, returnTo: string): string {
  return `${PATHS.appearance}?to=${encodeURIComponent(to)}&${returnQuery(returnTo)}`;
}

function returnQuery(returnTo: string): string {
  return `returnTo=${encoded(localHref(returnTo))}`;
}

/**
 * Half a surrogate pair, which cannot be encoded, becomes a replacement character. The encoder takes longer than all the
 * rest of a link, so what needs none is spared it.
 */
function encoded(value: string): string {
  return /^[\w-]*$/.test(value) ? value : encodeURIComponent(value.toWellFormed());
}

/** A web address as a link's target; undefined where it is none (`javascript:`, `data:`, junk). */
export function webHref(address: string | undefined): string | undefined {
  if (address === undefined || !URL.canParse(address)) return undefined;
  const { protocol, href } = new URL(address);
  return protocol === 'https:' || protocol === 'http:' ? href : undefined;
}

/** A telephone number as a link's target (RFC 3966); undefined where it holds more than a number. */
export function phoneHref(phone: string): string | undefined {
  const digits = phone.replaceAll(/[\s()./-]/g, '');
  return /^\+?\d{3,20}$/.test(digits) ? `tel:${digits}` : undefined;
}

/** A chat with somebody in Microsoft Teams (Microsoft's page on deep links); undefined for no plausible address. */
export function teamsHref(username: string | undefined): string | undefined {
  if (username === undefined || !MAIL.test(username)) return undefined;
  return `https://teams.microsoft.com/l/chat/0/0?${new URLSearchParams({ users: username })}`;
}

/** The portal in which registrations, permissions and people are managed. */
export const ADMIN_CENTER = 'https://entra.microsoft.com/';

/** A new message without a recipient in the person's own mail program (RFC 6068, which asks for CRLF). */
export function draftHref(subject: string, body: string): string {
  return `mailto:?subject=${encoded(subject)}&body=${encoded(body.replaceAll('\n', '\r\n'))}`;
}

/** The characters of RFC 5321's dot-atom and of RFC 6531's international addresses; no quoted local parts. */
const MAIL =
  /^([\p{L}\p{M}\p{N}.!#$%&'*+/=?^_`{|}~-]{1,64})@([\p{L}\p{M}\p{N}](?:[\p{L}\p{M}\p{N}.-]{0,252}))$/u;

/** Most addresses: nothing in them has to be encoded. */
const PLAIN_MAIL = /^[A-Za-z0-9._-]{1,64}@[A-Za-z0-9][A-Za-z0-9.-]{0,252}$/;

/** A `mailto:` link, encoded as RFC 6068 asks; undefined where the value is no plausible mail address. */
export function mailHref(mail: string | undefined): string | undefined {
  if (mail !== undefined && PLAIN_MAIL.test(mail)) return `mailto:${mail}`;
  const [, local, domain] = MAIL.exec(mail ?? '') ?? [];
  if (local === undefined || domain === undefined) return undefined;
  return `mailto:${encodeURIComponent(local)}@${encodeURIComponent(domain)}`;
}
