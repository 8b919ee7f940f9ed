import type { Request, Response } from 'express';
import { InteractionRequiredError } from '../errors.ts';
import type { AccessTokenSource, Api } from '../graph/index.ts';
import { correlationIdOf, goneSignal } from '../http/index.ts';
import type { Account } from '../identity/index.ts';
import type { ConfiguredApi } from './apis.ts';
import type { SignInOptions } from './authorization/index.ts';
import type { Caller } from './caller.ts';
import { ofPerson } from './events.ts';
import type { GroupReader, ResolvedGroups } from './group-overage.ts';
import { requireOptions } from './options/index.ts';
import type { SignInParts } from './parts.ts';
import {
  type GrantedScopes,
  type OwnSession,
  ownSessions,
  readGrantedScopes,
  type SignedInSession,
} from './person/index.ts';
import { answerWithSignIn } from './sign-in-or-401.ts';
import { type SignOutOptions, signOut } from './sign-out.ts';

/** Who signed in, from the verified ID token. */
export type SignedInAccount = Readonly<
  Pick<Account, 'displayName' | 'username' | 'tenantId' | 'objectId' | 'kind' | 'homeAccountId'>
>;

/** The session that a request came with. */
export interface PersonSession {
  /** Tells one session from another, and opens none. */
  readonly key: string;
  readonly startedAt: Date;
  /** Whether it still is one, for answers that go on for long. */
  isOpen(): Promise<boolean>;
}

/** Which access token is wanted. */
type TokenOptions = { scopes?: readonly string[] } & Parameters<AccessTokenSource>[0];

/** What a request knows of the person who sent it. */
export interface RequestEntra {
  /** Absent for a visitor. */
  readonly account: SignedInAccount | undefined;
  /** Who sent the request, also after it signed them out: for logs. */
  readonly sender: SignedInAccount | undefined;
  /** Absent for a visitor. */
  readonly session: PersonSession | undefined;
  /** All sessions of the person in this app, newest first; none for a visitor. */
  sessions(): Promise<readonly OwnSession[]>;
  /** The claims of the verified ID token; empty for a visitor. */
  readonly claims: Readonly<Record<string, unknown>>;
  /** App roles, as of the last token; empty for a visitor. */
  readonly roles: readonly string[];
  /** Object ids of groups; empty for a visitor, and where the registration puts none into its tokens. */
  readonly groups: readonly string[];
  /** Who called with a bearer token, behind `protectApi()`. */
  readonly caller: Caller | undefined;
  /**
   * An access token of the signed-in person.
   * @param options `scopes` of one API; absent: whatever of the sign-in's own was granted. `claims` of a challenge that
   *   the token has to meet; `forceRefresh` where the API refused the one at hand
   * @throws InteractionRequiredError as a rejection, where the person has to sign in, consent or meet a challenge
   */
  token(options?: TokenOptions): Promise<string>;
  /** What the person consented to of the sign-in's own scopes. @throws RequestError as a rejection, for a visitor */
  granted(): Promise<GrantedScopes>;
  /** @param name `graph`, or one of the option `apis`. @throws Error for any other */
  api(name: string): Api;
  /** Answers the request with the way to sign in: a redirect, or 401 and JSON for a script. */
  signIn(options?: SignInOptions): Promise<void>;
  /** Ends the session, and answers the request with the way to sign out at the identity platform. */
  signOut(options?: SignOutOptions): Promise<void>;
}

/** What the guards and the last handler know of a request beside what its app sees. */
export interface RequestState {
  parts: SignInParts;
  /** Whose session the request came with. */
  sender?: Account | undefined;
  /** Reads groups that the token has no room for, where that was asked for. */
  readGroups?: GroupReader | undefined;
  resolvedGroups?: ResolvedGroups | undefined;
}

const states = new WeakMap<object, RequestState>();
const callers = new WeakMap<object, Caller>();

/** What `entra()` left for a request; undefined where it did not come before. */
export function stateOf(request: Request): RequestState | undefined {
  return states.get(request);
}

/** Lets `request.entra.caller` be who called. */
export function rememberCaller(request: Request, caller: Caller): void {
  callers.set(request, caller);
  if (!('entra' in request)) attach(request, noSignIn(request));
}

/** Makes `request.entra`, which is that of the `entra()` that ran last. */
export function attachEntra(request: Request, response: Response, state: RequestState): void {
  states.set(request, state);
  attach(request, entraOf(request, response, state));
}

function attach(request: Request, value: RequestEntra): void {
  Object.defineProperty(request, 'entra', { value, configurable: true, enumerable: false, writable: true });
}

const TOKEN = { scopes: 'texts in a list', claims: 'a text', forceRefresh: 'true or false' } as const;
const SIGN_IN = {
  scopes: 'texts in a list',
  returnTo: 'a text',
  prompt: 'a text',
  loginHint: 'a text',
  domainHint: 'a text',
} as const satisfies Record<keyof SignInOptions, string>;
const SIGN_OUT = { returnTo: 'a text' } as const satisfies Record<keyof SignOutOptions, string>;

function entraOf(request: Request, response: Response, state: RequestState): RequestEntra {
  const { parts } = state;
  const session = () => parts.sessions.of(request);
  return {
    get account() {
      const account = session()?.content.account;
      return account === undefined ? undefined : accountOf(account);
    },
    get sender() {
      const account = session()?.content.account ?? state.sender;
      return account === undefined ? undefined : accountOf(account);
    },
    get session() {
      return personSession(parts, session());
    },
    sessions: async () =>
      ownSessions(parts.sessions, session(), (account) =>
        parts.onEvent({ type: 'signed_out', by: 'person', ...ofPerson(account, correlationIdOf(request)) }),
      ),
    get claims() {
      return session()?.content.claims ?? {};
    },
    get roles() {
      return textsOf(session()?.content.claims.roles);
    },
    get groups() {
      const { resolvedGroups } = state;
      if (resolvedGroups !== undefined && 'ids' in resolvedGroups) return resolvedGroups.ids;
      return textsOf(session()?.content.claims.groups);
    },
    get caller() {
      return callers.get(request);
    },
    async token(options = {}) {
      requireOptions('token()', options, TOKEN);
      const { scopes, ...given } = options;
      return tokenSource(parts, request, session(), scopes)(given);
    },
    granted: async () => readGrantedScopes(parts, session()),
    api: (name) => apiFor(parts, { request, response }, session(), name),
    async signIn(options = {}) {
      requireOptions('signIn()', options, SIGN_IN);
      await answerWithSignIn(parts, request, response, options);
    },
    async signOut(options = {}) {
      requireOptions('signOut()', options, SIGN_OUT);
      await signOut(parts, request, response, options);
    },
  };
}

/** An API has callers and no sessions. */
function noSignIn(request: Request): RequestEntra {
  const withoutEntra = () => {
    throw new Error('entra() has to come before what signs people in or out.');
  };
  return {
    account: undefined,
    sender: undefined,
    session: undefined,
    sessions: async () => [],
    claims: {},
    roles: [],
    groups: [],
    get caller() {
      return callers.get(request);
    },
    token: async () => withoutEntra(),
    granted: async () => withoutEntra(),
    api: withoutEntra,
    signIn: async () => withoutEntra(),
    signOut: async () => withoutEntra(),
  };
}

function personSession(
  { sessions }: SignInParts,
  session: SignedInSession | undefined,
): PersonSession | undefined {
  if (session === undefined) return undefined;
  return {
    get key() {
      return sessions.keyOf(session);
    },
    startedAt: new Date(session.startedAtMs),
    isOpen: () => sessions.isOpen(session),
  };
}

function tokenSource(
  { tokens }: SignInParts,
  request: Request,
  session: SignedInSession | undefined,
  scopes: readonly string[] | undefined,
) {
  if (session !== undefined) return tokens.of(session, correlationIdOf(request), scopes);
  return () => Promise.reject(new InteractionRequiredError('Nobody is signed in.', { scopes }));
}

function apiFor(
  parts: SignInParts,
  { request, response }: { request: Request; response: Response },
  session: SignedInSession | undefined,
  name: string,
): Api {
  const api: ConfiguredApi | undefined = parts.apis.get(name);
  if (api === undefined) throw new Error(`entra() has no API named "${name}": add it to its option apis.`);
  return api.open({
    token: tokenSource(parts, request, session, api.scopes),
    correlationId: correlationIdOf(request),
    signal: goneSignal(response),
  });
}

function accountOf({
  displayName,
  username,
  tenantId,
  objectId,
  kind,
  homeAccountId,
}: Account): SignedInAccount {
  return { displayName, username, tenantId, objectId, kind, homeAccountId };
}

/** A claim that is a list of texts; whatever else it is counts as none. */
function textsOf(claim: unknown): readonly string[] {
  return Array.isArray(claim) ? claim.filter((entry) => typeof entry === 'string') : [];
}
