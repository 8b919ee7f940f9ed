import { hash } from 'node:crypto';
import { type SessionData, Store } from 'express-session';
import type { GroupNames } from './group-names.ts';
import type { Opened, Sealer } from './sealing.ts';
import type { Part, SessionRecords } from './store/index.ts';

/** What the first save of a session writes beside what express-session knows of. */
interface NewSession {
  tokens: string;
  groups: readonly string[];
}

interface SessionStoreSettings {
  records: SessionRecords;
  sealer: Sealer;
  groupNames: GroupNames;
  idleMs: number;
  maxMs: number;
  now: () => number;
  /** Whether what a session holds fits the settings of today. */
  fits: (content: unknown) => boolean;
  /** Cookie attributes for sessions read back: they are not stored. */
  cookie: SessionData['cookie'];
  /** Told when the renewal of an idle time failed; the request went on. */
  onRenewalFailed: (error: unknown) => void;
}

/** The sealed text of a session. */
interface StoredSession {
  startedAtMs: number;
  seenAtMs: number;
  content: unknown;
  /** As the app names them. */
  groups: readonly string[];
}

/** A part as it was read: the text, and the sealed form that a conditional write compares with. */
export interface ReadPart extends Opened {
  sealed: string;
}

/** The idle time is moved on at most this often, so that a page view is not a write. */
const RENEW_EVERY_MS = 60_000;

/**
 * The store that express-session asks for, over any engine. Differs from the usual one in what signing out needs:
 * only the first save of a session creates a record; every later write replaces one that still exists.
 */
export class SessionStore extends Store {
  readonly #settings: SessionStoreSettings;
  readonly #new = new WeakMap<object, NewSession>();

  constructor(settings: SessionStoreSettings) {
    super();
    this.#settings = settings;
  }

  /** Marks a session whose next save creates its record. */
  announce(session: object, created: NewSession): void {
    this.#new.set(session, created);
  }

  override get(sid: string, callback: (error: unknown, session?: SessionData | null) => void): void {
    this.#read(sid).then(
      (session) => callback(null, session),
      (error: unknown) => callback(error),
    );
  }

  override set(
    sid: string,
    session: SessionData,
    callback: (error?: unknown) => void = () => undefined,
  ): void {
    const created = this.#new.get(session);
    const written = created === undefined ? this.#update(sid, session) : this.#create(sid, session, created);
    written.then(() => callback(), callback);
  }

  override destroy(sid: string, callback: (error?: unknown) => void = () => undefined): void {
    this.#settings.records.remove(recordId(sid)).then(() => callback(), callback);
  }

  /** Reads one sealed part; `undefined` for what is absent or was not sealed by this app for this session. */
  async readPart(sid: string, part: Part): Promise<ReadPart | undefined> {
    const sealed = await this.#settings.records.read(recordId(sid), part);
    if (sealed === undefined) return undefined;
    const opened = this.#settings.sealer.open(sealed, `${part} ${sid}`);
    return opened === undefined ? undefined : { ...opened, sealed };
  }

  /** Replaces a part that is still what was read. @returns whether it was */
  async replacePart(
    sid: string,
    part: Part,
    read: ReadPart,
    text: string,
    expiresAtMs: number,
  ): Promise<boolean> {
    const next = this.#seal(sid, part, text);
    return this.#settings.records.replace(recordId(sid), part, read.sealed, next, expiresAtMs);
  }

  /** The tokens of a session, sealed with the newest secret from here on. */
  async readTokens(sid: string, startedAtMs: number): Promise<ReadPart | undefined> {
    const read = await this.readPart(sid, 'tokens');
    if (read === undefined || read.current) return read;
    await this.replacePart(sid, 'tokens', read, read.text, this.expiryOf(startedAtMs));
    return this.readPart(sid, 'tokens');
  }

  /** Replaces tokens that are still what was read; that they were sealed again meanwhile does not count. */
  async replaceTokens(sid: string, startedAtMs: number, read: ReadPart, text: string): Promise<boolean> {
    const expiresAtMs = this.expiryOf(startedAtMs);
    if (await this.replacePart(sid, 'tokens', read, text, expiresAtMs)) return true;
    const found = await this.readPart(sid, 'tokens');
    return found?.text === read.text && this.replacePart(sid, 'tokens', found, text, expiresAtMs);
  }

  /** Whether a session still is one; being asked is no use of it, and does not move its idle time on. */
  async isOpen(sid: string): Promise<boolean> {
    const read = await this.readPart(sid, 'session');
    return read !== undefined && !this.#isOver(JSON.parse(read.text) as StoredSession);
  }

  /** Ends every session of a group. @returns how many */
  async endGroup(group: string): Promise<number> {
    const { records, groupNames } = this.#settings;
    const ended = await Promise.all(groupNames.all(group).map((name) => records.removeGroup(name)));
    return ended.reduce((sum, each) => sum + each, 0);
  }

  /** Replaces what a session holds, unless it has ended meanwhile. */
  async replaceContent(sid: string, content: unknown): Promise<void> {
    const read = await this.readPart(sid, 'session');
    if (read === undefined) return;
    const stored = JSON.parse(read.text) as StoredSession;
    await this.#replaceSession(sid, read, { ...stored, content });
  }

  /** When a session that is used now ends if it is not used again. */
  expiryOf(startedAtMs: number): number {
    const { idleMs, maxMs, now } = this.#settings;
    return Math.min(now() + idleMs, startedAtMs + maxMs);
  }

  async #read(sid: string): Promise<SessionData | null> {
    const read = await this.readPart(sid, 'session');
    if (read === undefined) return null;
    const stored = JSON.parse(read.text) as StoredSession;
    if (this.#isOver(stored)) {
      await this.#settings.records.remove(recordId(sid));
      return null;
    }
    const renewed = this.#renewedIfDue(sid, read, stored);
    // A person who reads a page should not wait for a write, but for what lets an older secret be taken away.
    if (!read.current) await renewed;
    return {
      cookie: { ...this.#settings.cookie },
      startedAtMs: stored.startedAtMs,
      content: stored.content,
    };
  }

  #isOver({ startedAtMs, seenAtMs, content }: StoredSession): boolean {
    const { idleMs, maxMs, now, fits } = this.#settings;
    return now() >= seenAtMs + idleMs || now() >= startedAtMs + maxMs || !fits(content);
  }

  async #renewedIfDue(sid: string, read: ReadPart, stored: StoredSession): Promise<void> {
    const { now, onRenewalFailed } = this.#settings;
    if (read.current && now() - stored.seenAtMs < RENEW_EVERY_MS) return;
    await this.#replaceSession(sid, read, { ...stored, seenAtMs: now() }).catch(onRenewalFailed);
  }

  /** A session part of the newest secret says that all is, so the rest is brought up to date first. */
  async #replaceSession(sid: string, read: ReadPart, next: StoredSession): Promise<void> {
    const { startedAtMs, groups } = next;
    if (!read.current) {
      await this.#settings.records.regroup(recordId(sid), this.#settings.groupNames.newest(groups));
      await this.readTokens(sid, startedAtMs);
    }
    await this.replacePart(sid, 'session', read, JSON.stringify(next), this.expiryOf(startedAtMs));
  }

  async #create(sid: string, session: SessionData, created: NewSession): Promise<void> {
    const { records, groupNames, now } = this.#settings;
    const { tokens, groups } = created;
    const startedAtMs = session.startedAtMs ?? now();
    const stored: StoredSession = { startedAtMs, seenAtMs: now(), content: session.content, groups };
    await records.create(recordId(sid), {
      session: this.#seal(sid, 'session', JSON.stringify(stored)),
      tokens: this.#seal(sid, 'tokens', tokens),
      expiresAtMs: this.expiryOf(startedAtMs),
      groups: groupNames.newest(groups),
    });
    this.#new.delete(session);
  }

  /** express-session saves a session under a new id a second time; what is stored already is not written again. */
  async #update(sid: string, session: SessionData): Promise<void> {
    const read = await this.readPart(sid, 'session');
    if (read === undefined) return;
    const stored = JSON.parse(read.text) as StoredSession;
    if (read.current && JSON.stringify(stored.content) === JSON.stringify(session.content)) return;
    const next = { ...stored, seenAtMs: this.#settings.now(), content: session.content };
    await this.#replaceSession(sid, read, next);
  }

  #seal(sid: string, part: Part, text: string): string {
    return this.#settings.sealer.seal(text, `${part} ${sid}`);
  }
}

/** The name of a session in the store: of no use as a cookie. */
function recordId(sid: string): string {
  return hash('sha256', sid, 'base64url');
}
