import type { Request, Response } from 'express';
import { type AppError, InteractionRequiredError, MissingError } from '../../errors.ts';
import { correlationIdOf } from '../../http/index.ts';

interface ChallengeFacts {
  /** Where the API describes itself (RFC 9728, section 5.1). */
  resourceMetadata?: string | undefined;
  /** What the API takes of people: no role is told as a scope. */
  scopes?: readonly string[];
  /** The client can answer a claims challenge. */
  answersChallenges?: boolean;
}

/** Answers a client whose access token does not do: status, `WWW-Authenticate` and JSON. */
export function refuseCall(
  error: AppError,
  request: Request,
  response: Response,
  facts: ChallengeFacts,
): void {
  response
    .status(error.status)
    .set('WWW-Authenticate', wwwAuthenticate(error, facts))
    .set('Cache-Control', 'no-store')
    .json({ error: error.code, message: error.message, correlationId: correlationIdOf(request) });
}

/**
 * What a refused client is told (RFC 6750, section 3). The claims of a challenge travel in base64.
 * @see https://learn.microsoft.com/entra/identity-platform/claims-challenge#claims-challenge-header-format
 */
function wwwAuthenticate(error: AppError, facts: ChallengeFacts): string {
  const parameters: [string, string | undefined][] = [
    ['realm', ''],
    ...reasonOf(error, facts),
    ['resource_metadata', facts.resourceMetadata],
  ];
  const given = parameters.flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}="${quoted(value)}"`],
  );
  return `Bearer ${given.join(', ')}`;
}

function reasonOf(
  error: AppError,
  { answersChallenges, scopes = [] }: ChallengeFacts,
): [string, string | undefined][] {
  // Without a token, nothing is said of what is wrong with it.
  if (error.code === 'access_token_missing') return [];
  if (error instanceof MissingError)
    return [
      ['error', 'insufficient_scope'],
      ['error_description', error.message],
      ['scope', error.missing.filter((name) => scopes.includes(name)).join(' ') || undefined],
    ];
  if (error instanceof InteractionRequiredError) return interactionOf(error, answersChallenges === true);
  return [
    ['error', error.status === 400 ? 'invalid_request' : 'invalid_token'],
    ['error_description', error.detail ?? error.message],
  ];
}

/** The next API wants something of the person, and only the client can ask them for it. */
function interactionOf(
  { upstream, scopes, message }: InteractionRequiredError,
  answersChallenges: boolean,
): [string, string | undefined][] {
  const claims = answersChallenges ? upstream.claims : undefined;
  return [
    ['error', claims === undefined ? 'interaction_required' : 'insufficient_claims'],
    ['error_description', message],
    ['claims', claims === undefined ? undefined : Buffer.from(claims).toString('base64')],
    ['scope', scopes?.join(' ')],
  ];
}

/** RFC 9110, section 5.6.4, without what no header may hold. */
function quoted(text: string): string {
  return text.replaceAll(/[^\x20-\x7e]/g, ' ').replaceAll(/["\\]/g, '\\$&');
}
