import type { ErrorCode } from '../errors.ts';
import { FAILURE_WORDS } from './catalogues.ts';
import type { Language } from './language.ts';
import { topicOf } from './remedies.ts';
import type { FailureWords } from './shape.ts';

/**
 * The words for a failure; the platform's code says more than ours where the dictionary knows it.
 * @param redirectUri the app's own, which some words name
 */
export function failureText(
  language: Language,
  code: ErrorCode,
  { upstreamCode, redirectUri }: { upstreamCode?: string | undefined; redirectUri: string },
): FailureWords {
  const { failures, topics } = FAILURE_WORDS[language];
  const topic = topicOf(code, upstreamCode);
  const words = topic === undefined ? failures[code] : topics[topic];
  // The giving of consent keeps its own name.
  const { heading } = code === 'admin_consent_failed' ? failures[code] : words;
  return { ...words, heading, next: words.next.replaceAll('{{redirectUri}}', redirectUri) };
}
