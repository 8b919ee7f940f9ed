import { AppError, ConfigurationError, type ErrorCode } from '../errors.ts';
import { EXIT, type ExitStatus } from '../exit-status.ts';
import { FAILURE_WORDS } from './catalogues.ts';
import { topicOfCode } from './topics.ts';

/** What is wrong, what to do, and what a program ends with. */
export interface Trouble {
  what: string;
  todo?: string;
  exitStatus: ExitStatus;
}

/** An error in words for the people who run the app; of what Microsoft wrote only its number is said. */
export function inWords(error: unknown): Trouble {
  if (error instanceof ConfigurationError)
    return { what: sentence(error.problems.join('; ')), exitStatus: EXIT.usage };
  if (!(error instanceof AppError))
    return { what: 'Something unexpected went wrong.', exitStatus: EXIT.unexpected };
  const { code: upstreamCode } = error.upstream;
  const exitStatus = exitStatusOf(error);
  const known = wordsOf(upstreamCode, '');
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
  if (SETTINGS.has(code)) return EXIT.usage;
  if (AWAY.test(code)) return EXIT.upstream;
  if (code === 'internal') return EXIT.unexpected;
  return code === 'graph_forbidden' ? EXIT.forbidden : EXIT.refused;
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
