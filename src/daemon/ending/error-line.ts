import { AppError, type ErrorCode, systemCodeOf } from '../../errors.ts';
import { isUnknownTenant } from './exit-status.ts';
import { ExpiredLink } from './expired-link.ts';
import { ownWords } from './own-words.ts';
import { remedyFor } from './platform-codes.ts';

interface ErrorLineGiven {
  /** That of the run, where the other side named none. */
  correlationId: string;
  time: Date;
  maxWaitMs: number;
  /** Never shown, even where Microsoft repeats them. */
  secrets: readonly string[];
}

/** Where the words for somebody at a browser do not fit an app on its own. */
const SENTENCES: Partial<Record<ErrorCode, string>> = {
  client_refused: 'The identity platform refused this app.',
  sign_in_failed: 'The identity platform refused this app.',
  consent_required: 'The identity platform refused this app: a permission was not consented to.',
  interaction_required: 'The access token was refused.',
  graph_forbidden: 'Insufficient privileges to complete the operation.',
  graph_refused_request:
    'Microsoft Graph did not take the request: look at the endpoint, --select, --search and --filter.',
  graph_not_found: 'Microsoft Graph knows nothing at this endpoint.',
};

const UNKNOWN_TENANT = 'The identity platform knows no such tenant: look at the authority.';

/** An error in one line: what happened, what to do, and what to tell the one who can help. */
export function errorLine(error: unknown, given: ErrorLineGiven): string {
  if (!(error instanceof AppError)) return `${unexpected(error)} (${given.time.toISOString()})`;
  const { code, correlationId, error: oauthError } = error.upstream;
  const sentence = sentenceOf(error);
  const marks = [
    code ?? plainWord(oauthError) ?? error.code,
    `correlation id ${correlationId ?? given.correlationId}`,
    given.time.toISOString(),
  ];
  return [
    sentence,
    error.explanation,
    isUnknownTenant(error) ? undefined : remedyFor(code),
    waitSentence(error, given.maxWaitMs),
    ownWords(error.upstreamText, given.secrets),
    `(${marks.join(', ')})`,
  ]
    .filter((part) => part !== undefined)
    .join(' ');
}

function sentenceOf(error: AppError): string {
  if (error instanceof ExpiredLink) return error.message;
  return isUnknownTenant(error) ? UNKNOWN_TENANT : (SENTENCES[error.code] ?? error.message);
}

function waitSentence(error: AppError, maxWaitMs: number): string | undefined {
  if (error.retryAfterSeconds === undefined) return undefined;
  return `It asks to wait ${error.retryAfterSeconds} s, and --max-wait allows ${maxWaitMs / 1_000} s.`;
}

function plainWord(text: string | undefined): string | undefined {
  return text !== undefined && /^[A-Za-z0-9._-]{1,100}$/.test(text) ? text : undefined;
}

/** Troubles of the machine that the reader of the line can end. */
const MACHINE: Readonly<Record<string, string>> = {
  ENOSPC: 'There is no space left to write the list to.',
  EDQUOT: 'Your share of the disk is used up, so the list cannot be written.',
  EFBIG: 'The list is larger than a file may be here.',
};

function unexpected(error: unknown): string {
  const code = systemCodeOf(error);
  const sentence = MACHINE[code];
  if (sentence !== undefined) return `${sentence} (${code})`;
  const text = error instanceof Error ? `${error.name}: ${error.message}` : 'unknown error';
  return `Something unexpected went wrong: ${text.replace(/\s+/g, ' ').slice(0, 300)}`;
}
