import type { Request, RequestHandler } from 'express';
import { InteractionRequiredError, MissingError } from '../errors.ts';
import { correlationIdOf, settled } from '../http/index.ts';
import { type Kinds, requireOptions } from './options/index.ts';
import type { SignedInSession } from './person/index.ts';
import { type RequestState, stateOf } from './request-entra.ts';
import { signInAgain } from './sign-in-or-401.ts';

export interface RequiresSignInOptions {
  /** Delegated scopes of one API that the route needs; the person is asked for them when they first open it. */
  scopes?: readonly string[];
  /** Asks the identity platform for new tokens first, so that roles and groups are those of now. */
  freshRoles?: boolean;
}

/** Somebody who is signed in, in front of a guard. */
interface Visitor {
  request: Request;
  state: RequestState;
  session: SignedInSession;
}

/**
 * Sends a visitor through the sign-in and back; a script gets 401 and JSON that says where a person can sign in. What the
 * route responds is not stored by browsers or proxies, unless it says `Cache-Control` itself; nor behind the guards below.
 */
export function requiresSignIn(options: RequiresSignInOptions = {}): RequestHandler {
  requireOptions('requiresSignIn()', options, KINDS);
  const { scopes, freshRoles = false } = options;
  return guard('requiresSignIn', async ({ request, state, session }) => {
    if (scopes === undefined && !freshRoles) return;
    const token = state.parts.tokens.of(session, correlationIdOf(request), scopes);
    await token(freshRoles ? { forceRefresh: true } : {});
    if (freshRoles) state.resolvedGroups = await state.readGroups?.(request, { fresh: true });
  });
}

/** Lets in people who have one of these app roles; a visitor signs in first, and anybody else gets 403. */
export function requiresRole(...names: readonly string[]): RequestHandler {
  requireNames('requiresRole', names);
  return guard('requiresRole', async ({ request }) => {
    const { roles } = request.entra;
    if (!names.some((name) => roles.includes(name))) throw missing('role', names);
  });
}

/** Lets in members of one of these groups, by object id; a visitor signs in first, and anybody else gets 403. */
export function requiresGroup(...ids: readonly string[]): RequestHandler {
  requireNames('requiresGroup', ids);
  return guard('requiresGroup', async ({ request, state: { resolvedGroups } }) => {
    if (resolvedGroups !== undefined && 'error' in resolvedGroups) throw resolvedGroups.error;
    const groups = request.entra.groups.map((id) => id.toLowerCase());
    if (!ids.some((id) => groups.includes(id.toLowerCase()))) throw missing('group', ids);
  });
}

const KINDS = {
  scopes: 'texts in a list',
  freshRoles: 'true or false',
} as const satisfies Kinds & Record<keyof RequiresSignInOptions, string>;

/** Whatever else a name is would be nobody's, and nobody got in. */
function requireNames(name: string, names: readonly unknown[]): void {
  if (names.length === 0) throw new TypeError(`${name}() names nothing, so it would let nobody in.`);
  if (names.some((one) => typeof one !== 'string' || one.trim() === ''))
    throw new TypeError(`${name}() takes texts, each as an argument of its own: ${name}('one', 'another').`);
}

function guard(name: string, admit: (visitor: Visitor) => Promise<void>): RequestHandler {
  return settled(async (request, response, next) => {
    const state = stateOf(request);
    if (state === undefined) throw new TypeError(`${name}() needs app.use(entra()) before it.`);
    try {
      const session = state.parts.sessions.of(request);
      if (session === undefined) throw new InteractionRequiredError('Nobody is signed in.');
      await admit({ request, state, session });
      if (!response.hasHeader('Cache-Control')) response.set('Cache-Control', 'no-store');
    } catch (error) {
      if (!(error instanceof InteractionRequiredError)) throw error;
      await signInAgain(state.parts, request, response, error);
      return;
    }
    next();
  });
}

const WHO_HELPS = {
  role: 'A person who manages the app in the Microsoft Entra admin center can assign it.',
  group: 'A person who manages the group can add the account.',
};

function missing(what: 'role' | 'group', names: readonly string[]): MissingError {
  const needed =
    names.length === 1 ? `the ${what} ${names[0]}` : `one of these ${what}s: ${names.join(', ')}`;
  return new MissingError(`${what}_missing`, `The account needs ${needed}. ${WHO_HELPS[what]}`, names);
}
