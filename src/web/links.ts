/** A path of this app. Anything else (another host, another scheme) becomes the home page. */
export function localHref(path: string): string {
  return /^\/(?![/\\])[^\\\s]*$/.test(path) ? path : '/';
}

/** Where a sign-in starts that comes back to `returnTo`. */
export function loginHref(returnTo: string, prompt?: 'select_account'): string {
  const query = new URLSearchParams(prompt === undefined ? {} : { prompt });
  query.set('returnTo', localHref(returnTo));
  return `/login?${query}`;
}

/** Where a sign-in starts that asks for these scopes alone and comes back to `returnTo`. */
export function scopesHref(scopes: readonly string[], returnTo: string): string {
  return `/login?${new URLSearchParams({ scope: scopes.join(' '), returnTo: localHref(returnTo) })}`;
}

/** Where the language switch leads, and back to `returnTo`. */
export function languageHref(to: string, returnTo: string): string {
  return `/language?${new URLSearchParams({ to, returnTo: localHref(returnTo) })}`;
}

/** Where the switch of the appearance leads, and back to `returnTo`. */
export function appearanceHref(to: string, returnTo: string): string {
  return `/appearance?${new URLSearchParams({ to, returnTo: localHref(returnTo) })}`;
}

/** A web address as a link's target; undefined where it is none (`javascript:`, `data:`, junk). */
export function webHref(address: string | undefined): string | undefined {
  if (address === undefined || !URL.canParse(address)) return undefined;
  const { protocol, href } = new URL(address);
  return protocol === 'https:' || protocol === 'http:' ? href : undefined;
}

/** Everybody as a file, or everybody who matches a search. */
export function exportHref(form: 'csv' | 'json', search: string | undefined): string {
  return `/graphcall/export.${form}${searchQuery(search)}`;
}

/** The page that shows how far such a file is. */
export function exportPageHref(search: string | undefined): string {
  return `/graphcall/export${searchQuery(search)}`;
}

function searchQuery(search: string | undefined): string {
  return search === undefined ? '' : `?${new URLSearchParams({ search })}`;
}

/** A person's own page. */
export function personHref(id: string): string {
  return `/graphcall/users/${encodeURIComponent(id)}`;
}

/** A person's photo, or a picture of these initials. */
export function photoHref(id: string, initials: string): string {
  return `${personHref(id)}/photo?${new URLSearchParams({ initials })}`;
}

/** A chat with somebody in Microsoft Teams (Microsoft's page on deep links); undefined for no plausible address. */
export function teamsHref(username: string | undefined): string | undefined {
  if (username === undefined || !MAIL.test(username)) return undefined;
  return `https://teams.microsoft.com/l/chat/0/0?${new URLSearchParams({ users: username })}`;
}

/** The characters of RFC 5321's dot-atom and of RFC 6531's international addresses; no quoted local parts. */
const MAIL =
  /^([\p{L}\p{M}\p{N}.!#$%&'*+/=?^_`{|}~-]{1,64})@([\p{L}\p{M}\p{N}](?:[\p{L}\p{M}\p{N}.-]{0,252}))$/u;

/** A `mailto:` link, encoded as RFC 6068 asks; undefined where the value is no plausible mail address. */
export function mailHref(mail: string | undefined): string | undefined {
  const [, local, domain] = MAIL.exec(mail ?? '') ?? [];
  if (local === undefined || domain === undefined) return undefined;
  return `mailto:${encodeURIComponent(local)}@${encodeURIComponent(domain)}`;
}
