import { AppError, ConfigurationError, type ErrorCode } from '../errors.ts';
import { FAILURE_WORDS, topicOfCode } from '../failures/index.ts';
import { EXIT, type ExitStatus, type Trouble } from './finding.ts';

/** An error in words for the people who run the app; of what Microsoft wrote only its number is said. */
export function inWords(error: unknown, redirectUri = ''): Trouble {
  if (error instanceof ConfigurationError)
    return { what: sentence(error.problems.join('; ')), exitStatus: EXIT.settings };
  if (!(error instanceof AppError))
    return { what: 'Something unexpected went wrong.', exitStatus: EXIT.unexpected };
  const { code: upstreamCode } = error.upstream;
  const exitStatus = exitStatusOf(error);
  const known = wordsOf(upstreamCode, redirectUri);
  if (known === undefined) {
    const marks = [upstreamCode ?? error.code, error.detail].filter((mark) => mark !== undefined);
    const parts = [`${error.message} (${marks.join(', ')})`, error.explanation];
    return { what: parts.filter((part) => part !== undefined).join(' '), exitStatus };
  }
  return { ...known, exitStatus };
}

/** What a code of Microsoft's means, and what to do; undefined for one that the dictionary does not know. */
export function wordsOf(
  code: string | undefined,
  redirectUri: string,
): { what: string; todo: string } | undefined {
  const topic = topicOfCode(code);
  if (topic === undefined) return undefined;
  const { what, next } = FAILURE_WORDS.en.topics[topic];
  return { what: `${what} (${code})`, todo: next.replaceAll('{{redirectUri}}', redirectUri) };
}

const SETTINGS = new Set<ErrorCode>(['configuration', 'credential_unusable']);
const AWAY = /^(authority|graph)_(unreachable|timeout|throttled|unavailable)$|^store_unavailable$/;

function exitStatusOf({ code }: AppError): ExitStatus {
  if (SETTINGS.has(code)) return EXIT.settings;
  if (AWAY.test(code)) return EXIT.unreachable;
  return code === 'internal' ? EXIT.unexpected : EXIT.refused;
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
