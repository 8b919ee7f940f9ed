import { hash, randomBytes } from 'node:crypto';
import type { Request, RequestHandler, Response } from 'express';
import expressSession from 'express-session';
import { RequestError } from '../errors.ts';
import type { CookiePlace } from '../public-address.ts';
import { createGroupNames } from './group-names.ts';
import { createSessionCookie } from './session-cookie.ts';
import {
  type KeepingSettings,
  type NewSession,
  type ReadPart,
  recordId,
  SessionStore,
} from './session-store.ts';

declare module 'express-session' {
  interface SessionData {
    startedAtMs?: number;
    content?: unknown;
  }
}

/** A signed-in person's session, as far as a page needs it. */
export interface OpenSession<Content> {
  /** Secret: it and the session secret make anybody this person. */
  sid: string;
  startedAtMs: number;
  content: Content;
}

/** What a sign-in puts into a new session. */
interface SessionStart<Content> extends NewSession {
  content: Content;
}

/** A session that was found by a group of its, by whomever. */
export interface GroupedSession<Content> {
  /** Tells it from others, and opens none. */
  key: string;
  startedAtMs: number;
  /** Known by the minute. */
  seenAtMs: number;
  content: Content;
  /** Gone from the store when it resolves. */
  end(): Promise<void>;
}

export type StoredTokens = ReadPart;

/** Signed-in sessions: express-session for the cookie and the request, an engine of ours for what is kept. */
export interface Sessions<Content> {
  middleware: RequestHandler;
  /** The session of this request; `undefined` for a visitor. */
  of(request: Request): OpenSession<Content> | undefined;
  /** Ends whatever session the request had and starts a new one under a new id; stored when it resolves. */
  start(request: Request, response: Response, start: SessionStart<Content>): Promise<void>;
  /** Writes the changed content, unless the session has ended meanwhile. */
  update(request: Request, content: Content): Promise<void>;
  /** Stores the changed content of a session outside of its request, unless the session has ended meanwhile. */
  keepContent(session: OpenSession<Content>): Promise<void>;
  /** Ends the session and its cookie; gone from the store when it resolves. */
  end(request: Request, response: Response): Promise<void>;
  /** Whether a session that was open still is, for responses that go on for long. */
  isOpen(session: OpenSession<Content>): Promise<boolean>;
  /** Tells the session from others, and opens none. */
  keyOf(session: OpenSession<Content>): string;
  /** The open sessions of a group, newest first. */
  inGroup(group: string): Promise<GroupedSession<Content>[]>;
  /** Ends every session of a group. @returns how many */
  endGroup(group: string): Promise<number>;
  /** The tokens of a session; @throws RequestError `session_ended` when it ended meanwhile */
  readTokens(session: OpenSession<Content>): Promise<StoredTokens>;
  /** @returns false when the tokens are no longer what was read, or the session has ended */
  replaceTokens(session: OpenSession<Content>, read: StoredTokens, tokens: string): Promise<boolean>;
}

interface SessionSettings<Content> extends CookiePlace, KeepingSettings {
  /** Newest first; sign the cookie, which only says that this app drew the id, and name groups. */
  secrets: readonly string[];
  /** Of the session's cookie, before what https adds: letters, digits and hyphens. */
  cookieName: string;
  /** Whether somebody who signed in under earlier settings may still be here: asked whenever a session is read. */
  fits: (content: Content) => boolean;
}

const SESSION_ID_BYTES = 24;
/** 132 bits. */
const KEY_LENGTH = 22;

/** Content is any value that JSON carries. */
export function createSessions<Content>(settings: SessionSettings<Content>): Sessions<Content> {
  const sessionCookie = createSessionCookie(settings.secrets, settings);
  const { name, attributes } = sessionCookie;
  const cookie = { ...attributes, originalMaxAge: null };
  const store = new SessionStore({
    ...settings,
    groupNames: createGroupNames(settings.secrets),
    cookie,
    fits: (content) => settings.fits(content as Content),
  });
  const ownOf = requestsOfOurOwn(settings);
  const handle = expressSession({
    name,
    secret: sessionCookie.keys,
    store,
    cookie: attributes,
    genid: () => randomBytes(SESSION_ID_BYTES).toString('base64url'),
    resave: false,
    saveUninitialized: false,
  });

  return {
    middleware(request, response, next) {
      if (!hasCookie(request, name)) {
        next();
        return;
      }
      const own = ownOf(request);
      handle(own, response, (error?: unknown) => {
        if (error === undefined) sessionCookie.keepUp(openSession(own)?.sid, request, response);
        next(error);
      });
    },
    of: (request) => openSession<Content>(ownOf(request)),
    async start(request, response, { content, ...created }) {
      const own = ownOf(request);
      await settled((done) => handle(own, response, done));
      if (openSession(own) !== undefined) await settled((done) => own.session.regenerate(done));
      own.session.startedAtMs = settings.now();
      own.session.content = content;
      sessionCookie.leaveOut(response);
      store.announce(own.session, created);
      await settled((done) => own.session.save(done)).catch((error: unknown) => {
        // Else express-session would save it again with the page that says it failed, and send its cookie.
        delete (own as Partial<Request>).session;
        throw error;
      });
    },
    async update(request, content) {
      const { session } = ownOf(request);
      session.content = content;
      await settled((done) => session.save(done));
    },
    keepContent: ({ sid, content }) => store.replaceContent(sid, content),
    async end(request, response) {
      const { session } = ownOf(request) as Partial<Request>;
      if (session !== undefined) await settled((done) => session.destroy(done));
      sessionCookie.end(response);
    },
    isOpen: ({ sid }) => store.isOpen(sid),
    keyOf: ({ sid }) => keyOf(recordId(sid)),
    async inGroup(group) {
      return (await store.inGroup(group)).map(({ id, startedAtMs, seenAtMs, content }) => ({
        key: keyOf(id),
        startedAtMs,
        seenAtMs,
        content: content as Content,
        end: () => store.end(id),
      }));
    },
    endGroup: (group) => store.endGroup(group),
    async readTokens(session) {
      const read = await store.readTokens(session.sid, session.startedAtMs);
      if (read !== undefined) return read;
      throw new RequestError('session_ended', 401, 'The session has ended.');
    },
    replaceTokens: (session, read, tokens) =>
      store.replaceTokens(session.sid, session.startedAtMs, read, tokens),
  };
}

/**
 * express-session puts its session on the request that it is given. Ours gets one of its own with what it reads, so that
 * a host's own session stays what it is, in whatever order the two come. A request that has the host's as its prototype
 * would see whatever the host puts there, and turn that, for V8, into an object of a shape never seen before: a third of
 * a home page (docs/performance.md).
 */
function requestsOfOurOwn(place: CookiePlace): (request: Request) => Request {
  const own = new WeakMap<Request, Request>();
  return (request) => {
    const made = own.get(request) ?? ownRequest(request, place);
    own.set(request, made);
    return made;
  };
}

/**
 * `secure` is what the public address says, not the connection from a proxy: it decides whether the cookie is sent, and
 * so does the path, which a proxy may have taken away.
 */
function ownRequest({ headers }: Request, { secure, path }: CookiePlace): Request {
  const read = { headers, secure, originalUrl: path };
  return { ...read, session: undefined, sessionID: undefined, sessionStore: undefined } as unknown as Request;
}

function openSession<Content>(request: Request): OpenSession<Content> | undefined {
  const { session } = request as Partial<Request>;
  if (session?.content === undefined || session.startedAtMs === undefined) return undefined;
  return { sid: request.sessionID, startedAtMs: session.startedAtMs, content: session.content as Content };
}

/** A visitor without our cookie has no session, and none is made ready for one who may never sign in. */
function hasCookie({ headers }: Request, name: string): boolean {
  return headers.cookie?.includes(`${name}=`) === true;
}

/** Of a session's id in the store, which the key does not tell. */
function keyOf(id: string): string {
  return hash('sha256', `key ${id}`, 'base64url').slice(0, KEY_LENGTH);
}

function settled(start: (done: (error?: unknown) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    start((error) => (error ? reject(error) : resolve()));
  });
}
