/** A rule for redirect URIs, and what a URI does that breaks it (wire reference B3, "redirect match"). */
interface Rule {
  readonly fault: string;
  readonly isBroken: (uri: string, url: URL) => boolean;
}

/** Longest redirect URI that can be registered. */
export const MAX_REDIRECT_URI_LENGTH = 256;

/** Hosts that plain http may lead to: an address of 127.0.0.1 is registered through the manifest. */
const PLAIN_HTTP_HOSTS = ['localhost', '127.0.0.1'];

const RULES: readonly Rule[] = [
  {
    fault: `is longer than ${MAX_REDIRECT_URI_LENGTH} characters`,
    isBroken: (uri) => uri.length > MAX_REDIRECT_URI_LENGTH,
  },
  { fault: "holds one of the characters ! $ ' ( ) , ;", isBroken: (uri) => /[!$'(),;]/.test(uri) },
  { fault: 'has a fragment', isBroken: (uri) => uri.includes('#') },
  { fault: 'leads to [::1], which cannot be registered', isBroken: (_uri, url) => url.hostname === '[::1]' },
  {
    fault: 'is plain http to another host than localhost',
    isBroken: (_uri, url) => url.protocol === 'http:' && !PLAIN_HTTP_HOSTS.includes(url.hostname),
  },
];

/** Why the real platform would not register a redirect URI; undefined when it would. */
export function registrationFault(uri: string): string | undefined {
  if (!URL.canParse(uri)) return 'is not a URI';
  const url = new URL(uri);
  return RULES.find((rule) => rule.isBroken(uri, url))?.fault;
}
