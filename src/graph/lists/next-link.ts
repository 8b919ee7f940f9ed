/** Longer links are no links to a next page. */
const MAX_LINK_CHARACTERS = 8_000;

/**
 * Judges an `@odata.nextLink`: the only thing in a response of Graph that says where to send the token next.
 * @param path that the link has to stay on, such as `/v1.0/users`
 * @returns the link as a URL on the configured origin and path; `undefined` for every other
 */
export function readNextLink(link: unknown, endpoint: string, path: string): URL | undefined {
  if (typeof link !== 'string' || link.length > MAX_LINK_CHARACTERS || !URL.canParse(link)) return undefined;
  const url = new URL(link);
  const isOurs =
    url.origin === endpoint && url.pathname === path && url.username === '' && url.password === '';
  return isOurs ? url : undefined;
}
