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

/** Enough for the longest link and what Graph writes before it. */
const HEAD_BYTES = 2 * MAX_LINK_CHARACTERS;

/**
 * The `@odata.nextLink` of a response that is not parsed yet: Graph writes it before the rows.
 * @returns `undefined` where it is not there; what is returned may stand inside a row, and is to be compared with the
 *   parsed one
 */
export function glimpseNextLink(response: Buffer): string | undefined {
  const head = response.toString('latin1', 0, HEAD_BYTES);
  return /"@odata\.nextLink":\s*"([\x20\x21\x23-\x5b\x5d-\x7e]+)"/.exec(head)?.[1];
}
