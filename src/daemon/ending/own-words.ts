/** The platform repeats at the end what the line says anyway: ids and the time. */
const REPEATED = /\s*Trace ID: .*$/s;
/** What looks like a token, ours or not: a signed one, or a long word that nobody reads. */
const TOKENS = /\beyJ[\w-]*(?:\.[\w-]*)+|[\w-]{64,}|(?<=\bBearer\s+)[^\s"'<>]+/gi;
const MOST_CHARACTERS = 500;
const HIDDEN = '…';

/**
 * Microsoft's own words about an error, for one line on the console. They may repeat what they were sent.
 * @param secrets that are known here, and whatever looks like a token, are left out
 */
export function ownWords(text: string | undefined, secrets: readonly string[]): string | undefined {
  if (text === undefined) return undefined;
  const hidden = secrets
    .flatMap((secret) => [secret, encodeURIComponent(secret)])
    .reduce((rest, secret) => (secret === '' ? rest : rest.replaceAll(secret, HIDDEN)), text);
  const words = hidden.replace(TOKENS, HIDDEN).replace(REPEATED, '').replace(/\s+/g, ' ').trim();
  if (words === '') return undefined;
  return `Microsoft says: "${words.length > MOST_CHARACTERS ? `${words.slice(0, MOST_CHARACTERS)}${HIDDEN}` : words}"`;
}
